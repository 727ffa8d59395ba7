import { certificate, configMap, env, Fields, issuer, mount, secretVolume, service, tlsDatabase, workload } from '../../fixtures';
import { findingsIn } from '../../support/findings';

const OWN = ['PGTLS-B10', 'PGTLS-E17', 'PGTLS-F01', 'PGTLS-F05', 'PGTLS-I03', 'PGTLS-S01', 'PGTLS-S02', 'PGTLS-T17', 'PGTLS-B01', 'PGTLS-C06'];
const found = (...manifests: object[]) => findingsIn(manifests).filter(({ rule: { code } }) => OWN.includes(code)).map(({ rule: { code }, target, field }) => `${code} ${target?.name} ${field}`);

const SERVER = certificate({ dnsNames: ['db.demo.svc'] }, { name: 'server' });
const DB = [SERVER, service('db'), tlsDatabase('server')];
const POOLER = certificate({ dnsNames: ['pooler.demo.svc'] }, { name: 'pooler' });
const reloaded = { annotations: { 'reloader.stakater.com/auto': 'true' } };

/** A PgBouncer with its file, and the certificate that it shows. */
const pooler = (ini: string, container: Fields = {}, metadata: Fields = reloaded) => [
  configMap({ 'pgbouncer.ini': ini }, 'pooler'),
  workload('Deployment', 'pooler', { image: 'edoburu/pgbouncer:v1.24.1-p1', volumeMounts: [mount('config', '/etc/pgbouncer'), mount('tls', '/tls')], ...container },
    { volumes: [{ name: 'config', configMap: { name: 'pooler' } }, secretVolume('tls', 'pooler', { defaultMode: 0o444 })] }, metadata),
  service('pooler', { selector: { app: 'pooler' }, ports: [{ port: 5432, targetPort: 6432 }] }),
];
const ini = (database: string, ...settings: string[]) => `;comment\n[databases]\n${database}\n\n[pgbouncer]\nlisten_addr = *\n${settings.join('\n')}\n`;
const TLS = ['client_tls_sslmode = require', 'client_tls_cert_file = /tls/tls.crt', 'client_tls_key_file = /tls/tls.key'];

describe('PgBouncer is a client of its databases', () => {
  const VERIFIES = ['server_tls_sslmode = verify-full', 'server_tls_ca_file = /tls/ca.crt'];
  const AT_HOST = 'PGTLS-B10 pooler spec.template.spec.volumes[0].configMap';
  test.each<[string, string, string[]]>([
    ['a host that is not on the certificate', ini('orders = host=db port=5432 dbname=orders', ...VERIFIES), [AT_HOST]],
    ['one that is', ini('orders = host=db.demo.svc', ...VERIFIES), []],
    ['every database', ini('* = host=db', ...VERIFIES), [AT_HOST]],
    ['a name in quotes', ini('"my orders" = host=\'db\'', ...VERIFIES), [AT_HOST]],
    ['without verification', ini('orders = host=db', 'server_tls_sslmode = require'), []],
    ['by default', ini('orders = host=db'), []],
    ['a comment', ini(';orders = host=db', ...VERIFIES), []],
    ['a socket', ini('orders = host=/run/postgresql', ...VERIFIES), []],
    ['settings of another section', '[databases]\norders = host=db\n[users]\nserver_tls_sslmode = verify-full\n', []],
  ])('%s', (_, file, expected) => {
    expect(found(...DB, POOLER, ...pooler(file))).toEqual(expected);
  });

  test('a row of its server rejects it', () => {
    const rejecting = [
      SERVER, service('db'), configMap({ 'pg_hba.conf': 'hostssl all app all md5' }),
      tlsDatabase('server', ['hba_file=/config/pg_hba.conf'], { mounts: [mount('config', '/config')], volumes: [{ name: 'config', configMap: { name: 'config' } }] }),
    ];
    expect(found(...rejecting, POOLER, ...pooler(ini('x = host=db user=app', 'server_tls_sslmode = disable')))).toEqual(['PGTLS-T17 pooler spec.template.spec.volumes[0].configMap']);
    expect(found(...rejecting, POOLER, ...pooler(ini('x = host=db user=app')))).toEqual([]);
    // Without `user` it is that of each client.
    expect(found(...rejecting, POOLER, ...pooler(ini('x = host=db')))).toEqual([]);
  });
});

describe('PgBouncer is a server for its clients', () => {
  const app = (host: string) => workload('Deployment', 'app', { env: env({ URL: `postgres://a@${host}/x?sslmode=verify-full` }) });
  test('a client verifies its certificate', () => {
    expect(found(...DB, POOLER, ...pooler(ini('x = host=db', ...TLS)), app('pooler'))).toEqual(['PGTLS-B10 app spec.template.spec.containers[0].env[0].value']);
    expect(found(...DB, POOLER, ...pooler(ini('x = host=db', ...TLS)), app('pooler.demo.svc'))).toEqual([]);
    // Another port leads to another program.
    expect(found(...DB, POOLER, ...pooler(ini('x = host=db', 'listen_port = 6433', ...TLS)), app('pooler'))).toEqual([]);
  });

  test('its certificate must be for servers, and is read again at a reload only', () => {
    const forClients = certificate({ dnsNames: ['pooler.demo.svc'], usages: ['client auth'] }, { name: 'pooler' });
    expect(found(...DB, forClients, ...pooler(ini('x = host=db', ...TLS)))).toEqual(['PGTLS-E17 pooler spec.template.spec.volumes[0].configMap']);
    expect(found(...DB, POOLER, ...pooler(ini('x = host=db', ...TLS), {}, {}))).toEqual(['PGTLS-F05 pooler spec.template.spec.volumes[1].secret.secretName']);
    // A certificate for the way to the server is not the one that it shows.
    expect(found(...DB, forClients, ...pooler(ini('x = host=db', 'server_tls_cert_file = /tls/tls.crt', 'server_tls_key_file = /tls/tls.key'), {}, {}))).toEqual([]);
  });

  test('several instances are no databases without replication, and a Service may select it beside others', () => {
    const [config, deployment, ...rest] = pooler(ini('x = host=db', ...TLS)) as Fields[];
    const scaled = { ...deployment, spec: { ...deployment!['spec'] as Fields, replicas: 3 } };
    expect(findingsIn([issuer(), ...DB, POOLER, config!, scaled, ...rest]).map(({ rule: { id } }) => id)).not.toContain('postgres-pods-without-replication');
  });
});

describe('PgBouncer by variables', () => {
  const byVariables = (image: string, variables: Record<string, string>) => workload('Deployment', 'pooler', { image, env: env(variables), volumeMounts: [mount('tls', '/tls')] }, { volumes: [secretVolume('tls', 'pooler')] }, reloaded);
  test.each<[string, string, Record<string, string>, string[]]>([
    ['edoburu', 'edoburu/pgbouncer:v1.24', { DB_HOST: 'db', DB_NAME: 'x', SERVER_TLS_SSLMODE: 'verify-full' }, ['PGTLS-B10 pooler spec.template.spec.containers[0].env[0].value']],
    ['edoburu, a URL', 'edoburu/pgbouncer:v1.24', { DATABASE_URL: 'postgres://a:b@db:5432/x', SERVER_TLS_SSLMODE: 'verify-full' }, ['PGTLS-B10 pooler spec.template.spec.containers[0].env[0].value']],
    ['edoburu, without TLS', 'edoburu/pgbouncer:v1.24', { DATABASE_URL: 'postgres://a:b@db:5432/x?sslmode=verify-full' }, []],
    ['Bitnami', 'bitnami/pgbouncer:1.24', { PGBOUNCER_SERVER_TLS_SSLMODE: 'verify-full', POSTGRESQL_HOST: 'db' }, ['PGTLS-B10 pooler spec.template.spec.containers[0].env[1].value']],
    ['Bitnami, another database', 'bitnami/pgbouncer:1.24', { PGBOUNCER_SERVER_TLS_SSLMODE: 'verify-full', POSTGRESQL_HOST: 'db.demo.svc', PGBOUNCER_DSN_0: 'more=host=db port=5432' }, ['PGTLS-B10 pooler spec.template.spec.containers[0].env[2].value']],
    ['Bitnami, by default', 'bitnami/pgbouncer:1.24', { POSTGRESQL_HOST: 'db' }, []],
  ])('%s', (_, image, variables, expected) => {
    expect(found(...DB, POOLER, byVariables(image, variables))).toEqual(expected);
  });

  test('a file out of sight counts more than variables', () => {
    const hidden = workload('Deployment', 'pooler', { image: 'edoburu/pgbouncer:v1.24', env: env({ DB_HOST: 'db', SERVER_TLS_SSLMODE: 'verify-full' }), args: ['/etc/pgbouncer/pgbouncer.ini'], volumeMounts: [mount('config', '/etc/pgbouncer')] },
      { volumes: [{ name: 'config', secret: { secretName: 'elsewhere' } }] });
    expect(found(...DB, hidden)).toEqual([]);
  });
});
