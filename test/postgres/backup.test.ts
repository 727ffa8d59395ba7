import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import {
  Backup, BackupRepository, BackupSchedule, BackupSecret, CertificateAuthority, NetworkPeer, PgBackRestOptions, PgBouncerVersion, Postgres, PostgresMonitor, PostgresNetwork,
  PostgresProps, PostgresStorage, PostgresVersion, Recovery, RecoveryOptions, S3RepositoryOptions, TrustSource, Validation,
} from '../../src';
import { clock } from '../../src/postgres/features/backup/clock';
import { parsePgBackRest } from '../../src/postgresql';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, type Manifest, refusal, written } from '../support/tree';

const IMAGE = 'registry.example/postgres-pgbackrest:18.6';
const VOLUME = BackupRepository.volume({ size: Size.gibibytes(5) });
const SCHEDULE: BackupSchedule = { full: '0 1 * * 0', differential: '0 1 * * 1-6', incremental: '0 2-23 * * *' };
const secret = (key: string) => BackupSecret.fromSecretName('storage', key);
const s3 = (options: Partial<S3RepositoryOptions> = {}) => BackupRepository.s3({
  bucket: 'backups', endpoint: 'https://minio.storage.svc:9000', region: 'local', ca: TrustSource.fromConfigMapName('storage-ca'),
  credentials: { accessKeyId: secret('id'), secretAccessKey: secret('key') }, encryptionKey: secret('passphrase'), ...options,
});
const backupWith = (options: Partial<PgBackRestOptions> = {}) => Backup.pgBackRest({ version: '2.60.0', repository: VOLUME, schedule: SCHEDULE, ...options });
const recoveryWith = (options: Partial<RecoveryOptions> = {}) => Recovery.from({ version: '2.60.0', repository: VOLUME, database: 'orders-db', ...options });

function databaseIn(props: Partial<PostgresProps> = {}, chart: Chart = chartIn(), id = 'db'): { chart: Chart; db: Postgres } {
  const tls = 'tls' in props ? {} : { tls: { issuer: new CertificateAuthority(chart, `${id}-ca`).issuer } };
  return { chart, db: new Postgres(chart, id, { version: PostgresVersion.of(18, IMAGE), storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...tls, ...props }) };
}

const settingsIn = (chart: Chart, file: string, configMap = 'db-backup') => Object.fromEntries(
  written(chart, 'ConfigMap', configMap).data[file].split('\n').filter((line: string) => line.includes('=')).map((line: string) => line.split(/=(.*)/).slice(0, 2)),
);
const podOf = (chart: Chart, name = 'db'): Manifest => written(chart, 'StatefulSet', name).spec.template.spec;
const containerOf = (chart: Chart, name: string): Manifest => podOf(chart).containers.find((container: Manifest) => container.name === name);
const jobPod = (chart: Chart, kind = 'full'): Manifest => written(chart, 'CronJob', `db-backup-${kind}`).spec.jobTemplate.spec.template.spec;
const findingsOf = (props: Partial<PostgresProps>, act: (db: Postgres) => void = () => undefined): string => {
  const { chart, db } = databaseIn(props);
  act(db);
  return refusal(chart);
};

describe('what a backup is', () => {
  test('the backup server admits the certificate of the Jobs alone, for its stanza alone', () => {
    const { chart } = databaseIn({ backup: backupWith() });
    expect(settingsIn(chart, 'server.conf')).toMatchObject({ 'tls-server-auth': 'db-backup=db', 'tls-server-port': '8432', 'tls-server-ca-file': '/tls/certs/backup-clients/ca.crt' });
    expect(written(chart, 'Certificate', 'db-backup-cert').spec).toMatchObject({ commonName: 'db-backup', usages: ['digital signature', 'key encipherment', 'client auth'], issuerRef: { name: 'db-client-ca' } });
    const volume = podOf(chart).volumes.find(({ name }: Manifest) => name === 'backup-client-ca');
    expect(volume.secret).toMatchObject({ secretName: 'db-backup-cert', items: [{ key: 'ca.crt', path: 'ca.crt' }] });
  });

  test('it cannot write to the data directory, and knows neither the repository nor its Secrets while it serves', () => {
    const { chart } = databaseIn({ backup: backupWith({ repository: s3() }), storage: PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } }) });
    const { volumeMounts } = containerOf(chart, 'backup-server');
    for (const name of ['data', 'wal']) { expect(volumeMounts.find((mount: Manifest) => mount.name === name)).toMatchObject({ readOnly: true }); }
    expect(Object.keys(settingsIn(chart, 'remote.conf')).filter((name) => name.startsWith('repo'))).toEqual([]);
    expect(settingsIn(chart, 'job.conf')['pg1-host-config']).toBe('/etc/pgbackrest/remote.conf');
  });

  test('the database mounts no key of the Jobs, and no container has a credential in its environment', () => {
    const { chart } = databaseIn({ backup: backupWith({ repository: s3() }) });
    const mounted = (pod: Manifest) => pod.volumes.flatMap(({ secret: one }: Manifest) => (one?.secretName === 'db-backup-cert' ? one.items.map(({ key }: Manifest) => key) : []));
    expect(mounted(podOf(chart))).toEqual(['ca.crt']);
    expect(mounted(jobPod(chart))).toEqual(['tls.crt', 'tls.key']);
    const containers = [...podOf(chart).containers, ...podOf(chart).initContainers, ...jobPod(chart).containers];
    expect(containers.flatMap(({ env = [] }: Manifest) => env.filter(({ valueFrom }: Manifest) => valueFrom?.secretKeyRef))).toEqual([]);
    expect(jobPod(chart).volumes.find(({ name }: Manifest) => name === 'credentials').projected.sources).toEqual([
      ['PGBACKREST_REPO1_S3_KEY', 'id'], ['PGBACKREST_REPO1_S3_KEY_SECRET', 'key'], ['PGBACKREST_REPO1_CIPHER_PASS', 'passphrase'],
    ].map(([path, key]) => ({ secret: { name: 'storage', items: [{ key, path }] } })));
  });

  test('Jobs: one at a time, in UTC, without a token, restricted, without a volume of the database', () => {
    const { chart } = databaseIn({ backup: backupWith({ deadline: Duration.hours(3) }) });
    const kinds = Testing.synth(chart).filter(({ kind }) => kind === 'CronJob').map(({ metadata: { name }, spec }) => [name, spec.schedule]);
    expect(kinds).toEqual([['db-backup-full', '0 1 * * 0'], ['db-backup-diff', '0 1 * * 1-6'], ['db-backup-incr', '0 2-23 * * *'], ['db-backup-verify', '0 12 * * 0']]);
    expect(written(chart, 'CronJob', 'db-backup-full').spec).toMatchObject({ timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', jobTemplate: { spec: { activeDeadlineSeconds: 10_800 } } });
    expect(jobPod(chart)).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
    expect(jobPod(chart).containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
    expect(jobPod(chart).volumes.flatMap(({ persistentVolumeClaim }: Manifest) => persistentVolumeClaim?.claimName ?? [])).toEqual(['db-backup']);
  });

  test('no pod of a Job is one of the database', () => {
    const { chart } = databaseIn({ backup: backupWith() });
    const { labels } = written(chart, 'CronJob', 'db-backup-full').spec.jobTemplate.spec.template.metadata;
    expect(Object.entries(written(chart, 'Service', 'db').spec.selector).every(([name, value]) => labels[name] === value)).toBe(false);
  });

  test('its role is no superuser and logs in over the socket alone', () => {
    const { chart } = databaseIn({ backup: backupWith() });
    const { data } = written(chart, 'ConfigMap', 'db-config');
    expect(data['pg_hba.conf'].split('\n').filter((line: string) => line.includes('postgres_backup')).map((line: string) => line.replace(/ +/g, ' '))).toEqual([
      'local postgres postgres_backup peer map=pod', expect.stringMatching(/^host all,replication .*postgres_backup.* all reject$/),
    ]);
    expect(data['roles.sql']).not.toMatch(/SUPERUSER/);
  });

  test('WAL is archived; a quiet database within a minute, unless the user has another time', () => {
    const conf = (props: Partial<PostgresProps>) => written(databaseIn({ backup: backupWith(), ...props }).chart, 'ConfigMap', 'db-config').data['postgresql.conf'];
    expect(conf({})).toMatch(/^archive_mode = on$/m);
    expect(conf({})).toMatch(/^archive_timeout = '60s'$/m);
    expect(conf({ parameters: { archive_timeout: '5min' } })).not.toMatch(/60s/);
    expect(findingsOf({ backup: backupWith(), parameters: { archive_command: 'true' } })).toContain('backup sets it');
  });

  test('a bucket: verified, in the path of the URL except for Amazon, in a folder of namespace and name', () => {
    expect(settingsIn(databaseIn({ backup: backupWith({ repository: s3() }) }).chart, 'pgbackrest.conf')).toMatchObject({
      'repo1-s3-endpoint': 'minio.storage.svc', 'repo1-storage-port': '9000', 'repo1-s3-uri-style': 'path', 'repo1-path': '/demo/db', 'repo1-cipher-type': 'aes-256-cbc',
      'repo1-storage-ca-file': '/tls/certs/backup-repository/ca.crt',
    });
    const amazon = settingsIn(databaseIn({ backup: backupWith({ repository: s3({ endpoint: 'https://s3.eu-central-1.amazonaws.com', ca: undefined, path: '/x' }) }) }).chart, 'pgbackrest.conf');
    expect(amazon).toMatchObject({ 'repo1-s3-uri-style': 'host', 'repo1-storage-port': '443', 'repo1-path': '/x' });
    expect(amazon).not.toHaveProperty('repo1-storage-ca-file');
  });

  test('networks: the Jobs reach 8432 and the endpoint, and so does the database the endpoint', () => {
    const { chart } = databaseIn({ backup: backupWith({ repository: s3({ peers: [NetworkPeer.network('10.9.0.0/16')] }) }) });
    const endpoint = { to: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: [{ port: 9000, protocol: 'TCP' }] };
    const own = written(chart, 'NetworkPolicy', 'db').spec;
    expect(own.egress).toContainEqual(endpoint);
    expect(own.ingress.find(({ ports }: Manifest) => ports[0].port === 'backup').from).toEqual([{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'pgbackrest', 'app.kubernetes.io/instance': 'db-backup' } } }]);
    const jobs = written(chart, 'NetworkPolicy', 'db-backup').spec;
    expect(jobs.ingress ?? []).toEqual([]);
    expect(jobs.egress).toContainEqual(endpoint);
    expect(jobs.egress.flatMap(({ ports }: Manifest) => ports).map(({ port }: Manifest) => port)).toContain(8432);
    const open = databaseIn({ backup: backupWith(), network: PostgresNetwork.unrestricted() }).chart;
    expect(Testing.synth(open).filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
  });

  test('a volume is kept by tools that delete, and the Jobs run on the node of the database', () => {
    const { chart } = databaseIn({ backup: backupWith() });
    expect(written(chart, 'PersistentVolumeClaim', 'db-backup').metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'helm.sh/resource-policy': 'keep' });
    expect(jobPod(chart).affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
    expect(jobPod(databaseIn({ backup: backupWith({ repository: s3() }) }).chart).affinity).toBeUndefined();
  });

  test('the alert for a missing backup follows from the schedules', () => {
    const rules = (options: Partial<PgBackRestOptions>) => written(databaseIn({ backup: backupWith(options), monitor: PostgresMonitor.prometheus({ alerts: {} }) }).chart, 'PrometheusRule').spec.groups[0].rules;
    const expression = (options: Partial<PgBackRestOptions>) => rules(options).find(({ alert }: Manifest) => alert === 'PostgresBackupMissing').expr;
    // Daily backups and hourly ones: from 23:00 to 01:00, and two hours.
    expect(expression({})).toMatch(/ > 14400$/);
    expect(expression({ schedule: { full: '0 1 * * *' } })).toMatch(/cronjob=~"db-backup-\(full\)".* > 93600$/);
    expect(expression({ maximumAge: Duration.days(8) })).toMatch(/ > 691200$/);
    expect(rules({}).map(({ alert }: Manifest) => alert)).toEqual(expect.arrayContaining(['PostgresBackupNotVerified', 'PostgresArchiveFailing', 'PostgresBackupServerNotReady']));
  });

  test('the alert for a repository that is not verified ends with the next success: it is by age, not by failed Jobs', () => {
    const { chart } = databaseIn({ backup: backupWith({ deadline: Duration.hours(1) }), monitor: PostgresMonitor.prometheus({ alerts: {} }) });
    const { expr } = written(chart, 'PrometheusRule').spec.groups[0].rules.find(({ alert }: Manifest) => alert === 'PostgresBackupNotVerified');
    // A week, the deadline, and two hours.
    expect(expr).toMatch(/last_successful_time\{namespace="demo",cronjob=~"db-backup-\(verify\)"\}.* > 615600$/);
  });

  test('the Jobs tolerate and select the nodes of the database', () => {
    const placement = { nodeSelector: { 'kubernetes.io/arch': 'arm64' }, tolerations: [{ key: 'database', operator: 'Exists', effect: 'NoSchedule' }] };
    expect(jobPod(databaseIn({ backup: backupWith(), podTemplate: placement }).chart)).toMatchObject(placement);
    expect(jobPod(databaseIn({ backup: backupWith() }).chart)).not.toHaveProperty('tolerations');
  });

  testWithSchemas('its objects are valid', () => {
    const { chart } = databaseIn({ backup: backupWith(), recovery: recoveryWith({ repository: s3() }) });
    for (const manifest of Testing.synth(chart)) { for (const release of ['1.27.0', '1.36.0'] as const) { expect(validateManifest(manifest, release)).toEqual([]); } }
  });
});

describe('what a recovery is', () => {
  test.each<[string, Partial<RecoveryOptions>, string, string, string | undefined]>([
    ['the end of the archive', {}, 'default', 'hot_standby = off', undefined],
    ['a time', { time: '2026-01-15T10:30:00+01:00' }, 'time', "recovery_target_time = '2026-01-15 09:30:00+00'", '2026-01-15 09:30:00+00'],
    ['a position', { lsn: '0/3000060' }, 'lsn', "recovery_target_lsn = '0/3000060'", '0/3000060'],
    ['a restore point', { name: 'before release' }, 'name', "recovery_target_name = 'before release'", 'before release'],
  ])('%s', (_what, options, type, line, target) => {
    const { chart } = databaseIn({ recovery: recoveryWith(options) });
    const [init] = podOf(chart).initContainers;
    const variables = Object.fromEntries(init.env.map(({ name, value }: Manifest) => [name, value]));
    expect(variables).toMatchObject({ RESTORE_SCRIPT: '/etc/pgbackrest-recovery/restore.sh', RECOVERY_TYPE: type, RECOVERY_STANZA: 'orders-db' });
    expect(variables['RECOVERY_TARGET']).toBe(target);
    const conf = written(chart, 'ConfigMap', 'db-config').data['postgresql.conf'];
    expect(conf).toContain(`${line}\n`);
    expect(conf).toContain("recovery_target_action = 'promote'\n");
    expect(conf).not.toMatch(/archive_mode/);
  });

  test('the volume of the other database is read only', () => {
    const { chart } = databaseIn({ recovery: recoveryWith() });
    const volume = podOf(chart).volumes.find(({ name }: Manifest) => name === 'recovery-repository');
    expect(volume.persistentVolumeClaim).toEqual({ claimName: 'orders-db-backup' });
    const mounts = [...podOf(chart).containers, ...podOf(chart).initContainers].flatMap(({ volumeMounts }: Manifest) => volumeMounts).filter(({ name }: Manifest) => name === 'recovery-repository');
    expect(mounts.map(({ readOnly }: Manifest) => readOnly)).toEqual([true, true]);
  });

  test('a bucket: the folder is that of the other database, and of its namespace', () => {
    expect(settingsIn(databaseIn({ recovery: recoveryWith({ repository: s3(), namespace: 'shop' }) }).chart, 'recovery.conf', 'db-recovery')).toMatchObject({ 'repo1-path': '/shop/orders-db' });
  });
});

describe('what is refused', () => {
  const s3Backup = (options: Partial<S3RepositoryOptions>) => ({ backup: backupWith({ repository: s3(options) }) });

  test.each<[code: string, problem: string, props: Partial<PostgresProps>]>([
    ['PGTLS-P140', 'but TLS is off', { backup: backupWith(), tls: undefined }],
    ['PGTLS-P141', 'each new pod initializes another database', { backup: backupWith(), storage: PostgresStorage.ephemeral() }],
    ['PGTLS-P142', "schedule '0 1 * *' is not a schedule of five fields", { backup: backupWith({ schedule: { full: '0 1 * *' } }) }],
    ['PGTLS-P142', "schedule 'TZ=UTC 0 1 * * *' has a time zone", { backup: backupWith({ schedule: { full: 'TZ=UTC 0 1 * * *' } }) }],
    ['PGTLS-P142', "schedule '0 1 * * *' is also that of full", { backup: backupWith({ schedule: { full: '0 1 * * *', incremental: '0 1 * * *' } }) }],
    ['PGTLS-P142', "schedule '0 1 * * *' meets that of full, '0 1 * * 0', in the same minute", { backup: backupWith({ schedule: { full: '0 1 * * 0', differential: '0 1 * * *' } }) }],
    ['PGTLS-P142', "schedule '0 1 30 2 *' never starts", { backup: backupWith({ schedule: { full: '0 1 30 2 *' } }) }],
    ['PGTLS-P142', "accessMode 'ReadWriteOncePod' does not let", { backup: backupWith({ repository: BackupRepository.volume({ size: Size.gibibytes(5), accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD }) }) }],
    ['PGTLS-P142', "accessMode 'ReadOnlyMany' does not let", { backup: backupWith({ repository: BackupRepository.volume({ size: Size.gibibytes(5), accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }) }) }],
    ['PGTLS-P142', "bucket 'shop.backups' has a dot", s3Backup({ bucket: 'shop.backups', endpoint: 'https://s3.eu-central-1.amazonaws.com', ca: undefined })],
    ['PGTLS-P142', "path '/../x' is not an absolute path", s3Backup({ path: '/../x' })],
    ['PGTLS-P142', 'retention of 0 full backups is not a whole number from 1 on', { backup: backupWith({ retention: { full: 0 } }) }],
    ['PGTLS-P142', 'deadline is 500 ms', { backup: backupWith({ deadline: Duration.millis(500) }) }],
    ['PGTLS-P142', "version '2.60' is not a release of pgBackRest 2 with its three numbers", { backup: backupWith({ version: '2.60' }) }],
    ['PGTLS-P142', "version '2.45.0' is older than 2.56.0", { recovery: recoveryWith({ version: '2.45.0' }) }],
    ['PGTLS-P142', 'does not contain pgBackRest', { backup: backupWith(), version: PostgresVersion.V18 }],
    ['PGTLS-P142', "version '2.59.1' is not that of the backup, '2.60.0'", { backup: backupWith(), recovery: recoveryWith({ version: '2.59.1' }) }],
    ['PGTLS-P142', 'has a name of 60 characters; at most 52 are allowed', { backup: backupWith(), metadata: { name: 'd'.repeat(46) } }],
    ['PGTLS-P142', "path 'orders' is not an absolute path", s3Backup({ path: 'orders' })],
    ['PGTLS-P142', "bucket 'B' is not the name of a bucket", s3Backup({ bucket: 'B' })],
    ['PGTLS-P142', "region 'a\nrepo1-storage-verify-tls=n' is not one word", s3Backup({ region: 'a\nrepo1-storage-verify-tls=n' })],
    ['PGTLS-P143', "endpoint 'http://minio.storage.svc' is not an https:// URL", s3Backup({ endpoint: 'http://minio.storage.svc' })],
    ['PGTLS-P143', "endpoint 'minio:9000' is not an https:// URL", s3Backup({ endpoint: 'minio:9000' })],
    ['PGTLS-P143', 'has more than a host and a port', s3Backup({ endpoint: 'https://minio.storage.svc/backups' })],
    ['PGTLS-P143', "the host 'minio.storage.svc' ends with '.svc', which is not a public domain: no CA of the image verifies it", s3Backup({ ca: undefined })],
    ['PGTLS-P143', "the host '10.0.0.1' is not a public IP address", s3Backup({ endpoint: 'https://10.0.0.1', ca: undefined })],
    ['PGTLS-P143', 'ca is the Secret of a Certificate', s3Backup({ ca: TrustSource.fromIssuedSecret() })],
    ['PGTLS-P144', 'backup writes to what the recovery reads', { backup: backupWith(), recovery: recoveryWith({ database: 'db' }) }],
    ['PGTLS-P144', 'backup writes to what the recovery reads', { ...s3Backup({}), recovery: recoveryWith({ repository: s3(), database: 'db' }) }],
    ['PGTLS-P176', 'time and lsn are both targets', { recovery: recoveryWith({ time: '2026-01-01T00:00:00Z', lsn: '0/1' }) }],
    ['PGTLS-P176', "time '2026-01-01 00:00:00' is not a moment with a zone", { recovery: recoveryWith({ time: '2026-01-01 00:00:00' }) }],
    ['PGTLS-P176', "time '2026-02-31T00:00:00Z' is not a moment", { recovery: recoveryWith({ time: '2026-02-31T00:00:00Z' }) }],
    ['PGTLS-P176', "lsn '3000060' is not a position", { recovery: recoveryWith({ lsn: '3000060' }) }],
    ['PGTLS-P176', 'is not that of a restore point', { recovery: recoveryWith({ name: '' }) }],
    ['PGTLS-P179', 'init.walSegmentSize has no effect', { recovery: recoveryWith(), init: { walSegmentSize: Size.mebibytes(32) } }],
    ['PGTLS-P179', "the volume of the backup is in namespace 'shop'", { recovery: recoveryWith({ namespace: 'shop' }) }],
    ['PGTLS-P179', "namespace 'a/b' is not the name of a namespace", { recovery: recoveryWith({ namespace: 'a/b', repository: s3() }) }],
    ['PGTLS-P179', "database 'Orders' is not the name of a database", { recovery: recoveryWith({ database: 'Orders', repository: s3() }) }],
  ])('%s: %s', (code, problem, props) => {
    const text = findingsOf(props);
    expect(text).toContain(code);
    expect(text).toContain(problem);
    expect(text.match(/PGTLS-/g)).toHaveLength(1);
  });

  test('schedules that meet on no day, and a bucket with a dot in the path of the URL, are accepted', () => {
    expect(findingsOf({ backup: backupWith({ schedule: { full: '0 1 * * 0', differential: '0 1 * * 1-6', incremental: '30 1 * * *' } }) })).toBe('');
    expect(findingsOf(s3Backup({ bucket: 'shop.backups', path: '/a/..b' }))).toBe('');
  });

  test('a time in the future, by the clock of the synthesis', () => {
    const now = jest.spyOn(clock, 'now').mockReturnValue(Date.parse('2026-01-15T09:30:00Z'));
    expect(findingsOf({ recovery: recoveryWith({ time: '2026-01-15T09:30:00Z' }) })).toBe('');
    expect(findingsOf({ recovery: recoveryWith({ time: '2026-01-15T09:30:01Z' }) })).toContain("PGTLS-P176: time '2026-01-15T09:30:01Z' is in the future");
    now.mockRestore();
  });

  test('a role with the common name of the Jobs, and a pooler with the name of the backups', () => {
    expect(findingsOf({ backup: backupWith() }, (db) => { db.addRole('db-backup'); })).toContain("the certificate of the Jobs has the common name 'db-backup', which is a declared role");
    expect(findingsOf({ backup: backupWith() }, (db) => { db.addClient('orders'); db.addPooler('backup', { version: PgBouncerVersion.of('1.26.1', 'registry.example/pgbouncer:1.26.1') }); }))
      .toContain('is that of the backups of the database');
  });

  test('two databases in one folder of one bucket; one that recovers from it may read it', () => {
    const app = new App();
    for (const [id, path] of [['one', '/x'], ['two', '/x'], ['three', '/y']] as const) {
      databaseIn({ metadata: { name: 'db' }, backup: backupWith({ repository: s3({ path }) }) }, chartIn(id, id, app));
    }
    databaseIn({ recovery: recoveryWith({ database: 'db', repository: s3({ path: '/x' }) }) }, chartIn('four', 'four', app), 'db4');
    expect(Validation.of(app).findings().map(({ rule: { code }, message }) => `${code}: ${message}`)).toEqual([expect.stringMatching(/^PGTLS-P177: .*stanza 'db' of this bucket and path is already that of/)]);
  });
});

test('a configuration file is read as pgBackRest reads it', () => {
  expect(parsePgBackRest('# comment\n[global]\n repo1-path = /x \ntls-server-auth=a=b\ntls-server-auth=c=*\n[global:backup]\nstart-fast=y\n[db]\npg1-path=/data\n[db:archive-push]\nx=y\n')).toEqual({
    settings: [['repo1-path', '/x'], ['tls-server-auth', 'a=b'], ['tls-server-auth', 'c=*']], stanzas: ['db'],
  });
});
