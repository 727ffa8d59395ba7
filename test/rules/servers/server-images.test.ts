import { certificate, configMap, env, Fields, mount, secretVolume, service, workload } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';

const SERVER = certificate({ dnsNames: ['db.demo.svc'] }, { name: 'server' });
const RELOADER = { annotations: { 'reloader.stakater.com/auto': 'true' } };
const PORTS = { ports: [{ name: 'postgres', containerPort: 5432 }] };

interface Database {
  readonly variables?: Record<string, string>;
  readonly container?: Fields;
  readonly pod?: Fields;
  readonly mounts?: Fields[];
  readonly volumes?: Fields[];
  /** Of the volume with the Secret of the Certificate. */
  readonly mode?: number;
  readonly metadata?: Fields;
}

/** A StatefulSet `db` with an image, which mounts the Secret `server` at a path. */
function database(image: string, path: string, { variables = {}, container = {}, pod = {}, mounts = [], volumes = [], mode = 0o440, metadata = RELOADER }: Database = {}): Fields {
  return workload('StatefulSet', 'db', { image, ...PORTS, env: env(variables), volumeMounts: [mount('tls', path), ...mounts], ...container },
    { volumes: [secretVolume('tls', 'server', { defaultMode: mode }), ...volumes], ...pod }, metadata);
}

const conf = (folder: string) => ({ mounts: [mount('conf', folder)], volumes: [{ name: 'conf', configMap: { name: 'config' } }] });
const verifying = (host: string) => workload('Deployment', 'app', { env: env({ PGHOST: host, PGSSLMODE: 'verify-full' }) });
const shellProbe = { livenessProbe: { exec: { command: ['sh', '-c', 'psql -U postgres -c "SELECT 1"'] } } };
/** What a server needs to be found: a client that verifies a host name which is not on its certificate. */
const wrongHost = [SERVER, service('db'), verifying('db')];
const rightHost = [SERVER, service('db'), verifying('db.demo.svc')];

/** The code, and the field, of each finding. */
const found = (manifests: Fields[]) => findingsIn(manifests).map(({ rule: { code }, field }) => `${code} ${field ?? ''}`);

describe('sclorg and Red Hat', () => {
  const IMAGE = 'registry.redhat.io/rhel9/postgresql-16:1-25';
  const VARIABLES = { POSTGRESQL_USER: 'app', POSTGRESQL_PASSWORD: 'x', POSTGRESQL_DATABASE: 'app' };
  const files = configMap({ 'a.conf': "ssl = on\nssl_cert_file = '/elsewhere/tls.crt'", 'tls.conf': "ssl_cert_file = '/tls/tls.crt'\nssl_key_file = '/tls/tls.key'", 'note.txt': 'ssl = off' });
  const server = (rest: Database = {}) => database(IMAGE, '/tls', { variables: VARIABLES, ...conf('/opt/app-root/src/postgresql-cfg'), ...rest });

  test('settings of postgresql-cfg are read, the last file of a setting counts', () => {
    expect(codesIn([...rightHost, files, server()])).toEqual([]);
    expect(found([...wrongHost, files, server()])).toEqual([expect.stringMatching(/^PGTLS-B10 /)]);
    const other = configMap({ 'a.conf': "ssl = on\nssl_cert_file = '/tls/tls.crt'\nssl_key_file = '/tls/tls.key'", 'z.conf': "ssl_cert_file = '/elsewhere/tls.crt'" });
    expect(codesIn([...wrongHost, other, server()])).toEqual([]);
  });

  test('a file of postgresql-cfg by itself', () => {
    const single = { mounts: [mount('conf', '/opt/app-root/src/postgresql-cfg/tls.conf', { subPath: 'tls.conf' })], volumes: [{ name: 'conf', configMap: { name: 'config' } }] };
    expect(codesIn([...wrongHost, files, server(single)])).toEqual(['PGTLS-B10']);
  });

  test('a pg_hba.conf that postgresql-cfg names', () => {
    const rows = (text: string) => found([SERVER, server({
      mounts: [mount('conf', '/opt/app-root/src/postgresql-cfg/server.conf', { subPath: 'server.conf' }), mount('conf', '/config/access/access.conf', { subPath: 'access.conf' })],
      volumes: [{ name: 'conf', configMap: { name: 'config' } }],
    }), configMap({ 'server.conf': "ssl = on\nssl_cert_file = '/tls/tls.crt'\nssl_key_file = '/tls/tls.key'\nhba_file = '/config/access/access.conf'", 'access.conf': text })]);
    expect(rows('local all all peer\nhostssl all all 0.0.0.0/0 scram-sha-256')).toEqual([]);
    expect(rows('local all all peer\nhostssl all all 0.0.0.0/0')).toEqual(["PGTLS-T15 data['access.conf']"]);
  });

  test('nothing reloads it; a probe in a shell; a key that PostgreSQL rejects', () => {
    expect(codesIn([SERVER, files, server({ metadata: {} })])).toEqual(['PGTLS-F05']);
    // Their sh is bash, which runs a single command in its own process. Measured with bash 5.2 under the name sh.
    expect(codesIn([SERVER, files, server({ container: shellProbe })])).toEqual([]);
    const waiting = { livenessProbe: { exec: { command: ['sh', '-c', 'psql -U postgres -c "SELECT 1" || exit 1'] } } };
    expect(codesIn([SERVER, files, server({ container: waiting })])).toEqual(['PGTLS-T06']);
    expect(codesIn([SERVER, files, server({ mode: 0o644 })])).toEqual(['PGTLS-F01']);
  });

  test('its user is in group 0, and OpenShift sets UID and fsGroup', () => {
    const without = (securityContext: Fields, mode = 0o440) => codesIn([SERVER, files, server({ pod: { securityContext }, mode })]);
    expect(without({})).toEqual([]);
    expect(without({}, 0o400)).toEqual([]);
    expect(without({ runAsUser: 26, runAsGroup: 26 })).toEqual([]);
    expect(without({ runAsUser: 26 }, 0o400)).toEqual(['PGTLS-F02']);
    expect(without({ runAsUser: 1000, runAsGroup: 1000 })).toEqual(['PGTLS-F02']);
  });

  test('settings that are not in the files lead to no finding about them', () => {
    expect(codesIn([SERVER, service('db'), verifying('db'), server()])).toEqual([]);
  });
});

describe('Bitnami', () => {
  const IMAGE = 'docker.io/bitnamilegacy/postgresql:17.6.0';
  const TLS = {
    POSTGRESQL_PASSWORD: 'x', POSTGRESQL_ENABLE_TLS: 'yes', POSTGRESQL_TLS_CERT_FILE: '/certs/tls.crt', POSTGRESQL_TLS_KEY_FILE: '/certs/tls.key', POSTGRESQL_TLS_CA_FILE: '/certs/ca.crt',
  };
  const server = (variables: Record<string, string>, rest: Database = {}) => database(IMAGE, '/certs', { variables, ...rest });
  const CONF = '/bitnami/postgresql/conf';

  test('the variables for TLS are read', () => {
    expect(codesIn([...rightHost, server(TLS)])).toEqual([]);
    expect(codesIn([...wrongHost, server(TLS)])).toEqual(['PGTLS-B10']);
    expect(codesIn([...wrongHost, server({ ...TLS, POSTGRESQL_ENABLE_TLS: 'true' })])).toEqual(['PGTLS-B10']);
    const short = Object.fromEntries(Object.entries(TLS).map(([name, value]) => [name.replace('POSTGRESQL_', 'POSTGRES_'), value]));
    expect(codesIn([...wrongHost, server(short)])).toEqual(['PGTLS-B10']);
  });

  test('another port by its variable', () => {
    const at = (port: string) => codesIn([SERVER, service('db', { ports: [{ port: 5432, targetPort: 5433 }] }), verifying('db'), server({ ...TLS, POSTGRESQL_PORT_NUMBER: port }, { container: { ports: [] } })]);
    expect(at('5433')).toEqual(['PGTLS-B10']);
    expect(at('5434')).toEqual(['PGTLS-T21']);
  });

  test('nothing reloads it; a key that PostgreSQL rejects; a key that it cannot read', () => {
    expect(codesIn([SERVER, server(TLS, { metadata: {} })])).toEqual(['PGTLS-F05']);
    expect(found([SERVER, server(TLS, { mode: 0o644 })])).toEqual(['PGTLS-F01 spec.template.spec.volumes[0].secret.defaultMode']);
    expect(codesIn([SERVER, server(TLS, { mode: 0o400, pod: { securityContext: { runAsUser: 1001 } } })])).toEqual(['PGTLS-F02']);
  });

  test('a finding about a setting points to its variable', () => {
    const clients = certificate({ usages: ['client auth'] }, { name: 'server' });
    expect(found([clients, server(TLS)])).toEqual([expect.stringMatching(/^PGTLS-E17 spec\.template\.spec\.containers\[0\]\.env\[2\]\.value$/)]);
  });

  test('a postgresql.conf of its own replaces the variables, and conf.d counts more than both', () => {
    const withFiles = (data: Record<string, string>, folder = CONF) => codesIn([...wrongHost, configMap(data), server(TLS, conf(folder))]);
    expect(withFiles({ 'postgresql.conf': 'ssl = off' })).toEqual(['PGTLS-T22']);
    expect(withFiles({ 'postgresql.conf': "ssl_cert_file = '/certs/tls.crt'\nssl_key_file = '/certs/tls.key'" })).toEqual(['PGTLS-B10']);
    expect(withFiles({ 'other.conf': 'ssl = off' })).toEqual(['PGTLS-B10']);
    expect(withFiles({ 'extra.conf': "ssl_cert_file = '/elsewhere/tls.crt'" }, `${CONF}/conf.d`)).toEqual([]);
    // A ConfigMap that is not in the files may hold a postgresql.conf.
    expect(codesIn([...wrongHost, server(TLS, conf(CONF))])).toEqual([]);
  });

  test('without TLS a mounted certificate is not that of the server', () => {
    expect(codesIn([SERVER, server({ POSTGRESQL_PASSWORD: 'x' }, { mode: 0o644, metadata: {} })])).toEqual([]);
    expect(codesIn([SERVER, server({ ...TLS, POSTGRESQL_ENABLE_TLS: 'no' }, { mode: 0o644, metadata: {} })])).toEqual([]);
  });
});

describe('images that are built from the official image', () => {
  const TLS = { container: { ...PORTS, args: ['-c', 'ssl=on', '-c', 'ssl_cert_file=/tls/tls.crt', '-c', 'ssl_key_file=/tls/tls.key'] } };

  test.each(['postgis/postgis:17-3.5', 'pgvector/pgvector:pg17', 'timescale/timescaledb:2.17.2-pg17', 'timescale/timescaledb-ha:pg17', 'supabase/postgres:17.6.1', 'citusdata/citus:13.0', 'paradedb/paradedb:0.19-pg17'])('%s', (image) => {
    expect(codesIn([...rightHost, database(image, '/tls', TLS)])).toEqual([]);
    expect(codesIn([...wrongHost, database(image, '/tls', { ...TLS, mode: 0o644 })])).toEqual(['PGTLS-B10', 'PGTLS-F01']);
  });

  test('supabase reads /etc/postgresql unless it has other arguments', () => {
    const rows = configMap({ 'pg_hba.conf': 'hostssl all all all password' });
    const file = { mounts: [mount('conf', '/etc/postgresql/pg_hba.conf', { subPath: 'pg_hba.conf' })], volumes: [{ name: 'conf', configMap: { name: 'config' } }] };
    const hba = configMap({ 'pg_hba.conf': 'hostssl all all all' });
    expect(codesIn([SERVER, rows, database('supabase/postgres:17.6.1', '/tls', file)])).toEqual([]);
    expect(codesIn([SERVER, hba, database('supabase/postgres:17.6.1', '/tls', file)])).toEqual(['PGTLS-T15']);
    expect(codesIn([SERVER, hba, database('supabase/postgres:17.6.1', '/tls', { ...file, ...TLS })])).toEqual([]);
    expect(codesIn([SERVER, hba, database('postgres:18.4', '/tls', file)])).toEqual([]);
  });
});

describe('spilo', () => {
  const IMAGE = 'ghcr.io/zalando/spilo-17:4.0-p2';
  const TLS = { PGVERSION: '17', SCOPE: 'db', SSL_CERTIFICATE_FILE: '/tls/tls.crt', SSL_PRIVATE_KEY_FILE: '/tls/tls.key' };
  const server = (variables: Record<string, string>, rest: Database = {}) => database(IMAGE, '/tls', { variables, ...rest });

  test('the variables for TLS are read, and it reloads its files itself', () => {
    expect(codesIn([...rightHost, server(TLS, { metadata: {} })])).toEqual([]);
    expect(codesIn([...wrongHost, server(TLS)])).toEqual(['PGTLS-B10']);
    expect(codesIn([SERVER, server(TLS, { mode: 0o644 })])).toEqual(['PGTLS-F01']);
  });

  test('it is not process 1, and several pods are one database', () => {
    const several = server(TLS, { container: shellProbe });
    expect(codesIn([SERVER, { ...several, spec: { ...several['spec'] as Fields, replicas: 3 } }])).toEqual([]);
  });

  test('SPILO_CONFIGURATION counts more than the other variables', () => {
    const configured = (configuration: string) => codesIn([...wrongHost, server({ ...TLS, SPILO_CONFIGURATION: configuration })]);
    expect(configured('postgresql: { parameters: { max_connections: 50 } }')).toEqual(['PGTLS-B10']);
    expect(configured('postgresql: { parameters: { ssl_cert_file: /elsewhere/tls.crt } }')).toEqual([]);
    expect(configured('postgresql: [')).toEqual(['PGTLS-B10']);
  });

  test('rows of pg_hba.conf in SPILO_CONFIGURATION', () => {
    const withRow = (row: string) => found([SERVER, server({ ...TLS, SPILO_CONFIGURATION: `postgresql:\n  pg_hba:\n    - ${row}\n` })]);
    expect(withRow('hostssl all all all scram-sha-256')).toEqual([]);
    expect(withRow('hostssl all all all')).toEqual(['PGTLS-T15 spec.template.spec.containers[0].env[4].value']);
  });
});

describe('an image of its own', () => {
  const IMAGE = 'example.com/shop-archive:v3';
  const VARIABLES = { POSTGRES_DB: 'shop', PGDATA: '/data/pgdata', SHOP_CERT: '/tls/tls.crt', SHOP_KEY: '/tls/tls.key' };
  const server = (rest: Database = {}) => database(IMAGE, '/tls', { variables: VARIABLES, ...rest });

  test('has the findings that need no setting', () => {
    expect(found([SERVER, server({ metadata: {}, container: shellProbe })])).toEqual([
      'PGTLS-F05 spec.template.spec.volumes[0].secret.secretName', 'PGTLS-T06 spec.template.spec.containers[0].livenessProbe.exec.command[2]',
    ]);
    expect(codesIn([SERVER, server({ container: { livenessProbe: { exec: { command: ['pg_isready'] } } } })])).toEqual([]);
  });

  test('its entrypoint may copy the key, prepare the data directory and set up replication', () => {
    expect(codesIn([SERVER, server({ mode: 0o644 })])).toEqual([]);
    const optional = { volumes: [{ name: 'tls', secret: { secretName: 'server', defaultMode: 0o440, optional: true } }] };
    expect(codesIn([SERVER, server({ pod: optional })])).toEqual([]);
    const several = server();
    expect(codesIn([SERVER, { ...several, spec: { ...several['spec'] as Fields, replicas: 3 } }])).toEqual([]);
    expect(codesIn([...wrongHost, server()])).toEqual([]);
  });

  test('its entrypoint may split its arguments', () => {
    expect(codesIn([SERVER, server({ container: { args: ['-c log_connections=on'] } })])).toEqual([]);
  });

  test('a client, a pooler and a web server with the same certificate are none', () => {
    for (const connection of ['POSTGRES_HOST', 'DATABASE_URL']) {
      const variables = { POSTGRES_DB: 'shop', [connection]: 'postgres://db/shop' };
      expect(codesIn([SERVER, database(IMAGE, '/tls', { variables, metadata: {}, container: shellProbe })])).toEqual([]);
    }
    expect(codesIn([SERVER, server({ metadata: {}, container: { ...shellProbe, ports: [{ containerPort: 8443 }] } })])).toEqual([]);
  });
});

describe('an option in one word', () => {
  const withArguments = (...args: string[]) => findingsIn([database('postgres:18.4', '/tls', { container: { args }, volumes: [], pod: { volumes: [] } })])
    .filter(({ rule: { code } }) => code === 'PGTLS-T18').map(({ message, field }) => `${field}: ${message}`);

  test('is one finding a container, at the first word', () => {
    expect(withArguments('-c', 'port=5432', '-c ssl=on', '-c', ' ssl_ciphers=x')).toEqual([expect.stringMatching(/args\[2\]: .*'-c ssl=on' .* parameter name, and so ' ssl_ciphers=x'/)]);
    expect(withArguments('-D /data')).toEqual([expect.stringContaining('path')]);
    expect(withArguments('-c', 'ssl=off', '-cport=5432', '--log_connections=on', '-p 5432')).toEqual([]);
  });

  test('in a command and in a script', () => {
    const commanded = (...command: string[]) => codesIn([database('postgres:18.4', '/tls', { container: { command }, pod: { volumes: [], securityContext: {} } })]).filter((code) => code === 'PGTLS-T18');
    expect(commanded('postgres', '-c ssl=on')).toEqual(['PGTLS-T18']);
    expect(commanded('sh', '-c', "exec postgres '-c ssl=on'")).toEqual(['PGTLS-T18']);
    expect(commanded('sh', '-c', 'exec postgres -c ssl=on')).toEqual([]);
    expect(commanded('psql', '-c select 1=1')).toEqual([]);
  });
});

describe('a copy of the certificate that is made at the start of the pod', () => {
  const COPY = 'cp /tmp/certs/* /opt/bitnami/postgresql/certs/ && chmod 600 /opt/bitnami/postgresql/certs/tls.key';
  const FOLDER = '/opt/bitnami/postgresql/certs';
  const shared = mount('copies', FOLDER);
  const TLS = { POSTGRESQL_ENABLE_TLS: 'yes', POSTGRESQL_TLS_CERT_FILE: `${FOLDER}/tls.crt`, POSTGRESQL_TLS_KEY_FILE: `${FOLDER}/tls.key` };

  interface Copied {
    readonly variables?: Record<string, string>;
    readonly metadata?: Fields;
    readonly sidecar?: Fields[];
    readonly init?: Fields;
  }
  /** As Bitnami's chart has it: an init container copies the files of the Secret to an emptyDir. */
  const copied = (script: string, { variables = TLS, metadata = RELOADER, sidecar = [], init = {} }: Copied = {}): Fields =>
    workload('StatefulSet', 'db', { image: 'bitnami/postgresql:17', ...PORTS, env: env(variables), volumeMounts: [shared] }, {
      initContainers: [{ name: 'copy', image: 'bitnami/os-shell:12', command: ['/bin/sh', '-ec', script], volumeMounts: [mount('tmp', '/tmp'), mount('tls', '/tmp/certs'), shared], ...init }],
      volumes: [{ name: 'tls', secret: { secretName: 'server' } }, { name: 'tmp', emptyDir: {} }, { name: 'copies', emptyDir: {} }],
      containers: [{ name: 'db', image: 'bitnami/postgresql:17', ...PORTS, env: env(variables), volumeMounts: [shared] }, ...sidecar],
    }, metadata);

  test.each([
    COPY, `cp /tmp/certs/tls.crt /tmp/certs/tls.key ${FOLDER}`, `cp -L /tmp/certs/tls.* ${FOLDER}/`, `cp -r /tmp/certs/. ${FOLDER}`,
    `install -m 0600 -o 1001 /tmp/certs/tls.crt ${FOLDER}/tls.crt\ninstall --mode=0600 /tmp/certs/tls.key ${FOLDER}/tls.key`,
  ])('is the certificate of the server: %s', (script) => {
    expect(codesIn([...rightHost, copied(script)])).toEqual([]);
    expect(codesIn([...wrongHost, copied(script)])).toEqual(['PGTLS-B10']);
    expect(found([SERVER, copied(script, { metadata: {} })])).toEqual(['PGTLS-F05 spec.template.spec.volumes[0].secret.secretName']);
  });

  test.each([`cp /tmp/certs/* ${FOLDER}/other/`, `cp /tmp/certs/ca.crt ${FOLDER}`, 'cp /tmp/certs/* "$TARGET"', `cp /tmp/certs/* ${FOLDER}x`, `echo /tmp/certs/* ${FOLDER}/`, `mv /tmp/certs/tls.key /tmp/certs/tls.crt ${FOLDER}/`])('is not seen in %s', (script) => {
    expect(codesIn([...wrongHost, copied(script, { metadata: {} })])).toEqual([]);
  });

  test('under another name, and where volumes are mounted by subPath', () => {
    const variables = { ...TLS, POSTGRESQL_TLS_CERT_FILE: `${FOLDER}/server.crt`, POSTGRESQL_TLS_KEY_FILE: `${FOLDER}/server.key` };
    const script = 'cp /tmp/certs/tls.crt /copies/a/server.crt; cp /tmp/certs/tls.key /copies/a/server.key';
    const init = { volumeMounts: [mount('tls', '/tmp/certs'), mount('copies', '/copies')] };
    const below = copied(script, { variables, init });
    const pod = ((below['spec'] as Fields)['template'] as Fields)['spec'] as { containers: [{ volumeMounts: Fields[] }] };
    pod.containers[0].volumeMounts = [mount('copies', FOLDER, { subPath: 'a' })];
    expect(codesIn([...wrongHost, below])).toEqual(['PGTLS-B10']);
    pod.containers[0].volumeMounts = [mount('copies', FOLDER, { subPath: 'b' })];
    expect(codesIn([...wrongHost, below])).toEqual([]);
  });

  test('a reload is enough where a sidecar calls for it: it may copy the files as well', () => {
    const sidecar = [{ name: 'reload', image: 'postgres:18.4', command: ['sh', '-c', 'while sleep 60; do cp /tls/* /copies; psql -c "SELECT pg_reload_conf()"; done'] }];
    expect(codesIn([SERVER, copied(COPY, { metadata: {}, sidecar })])).toEqual([]);
  });

  test('in the script of the server itself', () => {
    const command = ['sh', '-c', 'cp /tls/tls.crt /tls/tls.key /run/certs/ && chmod 600 /run/certs/tls.key && exec postgres -c ssl=on -c ssl_cert_file=/run/certs/tls.crt -c ssl_key_file=/run/certs/tls.key'];
    expect(codesIn([...wrongHost, database('postgres:18.4', '/tls', { container: { command } })])).toEqual(['PGTLS-B10']);
    expect(codesIn([SERVER, database('postgres:18.4', '/tls', { container: { command }, mode: 0o644, metadata: {} })])).toEqual(['PGTLS-F05']);
  });
});
