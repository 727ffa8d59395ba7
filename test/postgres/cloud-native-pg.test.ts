import { Chart, Duration, Size, Testing } from 'cdk8s';
import { ConfigMap, Cpu, Deployment, Secret } from 'cdk8s-plus-27';
import {
  AccessMethod, AccessRule, Backup, BackupRepository, CertificateAuthority, CertificateRevocationList, ClientPassword, ClientPrivileges, CloudNativePgOptions,
  DatabaseLocale, DeclaredState, DeletionPolicy,
  HighAvailability, HugePages, InitScripts, IpFamilyPolicy, NetworkPeer, PgBouncerVersion, Postgres, PostgresMonitor, PostgresNetwork, PostgresProps, PostgresScripts,
  PostgresServiceType, PostgresStorage, PostgresVersion, Recovery, ServiceMesh, SuperuserAccess, TrustSource, Validation, VolumeDataSource,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, type Manifest, refusal, written } from '../support/tree';

const IMAGE = 'ghcr.io/cloudnative-pg/postgresql:18.1-standard-trixie';
const REPOSITORY = BackupRepository.volume({ size: Size.gibibytes(5) });
const BACKUP = Backup.pgBackRest({ version: '2.60.0', repository: REPOSITORY, schedule: { full: '0 1 * * 0' } });

function databaseIn(options: Partial<CloudNativePgOptions> = {}, props: Partial<PostgresProps> = {}, chart: Chart = chartIn()): { chart: Chart; db: Postgres } {
  const tls = 'tls' in props ? {} : { tls: { issuer: new CertificateAuthority(chart, 'ca').issuer } };
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }), deletionPolicy: DeletionPolicy.DELETE,
    highAvailability: HighAvailability.cloudNativePg({ image: IMAGE, ...options }), ...tls, ...props,
  });
  return { chart, db };
}

const clusterOf = ({ chart }: { chart: Chart }): Manifest => written(chart, 'Cluster', 'db').spec;
const ruled = (chart: Chart): string[] => Validation.of(chart).findings().map(({ rule: { code }, field }) => `${code} ${field ?? ''}`.trim());

describe('the Cluster', () => {
  test('it takes the place of pods, Services, ConfigMap and PodDisruptionBudget', () => {
    const { chart } = databaseIn();
    expect(Testing.synth(chart).map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toEqual([
      'Issuer ca-selfsigned', 'Certificate ca', 'Issuer ca',
      'Issuer db-client-ca-selfsigned', 'Certificate db-client-ca', 'Issuer db-client-ca', 'Certificate db-server-cert', 'Certificate db-replication-cert', 'NetworkPolicy db', 'Cluster db',
    ]);
  });

  test('it names leaf certificates, whose Secrets contain ca.crt, and no Secret of a CA', () => {
    expect(clusterOf(databaseIn()).certificates).toEqual({
      serverTLSSecret: 'db-server-cert', serverCASecret: 'db-server-cert', replicationTLSSecret: 'db-replication-cert', clientCASecret: 'db-replication-cert',
    });
    const trusted = { trustedClientCas: TrustSource.fromSecret(Secret.fromSecretName(chartIn(), 's', 'client-cas')), issuer: new CertificateAuthority(chartIn(), 'ca').issuer };
    expect(clusterOf(databaseIn({}, { tls: trusted })).certificates.clientCASecret).toBe('client-cas');
  });

  test('the server certificate has the names of the three Services, each in four forms, and no address', () => {
    const { spec } = written(databaseIn().chart, 'Certificate', 'db-server-cert');
    const forms = (service: string) => [service, `${service}.demo`, `${service}.demo.svc`, `${service}.demo.svc.cluster.local`];
    expect(spec).toMatchObject({ commonName: 'db-rw', usages: ['digital signature', 'key encipherment', 'server auth'], secretTemplate: { labels: { 'cnpg.io/reload': 'true' } } });
    expect(spec.dnsNames).toEqual([...forms('db-r'), ...forms('db-ro'), ...forms('db-rw')]);
    expect(spec.ipAddresses).toBeUndefined();
  });

  test("the replication certificate is one of the client CA, for the operator's role", () => {
    expect(written(databaseIn().chart, 'Certificate', 'db-replication-cert').spec).toMatchObject({
      commonName: 'streaming_replica', usages: ['digital signature', 'key encipherment', 'client auth'], issuerRef: { name: 'db-client-ca' },
      secretTemplate: { labels: { 'cnpg.io/reload': 'true' } }, privateKey: { rotationPolicy: 'Always' },
    });
  });

  test('pg_hba ends in a reject, whichever the mode, and has no row for the socket', () => {
    expect(clusterOf(databaseIn()).postgresql.pg_hba).toEqual(['host all,replication postgres all reject', 'hostssl all all all cert', 'host all all all reject']);
    const { db, ...given } = databaseIn();
    db.addClient('orders', { addresses: ['10.0.0.0/8'] });
    expect(clusterOf(given).postgresql.pg_hba).toEqual(['host all,replication postgres all reject', 'hostssl orders orders 10.0.0.0/8 cert', 'host all all all reject']);
  });

  test('access rules, user maps and the certificate of the superuser are rows as with one pod', () => {
    const { postgresql } = clusterOf(databaseIn({}, {
      accessRules: [AccessRule.hostssl({ users: ['app'], method: AccessMethod.cert({ map: 'apps' }) })], userMappings: [{ map: 'apps', systemUser: 'app.example', databaseUser: 'app' }],
      superuserAccess: SuperuserAccess.certificate({ addresses: ['10.1.0.0/16'] }),
    }));
    expect(postgresql.pg_hba).toContain('hostssl all postgres 10.1.0.0/16 cert');
    expect(postgresql.pg_hba).toContain('hostssl all app all cert map=apps');
    expect(postgresql.pg_ident).toEqual(['apps app.example app']);
  });

  test('parameters are texts, without those that the operator sets; libraries have a field of their own', () => {
    const { postgresql } = clusterOf(databaseIn({}, { parameters: { work_mem: '8MB', shared_preload_libraries: 'pg_stat_statements, auto_explain' } }));
    expect(postgresql.parameters).toEqual({
      default_text_search_config: 'pg_catalog.english', effective_cache_size: '768MB', huge_pages: 'off', maintenance_work_mem: '64MB', max_connections: '102',
      password_encryption: 'scram-sha-256', reserved_connections: '3', shared_buffers: '256MB', ssl_min_protocol_version: 'TLSv1.3', work_mem: '8MB',
    });
    expect(postgresql.shared_preload_libraries).toEqual(['pg_stat_statements', 'auto_explain']);
  });

  test('from three instances on, a commit waits for one replica; each instance has a node of its own', () => {
    const three = clusterOf(databaseIn());
    expect(three).toMatchObject({ instances: 3, imageName: IMAGE, postgresql: { synchronous: { method: 'any', number: 1, dataDurability: 'required' } } });
    expect(three.affinity).toMatchObject({ enablePodAntiAffinity: true, podAntiAffinityType: 'required', topologyKey: 'kubernetes.io/hostname' });
    expect(clusterOf(databaseIn({ instances: 1 })).postgresql.synchronous).toBeUndefined();
    expect(clusterOf(databaseIn({ synchronous: false, oneInstancePerNode: false }))).toMatchObject({ affinity: { podAntiAffinityType: 'preferred' } });
    expect(clusterOf(databaseIn({ synchronous: false })).postgresql.synchronous).toBeUndefined();
    expect(clusterOf(databaseIn({ instances: 2, synchronous: true })).postgresql.synchronous).toMatchObject({ number: 1 });
  });

  test('storage, WAL, resources and scheduling are its own fields', () => {
    const spec = clusterOf(databaseIn({}, {
      storage: PostgresStorage.durable({ size: Size.gibibytes(20), storageClassName: 'fast', wal: { size: Size.gibibytes(4) } }),
      resources: { memory: { request: Size.gibibytes(2), limit: Size.gibibytes(2) }, cpu: { request: Cpu.millis(500) } },
      podTemplate: {
        labels: { team: 'data' }, nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'dedicated', operator: 'Exists' }], priorityClassName: 'high',
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { 'cnpg.io/cluster': 'db' } } }],
      },
    }));
    expect(spec).toMatchObject({
      storage: { size: '20Gi', storageClass: 'fast' }, walStorage: { size: '4Gi' }, inheritedMetadata: { labels: { team: 'data' } }, priorityClassName: 'high',
      resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } },
      affinity: { nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'dedicated', operator: 'Exists' }] },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' }],
    });
  });

  test.each<[string, Partial<PostgresProps>, Manifest]>([
    ['18, the defaults', {}, { dataChecksums: true, encoding: 'UTF8', localeProvider: 'builtin', builtinLocale: 'C.UTF-8', locale: 'C.UTF-8' }],
    ['16, the defaults', { version: PostgresVersion.V16 }, { dataChecksums: true, encoding: 'UTF8', locale: 'C.UTF-8' }],
    ['ICU', { init: { locale: DatabaseLocale.icu('de-DE') } }, { dataChecksums: true, encoding: 'UTF8', localeProvider: 'icu', icuLocale: 'de-DE', locale: 'C.UTF-8' }],
    ['every option', { init: { dataChecksums: false, walSegmentSize: Size.mebibytes(64), locale: DatabaseLocale.libc('C') } }, { dataChecksums: false, encoding: 'UTF8', locale: 'C', walSegmentSize: 64 }],
  ])('options of initdb are fields: %s', (_, props, fields) => {
    expect(clusterOf(databaseIn({ image: IMAGE.replace(':18', `:${props.version?.major ?? 18}`) }, props)).bootstrap.initdb).toEqual({ database: 'app', owner: 'app', ...fields });
  });

  test('it breaks no rule', () => {
    const { chart, db } = databaseIn();
    db.addClient('orders').connect(new Deployment(chart, 'web', { containers: [{ image: 'registry.example/web:1.0', securityContext: { user: 1000 } }] }));
    expect(ruled(chart)).toEqual([]);
  });
});

describe('declarations', () => {
  test('roles and clients have no password, and that of the owner of the first database is disabled', () => {
    const { db, ...given } = databaseIn({ initialDatabase: 'main' });
    db.addRole('readers', { connectionLimit: 5 });
    db.addRole('migrations', { login: true, createDatabases: true, createRoles: true, replication: true, bypassRowSecurity: true, validUntil: '2027-01-31 00:00:00+01' });
    db.addClient('orders', { inRoles: ['readers'] });
    expect(clusterOf(given).bootstrap.initdb).toMatchObject({ database: 'main', owner: 'main' });
    expect(clusterOf(given).managed.roles).toEqual([
      { name: 'main', ensure: 'present', login: true, disablePassword: true },
      {
        name: 'migrations', ensure: 'present', login: true, disablePassword: true, createdb: true, createrole: true, replication: true, bypassrls: true, validUntil: '2027-01-30T23:00:00Z',
      },
      { name: 'readers', ensure: 'present', login: false, disablePassword: true, connectionLimit: 5 },
      { name: 'orders', ensure: 'present', login: true, disablePassword: true, inRoles: ['readers'] },
    ]);
  });

  test('a client that is the owner of the first database is one role', () => {
    const { db, ...given } = databaseIn();
    db.addClient('app');
    expect(clusterOf(given).managed.roles).toEqual([{ name: 'app', ensure: 'present', login: true, disablePassword: true }]);
  });

  test('each database is a Database, with owner, schemas and extensions, also one that a client implies', () => {
    const { chart, db } = databaseIn();
    db.addDatabase('orders', { connectionLimit: 20, schemas: [{ name: 'audit' }, { name: 'raw', owner: 'loader' }], extensions: [{ name: 'pg_trgm', schema: 'audit' }] });
    db.addRole('loader');
    db.addClient('orders');
    db.addClient('Shop 1');
    db.addDatabase('former', { state: DeclaredState.absent({ deleteData: true }) });
    expect(written(chart, 'Database', 'db-orders').spec).toEqual({
      cluster: { name: 'db' }, name: 'orders', owner: 'orders', ensure: 'present', connectionLimit: 20,
      schemas: [{ name: 'audit', owner: 'orders' }, { name: 'raw', owner: 'loader' }], extensions: [{ name: 'pg_trgm', schema: 'audit' }],
    });
    expect(written(chart, 'Database', 'db-shop-1-d4a69134').spec).toEqual({ cluster: { name: 'db' }, name: 'Shop 1', owner: 'Shop 1', ensure: 'present' });
    expect(written(chart, 'Database', 'db-former').spec).toEqual({ cluster: { name: 'db' }, name: 'former', owner: 'postgres', ensure: 'absent' });
  });
});

describe('connections', () => {
  test('clients connect to the Service of the primary', () => {
    const { chart, db } = databaseIn();
    expect(db.endpoint.host).toBe('db-rw.demo.svc.cluster.local');
    const web = new Deployment(chart, 'web', { containers: [{ image: 'registry.example/web:1.0' }] });
    db.addClient('orders').connect(web);
    expect(written(chart, 'Deployment').spec.template.spec.containers[0].env).toContainEqual({ name: 'PGHOST', value: 'db-rw.demo.svc.cluster.local' });
    const policies = Testing.synth(chart).filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec);
    expect(policies).toContainEqual(expect.objectContaining({ egress: expect.arrayContaining([expect.objectContaining({ to: [{ podSelector: { matchLabels: { 'cnpg.io/cluster': 'db' } } }] })]) }));
    expect(db.toPodSelectorConfig().labelSelector._toKube()).toEqual({ matchLabels: { 'cnpg.io/cluster': 'db' } });
  });

  test('the NetworkPolicy admits the operator, the other instances and clients, and lets instances reach the API server', () => {
    const network = PostgresNetwork.restricted({ clients: [NetworkPeer.pods({ app: 'web' })] });
    const peers = [{ podSelector: { matchLabels: { 'cnpg.io/cluster': 'db' } } }];
    const ports = [5432, 8000].map((port) => ({ port, protocol: 'TCP' }));
    const { spec } = written(databaseIn({ operatorNamespace: 'operators', apiServerPorts: [6443] }, { network }).chart, 'NetworkPolicy', 'db');
    expect(spec.podSelector).toEqual(peers[0]!.podSelector);
    expect(spec.ingress).toEqual([
      { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'postgresql', protocol: 'TCP' }] },
      {
        from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' } }, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'operators' } } }],
        ports: [{ port: 8000, protocol: 'TCP' }],
      },
      { from: peers, ports },
    ]);
    expect(spec.egress.slice(1)).toEqual([{ to: peers, ports }, { ports: [{ port: 6443, protocol: 'TCP' }] }]);
  });

  test('a pooler of this package stands before the Service of the primary', () => {
    const { chart, db } = databaseIn();
    db.addClient('orders');
    db.addPooler('pool', { version: PgBouncerVersion.of('1.26.1', 'registry.example/pgbouncer:1.26.1'), clients: ['orders'] });
    expect(written(chart, 'ConfigMap', 'db-pool-config').data['pgbouncer.ini']).toContain('db-rw.demo.svc.cluster.local');
    expect(clusterOf({ chart }).postgresql).toMatchObject({ pg_ident: ['pooled orders orders', 'pooled db-pool orders'] });
    expect(JSON.stringify(written(chart, 'NetworkPolicy', 'db-pool').spec.egress)).toContain('"cnpg.io/cluster":"db"');
    expect(ruled(chart)).toEqual([]);
  });
});

describe('what is refused', () => {
  const s = (): Secret => Secret.fromSecretName(chartIn(), 's', 'given') as Secret;
  const c = (): ConfigMap => new ConfigMap(chartIn(), 'c');
  const issuer = () => new CertificateAuthority(chartIn(), 'ca').issuer;

  test.each<[property: string, problem: string, Partial<PostgresProps>]>([
    ['tls', 'a Cluster always has TLS', { tls: undefined }],
    ['deletionPolicy', 'the operator deletes the volumes', { deletionPolicy: undefined }],
    ['deletionPolicy', 'the operator deletes the volumes', { deletionPolicy: DeletionPolicy.HALT }],
    ['version', 'describes an image of its own', { version: PostgresVersion.of(18, 'registry.example/postgres:18.4') }],
    ['version', 'describes an image of its own', { version: PostgresVersion.of(18, 'docker.io/library/postgres:18.4', { uid: 70, gid: 70, layout: { namesUser: false } }) }],
    ['storage.dataSource', 'bootstrap.recovery', { storage: PostgresStorage.durable({ size: Size.gibibytes(1), dataSource: VolumeDataSource.volumeSnapshot('nightly') }) }],
    ['init.scripts', 'scripts for the init container', { init: { scripts: InitScripts.fromConfigMap(c()) } }],
    ['monitor', 'one of their own at port 9187', { monitor: PostgresMonitor.prometheus() }],
    ['backup', 'a plugin of the operator', { backup: BACKUP }],
    ['recovery', 'the init container', { recovery: Recovery.from({ version: '2.60.0', repository: REPOSITORY, database: 'former' }) }],
    ['hugePages', 'was not tried', { hugePages: HugePages.of2Mi(Size.mebibytes(512)) }],
    ['superuserAccess', 'is by password', { superuserAccess: SuperuserAccess.password() }],
    ['tls.certificateRevocationList', 'ssl_crl_file', { tls: { issuer: issuer(), certificateRevocationList: CertificateRevocationList.fromSecret(s()) } }],
    ['tls.trustedClientCas', 'clientCASecret', { tls: { issuer: issuer(), trustedClientCas: TrustSource.fromConfigMap(c()) } }],
    ['tls.trustedClientCas', 'clientCASecret', { tls: { issuer: issuer(), trustedClientCas: TrustSource.fromSecret(s(), 'bundle.pem') } }],
    ['services.primary', 'a Service that the operator makes', { services: { primary: { type: PostgresServiceType.LOAD_BALANCER } } }],
    ['network.mesh', 'was not tried', { network: PostgresNetwork.restricted({ mesh: ServiceMesh.istioAmbient() }) }],
    ['network.ipFamilyPolicy', 'IP families', { network: PostgresNetwork.restricted({ ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK }) }],
    ['podTemplate.runtimeClassName', 'changes the pod', { podTemplate: { runtimeClassName: 'gvisor' } }],
    ['podTemplate.terminationGracePeriod', 'changes the pod', { podTemplate: { terminationGracePeriod: Duration.minutes(5) } }],
    ['podTemplate.arbitraryUserId', 'changes the pod', { podTemplate: { arbitraryUserId: true } }],
    ['podTemplate.reloaderResources', 'changes the pod', { podTemplate: { reloaderResources: { memory: { limit: Size.mebibytes(64) } } } }],
    ['podTemplate.initContainers', 'changes the pod', { podTemplate: { initContainers: [{ name: 'one', image: 'registry.example/one:1.0' }] } }],
  ])('PGTLS-P160: %s %s', (property, problem, props) => {
    const { chart } = databaseIn({}, props);
    const found = Validation.of(chart).findings().filter(({ rule }) => rule.code === 'PGTLS-P160');
    expect(found.map(({ field }) => field)).toEqual([property]);
    expect(found[0]!.problem).toContain(problem);
  });

  test.each<[property: string, declare: (db: Postgres) => void]>([
    ["addClient('orders').password", (db) => { db.addClient('orders', { password: ClientPassword.fromSecret(s()) }); }],
    ["addClient('orders').settings", (db) => { db.addClient('orders', { settings: { work_mem: '8MB' } }); }],
    ["addRole('orders').resetSettings", (db) => { db.addRole('orders', { resetSettings: ['work_mem'] }); }],
    ["addRole('former').state", (db) => { db.addRole('former', { state: DeclaredState.absent({ dropOwned: true }) }); }],
    ["addDatabase('orders').settings", (db) => { db.addDatabase('orders', { settings: { work_mem: '8MB' } }); }],
    ["addDatabase('orders').resetSettings", (db) => { db.addDatabase('orders', { resetSettings: ['work_mem'] }); }],
    ["addDatabase('orders').publicAccess", (db) => { db.addDatabase('orders', { publicAccess: false }); }],
    ["addClient('reports').privileges", (db) => { db.addDatabase('a'); db.addDatabase('b'); db.addClient('reports', { databases: ['a', 'b'], privileges: ClientPrivileges.readOnly() }); }],
  ])('PGTLS-P160: %s', (property, declare) => {
    const { chart, db } = databaseIn();
    declare(db);
    expect(ruled(chart)).toEqual([`PGTLS-P160 ${property}`]);
  });

  test('ephemeral storage', () => {
    const { chart } = databaseIn({}, { storage: PostgresStorage.ephemeral() });
    expect(ruled(chart)).toContain('PGTLS-P160 storage');
  });

  test('the shared scripts of pods', () => {
    const chart = chartIn();
    expect(ruled(databaseIn({}, { scripts: new PostgresScripts(chart, 'scripts') }, chart).chart)).toEqual(['PGTLS-P160 scripts']);
  });

  test.each<[problem: string, Partial<CloudNativePgOptions>, Partial<PostgresProps>?]>([
    ["'ghcr.io/cloudnative-pg/postgresql:latest' has the tag 'latest'", { image: 'ghcr.io/cloudnative-pg/postgresql:latest' }],
    ['has no tag', { image: `ghcr.io/cloudnative-pg/postgresql@sha256:${'0'.repeat(64)}` }],
    ['is not an image reference', { image: 'not an image' }],
    ['contains PostgreSQL 17, but the version is 18', { image: 'ghcr.io/cloudnative-pg/postgresql:17.7' }],
    ['instances 0 is not', { instances: 0 }],
    ['instances 2.5 is not', { instances: 2.5 }],
    ['there is no replica to wait for', { instances: 1, synchronous: true }],
    ["operatorNamespace 'Operators'", { operatorNamespace: 'Operators' }],
    ['apiServerPorts is empty', { apiServerPorts: [] }],
    ['port 70000 is not', { apiServerPorts: [70000] }],
    ["initialDatabase 'postgres' is reserved", { initialDatabase: 'postgres' }],
    ["initialDatabase 'streaming_replica' is reserved for the operator", { initialDatabase: 'streaming_replica' }],
    [`name '${'d'.repeat(51)}'`, {}, { metadata: { name: 'd'.repeat(51) } }],
    ['below shared_buffers 1024MB', {}, { resources: { memory: { request: Size.mebibytes(512), limit: Size.gibibytes(4) } } }],
  ])('PGTLS-P161: %s', (problem, options, props = {}) => {
    const text = refusal(databaseIn(options, props).chart);
    expect(text).toContain('PGTLS-P161');
    expect(text).toContain(problem);
    expect(text.match(/PGTLS-/g)).toHaveLength(1);
  });

  test('PGTLS-P161: a role of the operator, and wal_level minimal', () => {
    const { chart, db } = databaseIn({}, { parameters: { wal_level: 'minimal', max_wal_senders: '0' } });
    db.addRole('cnpg_pooler_pgbouncer');
    expect(ruled(chart).filter((finding) => finding.startsWith('PGTLS-P161'))).toEqual(["PGTLS-P161 role 'cnpg_pooler_pgbouncer'", 'PGTLS-P161 parameters.wal_level']);
  });

  test('a tag with a digest is accepted, and a name of 50 characters', () => {
    expect(refusal(databaseIn({ image: `${IMAGE}@sha256:${'0'.repeat(64)}` }, { metadata: { name: 'd'.repeat(50) } }).chart)).toBe('');
  });

  test.each(['archive_command', 'hba_file', 'synchronous_standby_names', 'wal_log_hints', 'allow_alter_system', 'ssl_ca_file'])('parameter %s, which the operator sets', (name) => {
    const { chart } = databaseIn({}, { parameters: { [name]: name === 'allow_alter_system' || name === 'wal_log_hints' ? 'on' : 'x' } });
    expect(ruled(chart)).toContain(`PGTLS-P22 parameters.${name}`);
    expect(ruled(chart).filter((finding) => !finding.endsWith(` parameters.${name}`))).toEqual([]);
  });

  test('PGTLS-P162 warns of two instances, unless it is decided whether commits wait', () => {
    expect(ruled(databaseIn({ instances: 2 }).chart)).toEqual(['PGTLS-P162 highAvailability.instances']);
    expect(ruled(databaseIn({ instances: 2, synchronous: false }).chart)).toEqual([]);
    expect(ruled(databaseIn({ instances: 1 }).chart)).toEqual([]);
  });
});

testWithSchemas("its objects are valid by the operator's and Kubernetes' own schemas", () => {
  const { chart, db } = databaseIn({}, {
    storage: PostgresStorage.durable({ size: Size.gibibytes(20), storageClassName: 'fast', wal: { size: Size.gibibytes(4) } }),
    podTemplate: { labels: { team: 'data' }, annotations: { note: 'x' }, imagePullSecrets: [Secret.fromSecretName(chartIn(), 'pull', 'pull')], schedulerName: 'other' },
    parameters: { shared_preload_libraries: 'pg_stat_statements' }, userMappings: [{ map: 'apps', systemUser: 'app.example', databaseUser: 'app' }],
    accessRules: [AccessRule.hostssl({ users: ['app'], method: AccessMethod.cert({ map: 'apps' }) })],
  });
  db.addRole('readers', { validUntil: '2027-01-31T00:00:00Z', connectionLimit: 3, createDatabases: true });
  db.addClient('orders', { inRoles: ['readers'] });
  const checked = Testing.synth(chart).filter(({ kind }) => kind !== 'Database');
  expect(checked.map(({ kind }) => kind)).toContain('Cluster');
  expect(checked.flatMap((manifest) => validateManifest(manifest, '1.36.0'))).toEqual([]);
});
