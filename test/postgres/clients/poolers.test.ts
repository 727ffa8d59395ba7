import { App, Chart, Duration, Testing } from 'cdk8s';
import { Deployment, Secret } from 'cdk8s-plus-27';
import {
  CertificateAuthority, CertificateAuthorityScope, ClientCa, ClientPassword, ClientPrivileges, NetworkPeer, PgBouncerVersion, PoolerOptions, PoolMode,
  Postgres, PostgresNetwork, PostgresProps, PostgresStorage, PostgresVersion, ServiceMesh, TrustBundle, TrustSource, TrustedCa, Validation,
} from '../../../src';
import { chartIn, type Manifest, refusal, written } from '../../support/tree';

const VERSION = PgBouncerVersion.of('1.26.1', 'registry.example/pgbouncer:1.26.1');

function databaseIn(props: Partial<PostgresProps> = {}, chart: Chart = chartIn()): { chart: Chart; db: Postgres } {
  const tls = 'tls' in props ? {} : { tls: { issuer: new CertificateAuthority(chart, 'ca').issuer } };
  return { chart, db: new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), ...tls, ...props }) };
}

/** A database with the client `orders` and a pooler for it. */
function pooled(options: Partial<PoolerOptions> = {}, props: Partial<PostgresProps> = {}) {
  const { chart, db } = databaseIn(props);
  const orders = db.addClient('orders');
  const pool = db.addPooler('pool', { version: VERSION, clients: ['orders'], ...options });
  return { chart, db, orders, pool };
}

const linesOf = (chart: Chart, file: string, configMap = 'db-config'): string[] => written(chart, 'ConfigMap', configMap).data[file].trimEnd().split('\n').map((line: string) => line.replace(/ +/g, ' '));
const settingsOf = (chart: Chart): Record<string, string> => Object.fromEntries(linesOf(chart, 'pgbouncer.ini', 'db-pool-config').filter((line) => line.includes(' = ')).map((line) => line.split(' = ')));
const containerOf = (chart: Chart, name: string): Manifest => written(chart, 'Deployment', 'db-pool').spec.template.spec.containers.find((container: Manifest) => container.name === name);
const deploymentIn = (chart: Chart, id = 'web'): Deployment => new Deployment(chart, id, { metadata: { name: id }, containers: [{ image: 'docker.io/library/postgres:18.4', command: ['psql', '-c', 'select 1'] }] });

describe('what a pooler is', () => {
  test('it verifies clients and the database, with a key pair of its own for each side', () => {
    const { chart } = pooled();
    expect(settingsOf(chart)).toMatchObject({
      auth_type: 'cert', client_tls_sslmode: 'verify-full', server_tls_sslmode: 'verify-full', client_tls_protocols: 'tlsv1.3', server_tls_protocols: 'tlsv1.3',
      client_tls_ca_file: '/tls/certs/client-authority/ca.crt', server_tls_ca_file: '/tls/certs/server-authority/ca.crt', pool_mode: 'transaction',
    });
    expect(written(chart, 'Certificate', 'db-pooler-pool-server-cert').spec).toMatchObject({
      commonName: 'db-pool', usages: ['digital signature', 'key encipherment', 'server auth'], issuerRef: { name: 'ca' },
      dnsNames: ['db-pool', 'db-pool.demo', 'db-pool.demo.svc', 'db-pool.demo.svc.cluster.local', 'localhost'],
    });
    expect(written(chart, 'Certificate', 'db-pooler-pool-client-cert').spec).toMatchObject({
      commonName: 'db-pool', usages: ['digital signature', 'key encipherment', 'client auth'], issuerRef: { name: 'db-client-ca' },
    });
  });

  test('it mounts of each Secret what it needs, and no key of a CA', () => {
    const { chart } = pooled();
    const { volumes } = written(chart, 'Deployment', 'db-pool').spec.template.spec;
    const secrets = volumes.filter(({ secret }: Manifest) => secret).map(({ secret }: Manifest) => [secret.secretName, secret.items.map(({ key }: Manifest) => key)]);
    expect(secrets).toEqual([
      ['db-pooler-pool-server-cert', ['tls.crt', 'tls.key']], ['db-pooler-pool-client-cert', ['tls.crt', 'tls.key']], ['db-client-ca-key-pair', ['ca.crt']], ['db-server-cert', ['ca.crt']],
    ]);
  });

  test('names of any characters are quoted in both of its files', () => {
    const { chart, db } = databaseIn();
    db.addClient('"weird; DROP"');
    db.addClient('grüße', { database: '#1' });
    db.addPooler('pool', { version: VERSION, clients: ['"weird; DROP"', 'grüße'] });
    expect(linesOf(chart, 'users.txt', 'db-pool-config')).toEqual(['"""weird; DROP""" ""', '"grüße" ""']);
    expect(linesOf(chart, 'pgbouncer.ini', 'db-pool-config').slice(1, 3)).toEqual([
      "'\"weird; DROP\"' = host=db.demo.svc.cluster.local port=5432", "'#1' = host=db.demo.svc.cluster.local port=5432",
    ]);
  });

  test('its options are settings of PgBouncer', () => {
    const { chart } = pooled({
      mode: PoolMode.SESSION, poolSize: 5, maxClientConnections: 300, maxPreparedStatements: 0, queryWaitTimeout: Duration.seconds(20), instances: 3,
      terminationGracePeriod: Duration.minutes(30),
    });
    expect(settingsOf(chart)).toMatchObject({ pool_mode: 'session', default_pool_size: '5', max_client_conn: '300', max_prepared_statements: '0', query_wait_timeout: '20' });
    expect(written(chart, 'Deployment', 'db-pool').spec).toMatchObject({ replicas: 3, template: { spec: { terminationGracePeriodSeconds: 1800 } } });
  });

  test('no pod of it is one of the database', () => {
    const { chart } = pooled();
    const selector = written(chart, 'Service', 'db').spec.selector;
    const { labels } = written(chart, 'Deployment', 'db-pool').spec.template.metadata;
    expect(Object.entries(selector).every(([name, value]) => labels[name] === value)).toBe(false);
    expect(labels).toMatchObject(written(chart, 'Service', 'db-pool').spec.selector);
  });

  test('the reloader is in the image of the database, and compares the release', () => {
    const { chart } = pooled();
    const reloader = containerOf(chart, 'reloader');
    expect(reloader.image).toBe(PostgresVersion.V18.image);
    expect(reloader.env).toContainEqual({ name: 'PGBOUNCER_RELEASE', value: '1.26.1' });
    expect(reloader.command.slice(2)).toEqual(['/etc/pgbouncer', '/tls/certs/server', '/tls/certs/client', '/tls/certs/client-authority', '/tls/certs/server-authority']);
  });
});

describe('the database behind a pooler', () => {
  test('admits the certificate of the pooler for the roles of its clients alone', () => {
    const { chart, db } = databaseIn();
    db.addClient('orders');
    db.addClient('reports', { database: 'orders', privileges: ClientPrivileges.readOnly() });
    db.addClient('direct', { database: 'orders', privileges: ClientPrivileges.readOnly() });
    db.addPooler('pool', { version: VERSION, clients: ['orders'] });
    db.addPooler('sessions', { version: VERSION, mode: PoolMode.SESSION, clients: ['orders', 'reports'] });
    expect(linesOf(chart, 'pg_hba.conf').filter((line) => line.startsWith('hostssl'))).toEqual([
      'hostssl orders direct all cert', 'hostssl orders orders all cert map=pooled', 'hostssl orders reports all cert map=pooled',
    ]);
    expect(linesOf(chart, 'pg_ident.conf').filter((line) => line.startsWith('pooled'))).toEqual([
      'pooled orders orders', 'pooled db-pool orders', 'pooled db-sessions orders', 'pooled reports reports', 'pooled db-sessions reports',
    ]);
  });

  test('with a shared issuer, its CA is not that of the certificate of the pooler', () => {
    const { chart, db } = (() => {
      const shared = chartIn();
      const servers = new CertificateAuthority(shared, 'servers').issuer;
      const clients = new CertificateAuthority(shared, 'clients').issuer;
      return databaseIn({ tls: { issuer: servers, clientCa: ClientCa.shared(clients) } }, shared);
    })();
    db.addPooler('pool', { version: VERSION, clients: ['orders'] });
    db.addClient('orders');
    const { volumes } = written(chart, 'StatefulSet', 'db').spec.template.spec;
    expect(volumes.find(({ name }: Manifest) => name === 'client-ca').secret.secretName).not.toBe('db-pooler-pool-server-cert');
  });
});

describe('a client that connects through a pooler', () => {
  test('has the host of the pooler and its own certificate, and the network leads to the pooler', () => {
    const { chart, orders, pool } = pooled({ clients: undefined });
    const connection = orders.connect(deploymentIn(chart), { through: pool });
    expect(connection.uri()).toContain('@db-pool.demo.svc.cluster.local:5432/orders');
    const { containers, volumes } = written(chart, 'Deployment', 'web').spec.template.spec;
    expect(containers[0].env).toContainEqual({ name: 'PGHOST', value: 'db-pool.demo.svc.cluster.local' });
    expect(volumes.map(({ secret }: Manifest) => secret.secretName)).toEqual(['db-client-orders-cert', 'db-server-cert']);
    const peer = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'pgbouncer', 'app.kubernetes.io/instance': 'db-pool' } } };
    expect(written(chart, 'NetworkPolicy', 'deployment-web-to-db-pool').spec.egress[0]).toEqual({ to: [peer], ports: [{ port: 5432, protocol: 'TCP' }] });
    expect(written(chart, 'NetworkPolicy', 'db').spec.ingress[0].from).toEqual([peer]);
    const [{ from }] = written(chart, 'NetworkPolicy', 'db-pool').spec.ingress;
    expect(from).toEqual([{ podSelector: { matchLabels: expect.objectContaining({ 'cdk8s.io/metadata.addr': expect.any(String) }) } }]);
  });

  test('one workload may reach the database itself as well', () => {
    const { chart, orders, pool } = pooled({ clients: undefined });
    const web = deploymentIn(chart);
    orders.connect(web, { through: pool });
    orders.connect(web, { envPrefix: 'DIRECT_', name: 'direct' });
    const env = Object.fromEntries(written(chart, 'Deployment', 'web').spec.template.spec.containers[0].env.map(({ name, value }: Manifest) => [name, value]));
    expect(env).toMatchObject({ PGHOST: 'db-pool.demo.svc.cluster.local', DIRECT_PGHOST: 'db.demo.svc.cluster.local' });
    expect(written(chart, 'NetworkPolicy', 'db').spec.ingress[0].from).toHaveLength(2);
  });

  test('is in the files of a pooler that was declared before it', () => {
    const { chart, db } = databaseIn();
    const pool = db.addPooler('pool', { version: VERSION });
    db.addClient('late').connect(deploymentIn(chart), { through: pool });
    expect(linesOf(chart, 'users.txt', 'db-pool-config')).toEqual(['"late" ""']);
    expect(linesOf(chart, 'pgbouncer.ini', 'db-pool-config')[1]).toMatch(/^late = /);
  });

  test('by name alone may be every pod of the namespace, or those of network.clients, and closes the database to nothing', () => {
    const ingressOf = (chart: Chart, name: string) => written(chart, 'NetworkPolicy', name).spec.ingress[0].from;
    expect(['db', 'db-pool'].map((name) => ingressOf(pooled().chart, name))).toEqual([[{ podSelector: {} }], [{ podSelector: {} }]]);
    const { chart } = pooled({}, { network: PostgresNetwork.restricted({ clients: [NetworkPeer.pods({ app: 'shop' })], mesh: ServiceMesh.istioAmbient() }) });
    expect(ingressOf(chart, 'db-pool')).toEqual([{ podSelector: { matchLabels: { app: 'shop' } } }]);
    expect(written(chart, 'NetworkPolicy', 'db-pool').spec.ingress).toHaveLength(2);
    expect(ingressOf(chart, 'db')).toHaveLength(2);
  });

  test('of another namespace as well', () => {
    const app = new App();
    const [platform, data, shop] = ['cert-manager', 'demo', 'shop'].map((namespace) => chartIn(namespace, namespace, app)) as [Chart, Chart, Chart];
    const servers = new CertificateAuthority(platform, 'servers', { scope: CertificateAuthorityScope.cluster() });
    const trust = new TrustBundle(platform, 'trust', { sources: [TrustedCa.fromCertificateAuthority(servers).root] });
    const { db } = databaseIn({ tls: { issuer: servers.issuer, trustedServerCas: TrustSource.fromBundle(trust), clientCa: ClientCa.clusterScoped() } }, data);
    Validation.of(db).acknowledge('PGTLS-E14', 'another namespace');
    const orders = db.addClient('orders');
    const pool = db.addPooler('pool', { version: VERSION });
    orders.connect(deploymentIn(shop), { through: pool });
    expect(Validation.of(app).findings().filter(({ acknowledged }) => acknowledged === undefined).map(({ message }) => message)).toEqual([]);
    expect(written(data, 'NetworkPolicy', 'db-pool').spec.ingress[0].from[0].namespaceSelector).toEqual({ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } });
    expect(written(shop, 'NetworkPolicy', 'deployment-web-to-demo-db-pool').spec.egress[0].to[0].namespaceSelector).toEqual({ matchLabels: { 'kubernetes.io/metadata.name': 'demo' } });
  });

  test('is refused with the pooler of another database, and with a password', () => {
    const { chart, db, pool } = pooled();
    const other = new Postgres(chart, 'other', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca2').issuer } });
    expect(() => other.addClient('shop').connect(deploymentIn(chart), { through: pool })).toThrow("through is pooler 'pool' of database 'db', and client 'shop' is one of 'other'");
    const legacy = db.addClient('legacy', { database: 'orders', password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 's', 'legacy')) });
    expect(() => legacy.connect(deploymentIn(chart, 'w2'), { through: pool })).toThrow("client 'legacy' logs in with a password, and poolers admit certificates only");
  });

  test('nothing is left to find, and nothing changes without a pooler', () => {
    const { chart, orders, pool } = pooled();
    orders.connect(deploymentIn(chart), { through: pool });
    expect(Validation.of(chart).findings().map(({ message }) => message)).toEqual([]);
    const without = databaseIn();
    without.db.addClient('orders');
    expect(Testing.synth(without.chart).filter(({ kind }: Manifest) => kind === 'Deployment')).toEqual([]);
    expect(linesOf(without.chart, 'pg_hba.conf')).toContain('hostssl orders orders all cert');
  });

  test('without a network policy of the database the pooler has none', () => {
    const { chart } = pooled({}, { network: PostgresNetwork.unrestricted() });
    expect(Testing.synth(chart).filter(({ kind }: Manifest) => kind === 'NetworkPolicy')).toEqual([]);
  });
});

describe('what is refused', () => {
  const findingsOf = (declare: (db: Postgres) => void, props?: Partial<PostgresProps>): string => {
    const { chart, db } = databaseIn(props);
    db.addClient('orders');
    declare(db);
    return refusal(chart);
  };

  test.each<[string, string, Partial<PoolerOptions>, string?]>([
    ['PGTLS-P171', "the name of pooler 'Pool' is not a DNS label", {}, 'Pool'],
    ['PGTLS-P171', 'which has 66 characters; at most 63 are allowed', {}, 'p'.repeat(63)],
    ['PGTLS-P171', 'instances 0 is not a whole number from 1 on', { instances: 0 }],
    ['PGTLS-P171', 'poolSize 1.5 is not a whole number from 1 on', { poolSize: 1.5 }],
    ['PGTLS-P171', 'maxClientConnections 0 is not', { maxClientConnections: 0 }],
    ['PGTLS-P171', 'maxPreparedStatements -1 is not a whole number from 0 on', { maxPreparedStatements: -1 }],
    ['PGTLS-P171', 'queryWaitTimeout is 500 ms', { queryWaitTimeout: Duration.millis(500) }],
    ['PGTLS-P171', 'terminationGracePeriod is 1500 ms', { terminationGracePeriod: Duration.millis(1500) }],
    ['PGTLS-P171', "the name of pooler 'stats' is that of another Service", {}, 'stats'],
    ['PGTLS-P172', "pooler 'pool' has no client", { clients: [] }],
    ['PGTLS-P172', "client 'shop' is not declared", { clients: ['shop'] }],
    ['PGTLS-P173', 'may open 150 connections (pool: (2 + 1) pods x 1 pools x 50', { poolSize: 50 }],
    ['PGTLS-P174', 'returns a connection after each statement', { mode: PoolMode.STATEMENT }],
  ])('%s: %s', (code, problem, options, name = 'pool') => {
    const text = findingsOf((db) => { db.addPooler(name, { version: VERSION, clients: ['orders'], ...options }); });
    expect(text).toContain(code);
    expect(text).toContain(problem);
    expect(text.match(/PGTLS-/g)).toHaveLength(1);
  });

  test('two poolers of one name, and one with the name of a role', () => {
    expect(findingsOf((db) => { for (const poolSize of [1, 2]) { db.addPooler('pool', { version: VERSION, clients: ['orders'], poolSize }); } })).toContain("the name of pooler 'pool' is that of another one");
    expect(findingsOf((db) => { db.addRole('db-pool'); db.addPooler('pool', { version: VERSION, clients: ['orders'] }); })).toContain("has the common name 'db-pool', which is a declared role");
  });

  test.each<[string, Parameters<Postgres['addClient']>[1]]>([
    ['may connect from 10.0.0.0/8 only', { addresses: ['10.0.0.0/8'] }],
    ["is for database 'pgbouncer', whose name is that of the administration console", { database: 'pgbouncer' }],
    ["is for database '*', whose name stands for every other database", { database: '*' }],
    ["is for database 'it's', whose name has a single quote", { database: "it's" }],
  ])('a client that %s', (problem, options) => {
    expect(findingsOf((db) => { db.addClient('shop', options); db.addPooler('pool', { version: VERSION, clients: ['shop'] }); })).toContain(`client 'shop' ${problem}`);
  });

  test.each(['/^.*$', '+orders'])('a client named %s', (name) => {
    const text = findingsOf((db) => { db.addClient(name, { database: 'x' }); db.addPooler('pool', { version: VERSION, clients: [name] }); });
    expect(text).toContain(`client '${name}' has a name that pg_ident.conf reads as a pattern or a group`);
  });

  test('a pooler without TLS', () => {
    const { chart, db } = databaseIn({ tls: undefined });
    db.addPooler('pool', { version: VERSION });
    expect(refusal(chart)).toContain("PGTLS-P170: pooler 'pool' admits clients by their certificates, but TLS is off");
  });

  test.each([
    ['1.25.1', 'has known vulnerabilities'], ['1.18.0', 'has known vulnerabilities'], ['1.26', 'give all of its three numbers'], ['latest', 'give all of its three numbers'],
  ])('PgBouncer %s', (release, problem) => {
    expect(() => PgBouncerVersion.of(release, 'registry.example/pgbouncer:1')).toThrow(problem);
  });
});
