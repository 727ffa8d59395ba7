import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size, Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { Backup, BackupRepository, CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, Recovery } from '../../src';
import { chartIn } from '../support/tree';
import { eventually, get, kubectl, tryKubectl } from './support/kubectl';
import { demandBareCluster, OWN_APART, renew } from './support/playground';
import { filesOf } from '../support/document-program';
import { markedBlock, REPOSITORY } from '../support/repository';

demandBareCluster();
jest.setTimeout(200_000);

const NAMESPACE = 'bk-shop';
const IMAGE = 'registry.example.com/postgres-pgbackrest:18.6';
const [endpoint, ca] = [process.env['S3_ENDPOINT'], process.env['S3_CA']];
const ENDPOINT = 'https://storage.example.com:9000';
if (endpoint === undefined || ca === undefined) { process.stdout.write('S3_ENDPOINT and S3_CA name no S3 server: backups to S3 DID NOT RUN\n'); }
const hasS3 = endpoint !== undefined && ca !== undefined;
const SOURCES: ReadonlyArray<string> = hasS3 ? ['shop-db', 'vol-db'] : ['vol-db'];
/** A new database of each. */
const RECOVERED: Readonly<Record<string, string>> = { 'shop-db': 'shop-recovered', 'vol-db': 'vol-recovered' };

const folder = mkdtempSync(join(tmpdir(), 'backup-'));
/** The S3 server may have what an earlier run has left. */
const FOLDER = `run-${Date.now()}`;
const inNamespace = (...args: string[]) => ['--namespace', NAMESPACE, ...args];
const ask = async (db: string, sql: string): Promise<string> => (await kubectl(inNamespace('exec', `${db}-0`, '--container', 'postgres', '--', 'psql', '-X', '-A', '-t', '-q', '-U', 'postgres', '-c', sql))).trim();

/** A program of docs/backup.md, in the namespace of this test and with its S3 server. */
function documented(name: string, time = ''): string {
  const program = markedBlock(readFileSync(join(REPOSITORY, 'docs/backup.md'), 'utf8'), `program: ${name}`)
    .replace("namespace: 'shop'", `namespace: '${NAMESPACE}'`).replace(ENDPOINT, endpoint ?? ENDPOINT).replace(/time: '[^']*'/, `time: '${time}'`);
  return Object.values(filesOf(program)).join('---\n').replaceAll(`repo1-path=/${NAMESPACE}/shop-db`, `repo1-path=/${FOLDER}/shop-db`);
}

const volume = BackupRepository.volume({ size: Size.gibibytes(1) });

/** A database whose backups are on a volume, and one that is made from them: with its WAL on a volume of its own. */
function onVolume(name: string, time?: string): string {
  const chart = chartIn(NAMESPACE);
  new Postgres(chart, name, {
    version: PostgresVersion.of(18, IMAGE),
    tls: { issuer: new CertificateAuthority(chart, `${name}-ca`).issuer },
    storage: PostgresStorage.durable({ size: Size.gibibytes(1), ...(time === undefined ? {} : { wal: { size: Size.gibibytes(1) } }) }),
    ...(time === undefined
      ? { backup: Backup.pgBackRest({ version: '2.60.0', repository: volume, schedule: { full: '0 1 * * *' } }) }
      : { recovery: Recovery.from({ version: '2.60.0', repository: volume, database: 'vol-db', time }) }),
  });
  return Testing.synth(chart).map((manifest) => stringify(manifest)).join('---\n');
}

async function apply(...texts: string[]): Promise<void> {
  const file = join(folder, 'all.yaml');
  writeFileSync(file, texts.join('---\n'));
  await kubectl(['apply', '--validate=strict', '--filename', file]);
}

const untilReady = (names: ReadonlyArray<string>) => eventually(`${names.join(' and ')} ready`, 150, async () => {
  for (const name of names) { if ((await get(NAMESPACE, 'statefulset', name)).status.readyReplicas !== 1) { throw new Error(`${name} is not ready`); } }
}, NAMESPACE);

/** Runs a CronJob once, with another Secret for its certificate if one is given. It returns what became of it, and its log. */
async function run(cronJob: string, name: string, keySecret?: string): Promise<{ end: string; log: string }> {
  const job = JSON.parse(await kubectl(inNamespace('create', 'job', name, `--from=cronjob/${cronJob}`, '--dry-run=client', '--output', 'json')));
  job.spec.backoffLimit = 0;
  if (keySecret !== undefined) { job.spec.template.spec.volumes.find((one: { name: string }) => one.name === 'backup-cert').secret.secretName = keySecret; }
  await kubectl(inNamespace('apply', '--filename', '-'), JSON.stringify(job));
  const end = await eventually(`the end of ${name}`, 120, async () => {
    const { status } = await get(NAMESPACE, 'job', name);
    const condition = status.conditions?.find(({ type }: { type: string }) => type === 'Complete' || type === 'Failed');
    if (condition === undefined) { throw new Error('it runs'); }
    return condition.type as string;
  }, NAMESPACE);
  return { end, log: await kubectl(inNamespace('logs', `job/${name}`)) };
}

beforeAll(async () => {
  await kubectl(['delete', 'namespaces', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl(['label', 'namespace', NAMESPACE, OWN_APART, 'pod-security.kubernetes.io/enforce=restricted']);
  if (hasS3) {
    await kubectl(inNamespace('create', 'configmap', 'storage-ca', `--from-file=ca.crt=${ca}`));
    await kubectl(inNamespace('create', 'secret', 'generic', 'storage', '--from-literal=id=AK', '--from-literal=key=SK', '--from-literal=passphrase=correct horse'));
  }
  await apply(...(hasS3 ? [documented('backups')] : []), onVolume('vol-db'));
  await untilReady(SOURCES);
}, 400_000);

afterAll(async () => {
  await kubectl(['delete', 'namespaces', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  rmSync(folder, { recursive: true });
}, 300_000);

test.each(SOURCES)('%s: a backup while rows are written, and the log shows no credentials', async (db) => {
  await ask(db, 'CREATE TABLE moments (what text)');
  const writer = tryKubectl(inNamespace('exec', `${db}-0`, '--container', 'postgres', '--', 'sh', '-c',
    "psql -U postgres -qc 'CREATE TABLE load (id int)'; i=0; while [ $i -lt 400 ]; do echo 'INSERT INTO load VALUES (1);'; i=$((i+1)); sleep 0.02; done | psql -X -q -v ON_ERROR_STOP=1 -U postgres"));
  const { end, log } = await run(`${db}-backup-full`, `${db}-full`);
  expect({ end, log }).toMatchObject({ end: 'Complete', log: expect.stringContaining('new backup label') });
  expect(log).not.toMatch(/\bSK\b/);
  expect(await writer).toMatchObject({ code: 0 });
  expect(await ask(db, 'SELECT count(*) FROM load')).toBe('400');
});

test.each(SOURCES)('%s: a new database as of a moment between two commits has the first and not the second, and the source is as it was', async (db) => {
  await ask(db, "INSERT INTO moments VALUES ('before')");
  // The clock of the server, in whole seconds.
  const time = await ask(db, "SELECT to_char((now() + interval '1 second') AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM pg_sleep(1.1)");
  await ask(db, "INSERT INTO moments VALUES ('after')");
  await ask(db, 'SELECT pg_switch_wal()');
  await eventually('the archived segment', 60, async () => { expect(await ask(db, "SELECT last_archived_time > now() - interval '10 seconds' FROM pg_stat_archiver")).toBe('t'); }, NAMESPACE);
  await apply(db === 'vol-db' ? onVolume(RECOVERED[db]!, time) : documented('recovery', time));
  await untilReady([RECOVERED[db]!]);
  expect(await ask(RECOVERED[db]!, "SELECT string_agg(what, ',') FROM moments")).toBe('before');
  expect(await ask(RECOVERED[db]!, 'SELECT count(*) FROM load')).toBe('400');
  expect(await ask(RECOVERED[db]!, 'SELECT pg_is_in_recovery(), timeline_id FROM pg_control_checkpoint()')).toBe('f|2');
  expect(await ask(db, "SELECT string_agg(what, ',') FROM moments")).toBe('before,after');
  expect(await ask(db, 'SELECT failed_count FROM pg_stat_archiver')).toBe('0');
});

test('the backup server does not admit another certificate of the client CA', async () => {
  await kubectl(inNamespace('apply', '--filename', '-'), JSON.stringify({
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'app' },
    spec: { secretName: 'app', commonName: 'app', usages: ['client auth'], privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' }, issuerRef: { name: 'vol-db-client-ca' } },
  }));
  const { end, log } = await run('vol-db-backup-full', 'with-another-certificate', 'app');
  expect(end).toBe('Failed');
  expect(log).toMatch(/AccessError.*access denied/);
});

test('a renewed certificate of the server is loaded, and the next backup succeeds', async () => {
  const served = async (): Promise<string> => kubectl(inNamespace('exec', 'vol-db-0', '--container', 'backup-server', '--', 'sh', '-c', 'openssl s_client -connect 127.0.0.1:8432 </dev/null 2>/dev/null | openssl x509 -noout -serial'));
  const before = await served();
  await renew(NAMESPACE, 'vol-db-server-cert');
  await eventually('another certificate at 8432', 120, async () => { expect(await served()).not.toBe(before); }, NAMESPACE);
  expect((await run('vol-db-backup-full', 'after-renewal')).end).toBe('Complete');
});

test('verify succeeds, and fails for a damaged repository', async () => {
  expect(await run('vol-db-backup-verify', 'verify')).toMatchObject({ end: 'Complete', log: expect.stringContaining('status: ok') });
  await kubectl(inNamespace('exec', 'vol-db-0', '--container', 'postgres', '--', 'sh', '-c',
    "file=$(find /var/lib/pgbackrest/backup -path '*/base/*' -name '1259.zst' | head -n 1); chmod u+w \"$file\"; printf XX | dd of=\"$file\" bs=1 seek=40 conv=notrunc"));
  expect(await run('vol-db-backup-verify', 'verify-damaged')).toMatchObject({ end: 'Failed', log: expect.stringContaining('the repository is damaged') });
});
