import { ApiObject, Chart, Include, JsonPatch } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { CertificateAuthority, Manifests, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../../src';
import { SERVER_RULES } from '../../../src/rules';
import { certificate, clusterCaIssuer, configMap, database, env, Fields, fromYaml, issuer, mount, root, secretVolume, selfSignedIssuer, service, tlsDatabase, workload, YamlCase } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';
import { REPOSITORY } from '../../support/repository';
import { chartIn, refusal } from '../../support/tree';

// Other faults of an example belong to the pages of other rules.
const OWN = SERVER_RULES.rules.map(({ code }) => code);
const ownCodesIn = (manifests: readonly object[]) => codesIn(manifests).filter((code) => OWN.includes(code));

const SERVER = certificate({ dnsNames: ['db.demo.svc', '*.pods.demo.svc'], ipAddresses: ['127.0.0.1'] }, { name: 'server' });
const CLIENT = certificate({ commonName: 'app', usages: ['client auth', 'digital signature'], dnsNames: undefined }, { name: 'client' });
const DB = [SERVER, service('db'), tlsDatabase('server')];

const client = (variables: Record<string, string>, container: Fields = {}) => workload('Deployment', 'app', { env: env({ PGSSLMODE: 'verify-full', ...variables }), ...container });
const at = (host: string) => client({ PGHOST: host });
/** A client that shows the Certificate `client` as `user`. */
const loggingInAs = (user: string, variables: Record<string, string> = {}, certificateName = 'client') =>
  workload('Deployment', 'app', { env: env({ PGHOST: 'db.demo.svc', PGSSLMODE: 'verify-full', PGUSER: user, PGSSLCERT: '/tls/tls.crt', ...variables }), volumeMounts: [mount('tls', '/tls')] },
    { volumes: [secretVolume('tls', certificateName)] });
/** A server whose pg_hba.conf, and other files, stand in a ConfigMap. */
const withFiles = (files: Record<string, string>, settings: string[] = []) => [
  configMap(files),
  tlsDatabase('server', [
    ...Object.keys(files).filter((file) => file !== 'postgresql.conf').map((file) => `${file === 'pg_hba.conf' ? 'hba_file' : 'ident_file'}=/config/${file}`),
    ...('postgresql.conf' in files ? ['config_file=/config/postgresql.conf'] : []), ...settings,
  ], { mounts: [mount('config', '/config')], volumes: [{ name: 'config', configMap: { name: 'config' } }] }),
];
const connecting = (sslmode: string, user = 'app') => workload('Deployment', 'app', { env: env({ URL: `postgres://${user}@db.demo.svc/x?sslmode=${sslmode}` }) });
const withHba = (rows: string, settings = ['ssl_ca_file=/elsewhere/ca.crt']) => withFiles({ 'pg_hba.conf': rows }, settings);
const ED25519 = { algorithm: 'Ed25519', rotationPolicy: 'Never' };
const ROOT = certificate({
  isCA: true, dnsNames: undefined, usages: ['cert sign', 'crl sign'], duration: '87600h0m0s', renewBefore: '8760h0m0s', privateKey: ED25519, issuerRef: { name: 'up', kind: 'Issuer', group: 'cert-manager.io' },
}, { name: 'root' });
const containers = (...list: Fields[]) => ({ containers: list });
const probe = (...command: string[]) => database({ livenessProbe: { exec: { command } } });
const direct = (pod: Fields, container: Fields = {}) => {
  const { spec, ...rest } = database({ command: ['postgres', '-D', '/data/pg'], volumeMounts: [mount('data', '/data')], ...container }, pod);
  return { ...rest, spec: { ...spec as Fields, volumeClaimTemplates: [{ metadata: { name: 'data' } }] } };
};

const connectingByJdbc = (settings: string) => workload('Deployment', 'app', { env: env({ URL: `jdbc:postgresql://elsewhere/x?${settings}` }) });
/** A server whose settings are those of a file. */
const plain = (file: string) => database({ args: ['-c', `config_file=${file}`], volumeMounts: [mount('config', '/config')] }, { volumes: [{ name: 'config', configMap: { name: 'config' } }] });
/** A client Certificate that writes every format of its key. */
const withStores = (spec: Fields) => certificate({
  commonName: 'app', dnsNames: undefined, usages: ['client auth'], additionalOutputFormats: [{ type: 'DER' }],
  keystores: { jks: { create: true, passwordSecretRef: { name: 'p', key: 'p' } }, pkcs12: { create: true, passwordSecretRef: { name: 'p', key: 'p' }, profile: 'Modern2023' } }, ...spec,
}, { name: 'client' });
/** A client of a server elsewhere that reads a key of its Certificate at a path. */
const keyAt = (key: string, path: string, isJdbc = false) => {
  const url = `${isJdbc ? 'jdbc:postgresql' : 'postgresql'}://elsewhere/x?sslmode=require&sslcert=/tls/tls.crt&sslkey=/tls/${path}`;
  return workload('Deployment', 'app', { ...(isJdbc ? { env: env({ URL: url }) } : { command: ['psql', url] }), volumeMounts: [mount('tls', '/tls')] },
    { volumes: [secretVolume('tls', 'client', { items: [{ key: 'tls.crt', path: 'tls.crt' }, ...(path === 'tls.crt' ? [] : [{ key, path }])] })] });
};
const connectingWith = (key: string) => workload('Deployment', 'app', { env: env({ URL: `postgresql://elsewhere/x?sslmode=require&sslcert=/tls/tls.crt&sslkey=/tls/${key}` }), volumeMounts: [mount('tls', '/tls')] },
  { volumes: [secretVolume('tls', 'client')] });
/** Two CAs in the namespace of trust-manager; a server below one of them, and a server whose issuer is out of sight. */
const CAS = [selfSignedIssuer({ name: 'self', namespace: 'cert-manager' }), ...['others', 'ca'].map((name) => root({ renewBefore: '43800h0m0s' }, { name, namespace: 'cert-manager' })), clusterCaIssuer('ca')];
const signedBy = (name: string) => [certificate({ dnsNames: ['db.demo.svc'], issuerRef: { name, kind: 'ClusterIssuer' } }, { name: 'server' }), service('db'), tlsDatabase('server')];
const bundleOf = (name: string, ...more: object[]) => ({
  apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', metadata: { name: 'cas' },
  spec: { sources: [{ secret: { name, key: 'tls.crt' } }, ...more], target: { configMap: { key: 'ca.crt' } } },
});
const trusting = (bundle: string, sslmode = 'verify-full') => workload('Deployment', 'app', { env: env({ URL: `postgres://app@db.demo.svc/x?sslmode=${sslmode}&sslrootcert=/trust/ca.crt` }), volumeMounts: [mount('trust', '/trust')] },
  { volumes: [{ name: 'trust', configMap: { name: bundle } }] });
/** A server that creates a database. */
const creating = (name: string, container: Fields = {}) => database({ env: env({ POSTGRES_DB: name }), ...container });

// Every branch is broken exactly, and met narrowly.
test.each<[string, string, Fields[], Fields[]]>([
  ['PGTLS-B10', 'a Service of the same namespace', [...DB, at('db')], [...DB, at('db.demo.svc')]],
  ['PGTLS-B10', 'a trailing dot', [...DB, at('db.demo.svc.')], [...DB, at('DB.demo.svc')]],
  ['PGTLS-B10', 'a cluster domain', [...DB, at('db.demo.svc.cluster.local')], [...DB, at('db.other.svc.cluster.local')]],
  ['PGTLS-B10', 'a pod behind a headless Service', [...DB, service('pods', { clusterIP: 'None' }), at('db-0.pods.demo')],
    [...DB, service('pods', { clusterIP: 'None' }), at('db-0.pods.demo.svc')]],
  ['PGTLS-B10', 'one of several hosts', [...DB, client({ PGHOST: 'db.demo.svc,db' })], [...DB, client({ PGHOST: 'db.demo.svc,elsewhere' })]],
  ['PGTLS-B10', 'only verify-full looks at the name', [...DB, at('db')], [...DB, client({ PGHOST: 'db', PGSSLMODE: 'verify-ca' })]],
  ['PGTLS-B10', 'a URI', [...DB, client({ PGSSLMODE: '', URL: 'postgres://a:b@db/x?sslmode=verify-full' })],
    [...DB, client({ PGSSLMODE: '', URL: 'postgres://a:b@db/x?sslmode=require' })]],
  ['PGTLS-B10', 'a connection string', [...DB, client({ PGSSLMODE: '', DSN: 'host=db sslmode=verify-full' })],
    [...DB, client({ PGSSLMODE: '', DSN: 'host=$(DB_HOST) sslmode=verify-full' })]],
  ['PGTLS-B10', 'arguments of psql', [...DB, workload('Deployment', 'app', { env: env({ PGSSLMODE: 'verify-full' }), command: ['sh', '-c', 'exec psql -h db -c "select 1"'] })],
    [...DB, workload('Deployment', 'app', { env: env({ PGSSLMODE: 'verify-full' }), command: ['sh', '-c', 'exec psql -h db.demo.svc -c "select 1"'] })]],
  ['PGTLS-B10', 'variables of a ConfigMap', [...DB, configMap({ PGHOST: 'db', PGSSLMODE: 'verify-full' }), workload('Deployment', 'app', { envFrom: [{ configMapRef: { name: 'config' } }] })],
    [...DB, configMap({ PGHOST: 'db', PGSSLMODE: 'verify-full' }), workload('Deployment', 'app', { envFrom: [{ secretRef: { name: 'config' } }] })]],
  ['PGTLS-B10', 'the machine itself', [SERVER, tlsDatabase('server', [], { initContainers: [], ...sidecar({ PGHOST: 'localhost', PGSSLMODE: 'verify-full' }) })],
    [SERVER, tlsDatabase('server', [], { initContainers: [], ...sidecar({ PGHOST: '127.0.0.1', PGSSLMODE: 'verify-full' }) })]],
  ['PGTLS-B10', 'a standby', [SERVER, service('db'), ...withFiles({ 'postgresql.conf': "primary_conninfo = 'host=db user=replicator sslmode=verify-full'" })],
    [SERVER, service('db'), ...withFiles({ 'postgresql.conf': "primary_conninfo = 'host=db.demo.svc user=replicator sslmode=verify-full'" })]],
  // The address belongs to another server.
  ['PGTLS-B10', 'another port, a Service without selector, a pooler', [...DB, at('db')], [
    SERVER, tlsDatabase('server'), service('db', { selector: undefined }), service('db2', { ports: [{ port: 5433 }] }),
    client({ PGHOST: 'db', URL: 'postgres://db2/x?sslmode=verify-full' }),
  ]],

  ['PGTLS-B11', 'the method cert', [SERVER, CLIENT, service('db'), ...withHba('hostssl all all all cert'), loggingInAs('other')],
    [SERVER, CLIENT, service('db'), ...withHba('hostssl all all all cert'), loggingInAs('app')]],
  ['PGTLS-B11', 'unless the row wants no name', [SERVER, CLIENT, service('db'), ...withHba('hostssl all all all md5 clientcert=verify-full'), loggingInAs('other')],
    [SERVER, CLIENT, service('db'), ...withHba('hostssl all all all md5 clientcert=verify-ca'), loggingInAs('other')]],
  ['PGTLS-B11', 'a map', [SERVER, CLIENT, service('db'), ...withFiles({ 'pg_hba.conf': 'hostssl all all all cert map=m', 'pg_ident.conf': 'm app one' }, ['ssl_ca_file=/x']), loggingInAs('two')],
    [SERVER, CLIENT, service('db'), ...withFiles({ 'pg_hba.conf': 'hostssl all all all cert map=m', 'pg_ident.conf': 'm app one\nm app two' }, ['ssl_ca_file=/x']), loggingInAs('two')]],
  ['PGTLS-B11', 'a map out of sight', [SERVER, CLIENT, service('db'), ...withHba('hostssl all all all cert'), loggingInAs('two')],
    [SERVER, CLIENT, service('db'), ...withHba('hostssl all all all cert map=m'), loggingInAs('two')]],
  ['PGTLS-B11', 'a role that is too long', [SERVER, CLIENT, service('db'), ...withHba('hostssl all all all cert'), loggingInAs('r'.repeat(64))],
    [SERVER, certificate({ commonName: 'r'.repeat(63), usages: ['client auth'] }, { name: 'client' }), service('db'), ...withHba('hostssl all all all cert'), loggingInAs('r'.repeat(63))]],
  ['PGTLS-B11', 'another row comes first', [SERVER, CLIENT, service('db'), ...withHba('hostssl all all 127.0.0.1/32 md5\nhostssl all all all cert'), loggingInAs('other')],
    [SERVER, CLIENT, service('db'), ...withHba('hostssl all all 10.0.0.0/8 md5\nhostssl all all all cert'), loggingInAs('other')]],

  ['PGTLS-C07', 'md5, which takes SCRAM secrets too', [SERVER, issuer({ ca: { secretName: 'root' } }), ROOT, ...withHba('hostssl all all all md5')],
    [SERVER, issuer({ ca: { secretName: 'root' } }), ROOT, ...withHba('hostssl all all all md5', ['password_encryption=md5'])]],
  ['PGTLS-C07', 'certificates alone need no binding', [SERVER, issuer({ ca: { secretName: 'root' } }), ROOT, ...withHba('host all all all scram-sha-256')],
    [SERVER, issuer({ ca: { secretName: 'root' } }), ROOT, ...withHba('hostssl all all all cert')]],

  ['PGTLS-E17', 'a client', [certificate({ usages: ['server auth'] }, { name: 'client' }), loggingInAs('app')],
    [certificate({ usages: ['digital signature'] }, { name: 'client' }), loggingInAs('app')]],
  ['PGTLS-E17', 'a setting of a ConfigMap', [certificate({ usages: ['client auth'] }, { name: 'server' }), configMap({ 'p.conf': "ssl = on\nssl_cert_file = '/tls/tls.crt'" }), conf()],
    [certificate({ usages: ['server auth'] }, { name: 'server' }), configMap({ 'p.conf': "ssl = on\nssl_cert_file = '/tls/tls.crt'" }), conf()]],

  ['PGTLS-T05', 'a command', [database({}, reloading(['pg_ctl', 'reload', '-D', '/data']))], [workload('Deployment', 'tool', { command: ['pg_ctl', 'reload', '-D', '/data'] })]],

  ['PGTLS-T06', 'more than one command', [probe('bash', '-c', 'pg_isready -U postgres || exit 1')], [probe('bash', '-c', 'pg_isready -U postgres')]],
  ['PGTLS-T06', 'a shell that does not become its last command', [probe('/bin/sh', '-c', 'pg_isready -U "$POSTGRES_USER"')],
    [probe('/bin/sh', '-c', 'exec pg_isready -U "$POSTGRES_USER"')]],

  ['PGTLS-T11', 'some networks', [SERVER, ...withHba('hostssl all all 0.0.0.0/0 cert\nhost all all 10.0.0.0/8 md5')],
    [SERVER, ...withHba('hostssl all all 10.0.0.0/8 cert\nhost all all 192.168.0.0/16 md5')]],
  ['PGTLS-T11', 'other roles', [SERVER, ...withHba('hostssl all app all cert\nhostnossl all app all md5')],
    [SERVER, ...withHba('hostssl all app all cert\nhostnossl all old all md5')]],

  ['PGTLS-T17', 'no row for plaintext', [SERVER, service('db'), ...withHba('hostssl all all all md5'), connecting('disable')],
    [SERVER, service('db'), ...withHba('hostssl all all all md5'), connecting('allow')]],
  ['PGTLS-T17', 'a reject for its role', [SERVER, service('db'), ...withHba('host all app all reject\nhost all all all md5'), connecting('require')],
    [SERVER, service('db'), ...withHba('host all old all reject\nhost all all all md5'), connecting('require')]],
  ['PGTLS-T17', 'no row for its database', [SERVER, service('db'), ...withHba('host billing all all md5'), connecting('prefer')],
    [SERVER, service('db'), ...withHba('host billing,x all all md5'), connecting('prefer')]],
  ['PGTLS-T17', 'a row for the socket alone', [SERVER, service('db'), ...withHba('local all all peer\nhost all all 127.0.0.1/32 md5'), connecting('prefer')],
    [SERVER, service('db'), ...withHba('local all all peer\nhost all all 10.0.0.0/8 md5'), connecting('prefer')]],
  ['PGTLS-T17', 'a user name from a variable', [SERVER, service('db'), ...withHba('hostssl all all all md5\nhost all all all reject'), connecting('disable', '$(USER)')],
    [SERVER, service('db'), ...withHba('hostnossl all reporter all md5\nhost all all all reject'), connecting('disable', '$(USER)')]],
  ['PGTLS-T17', 'unless rows are out of sight', [SERVER, service('db'), ...withHba('hostssl all all all md5'), connecting('disable')],
    [SERVER, service('db'), ...withHba('hostssl all all all md5\ninclude more.conf'), connecting('disable')]],

  ['PGTLS-T20', 'libpq reads lower case', [workload('Deployment', 'app', { command: ['psql', 'host=elsewhere sslmode=REQUIRE'] })], [workload('Deployment', 'app', { command: ['psql', 'host=elsewhere sslmode=require'] })]],
  ['PGTLS-T20', 'a mode of another driver', [client({ PGHOST: 'db', PGSSLMODE: 'verify-fulll' })], [client({ PGHOST: 'db', PGSSLMODE: 'no-verify' })]],
  ['PGTLS-T20', 'pgjdbc reads any case', [connectingByJdbc('sslmode=verify')], [connectingByJdbc('sslmode=VERIFY-FULL')]],

  ['PGTLS-T22', 'the default of a visible file', [SERVER, service('db'), ...withFiles({ 'postgresql.conf': 'ssl = off' }).slice(0, 1), plain('/config/postgresql.conf'), connecting('require')],
    [SERVER, service('db'), ...withFiles({ 'postgresql.conf': 'ssl = on' }).slice(0, 1), plain('/config/postgresql.conf'), connecting('require')]],
  ['PGTLS-T22', 'unless it is out of sight', [service('db'), database({ args: ['-c', 'ssl=off'] }), connecting('require')], [service('db'), database(), connecting('require')]],
  ['PGTLS-T22', 'an sslmode that does without', [service('db'), database({ args: ['-c', 'ssl=off'] }), connecting('verify-ca')], [service('db'), database({ args: ['-c', 'ssl=off'] }), connecting('prefer')]],

  ['PGTLS-T23', 'a keystore for libpq', [withStores({}), keyAt('keystore.p12', 'client.p12')], [withStores({}), keyAt('key.der', 'client.der')]],
  ['PGTLS-T23', 'a Java keystore', [withStores({}), keyAt('keystore.jks', 'client.jks', true)], [withStores({}), keyAt('keystore.p12', 'client.p12', true)]],
  ['PGTLS-T23', 'PKCS#12 has an ending of its own', [withStores({}), keyAt('keystore.p12', 'client.store', true)], [withStores({}), keyAt('key.der', 'client.pk8', true)]],
  ['PGTLS-T23', 'PEM with the name of PKCS#8', [withStores({}), keyAt('tls.key', 'client.pk8', true)], [withStores({}), keyAt('key.der', 'client.pk8', true)]],
  ['PGTLS-T23', 'a driver that is not known', [withStores({}), keyAt('tls.crt', 'client.key')], [withStores({}), connectingWith('tls.crt')]],

  ['PGTLS-T24', 'a bundle', [...CAS, bundleOf('others'), ...signedBy('ca'), trusting('cas')], [...CAS, bundleOf('ca'), ...signedBy('ca'), trusting('cas')]],
  ['PGTLS-T24', 'unless the bundle has more', [...CAS, bundleOf('others'), ...signedBy('ca'), trusting('cas')], [...CAS, bundleOf('others', { inLine: 'a PEM text' }), ...signedBy('ca'), trusting('cas')]],
  ['PGTLS-T24', 'a CA that is out of sight', [...CAS, bundleOf('others'), ...signedBy('ca'), trusting('cas')], [...CAS, bundleOf('others'), ...signedBy('platform'), trusting('cas')]],
  ['PGTLS-T24', 'sslmode=require does not verify', [...CAS, bundleOf('others'), ...signedBy('ca'), trusting('cas', 'verify-ca')], [...CAS, bundleOf('others'), ...signedBy('ca'), trusting('cas', 'require')]],

  ['PGTLS-T26', 'a password as well', [SERVER, service('db'), ...withHba('hostssl all all all md5 clientcert=verify-ca'), connecting('require')], [SERVER, service('db'), ...withHba('hostssl all all all md5'), connecting('require')]],
  ['PGTLS-T26', 'one of the rows', [SERVER, service('db'), ...withHba('hostssl all all all cert'), connecting('require')],
    [SERVER, service('db'), ...withHba('hostssl all all 10.0.0.0/8 md5\nhostssl all all all cert'), connecting('require')]],
  ['PGTLS-T26', 'files that may be a certificate', [SERVER, service('db'), ...withHba('hostssl all all all cert'), connecting('require')],
    [SERVER, service('db'), ...withHba('hostssl all all all cert'), workload('Deployment', 'app', { env: env({ URL: 'postgres://app@db.demo.svc/x?sslmode=require' }), volumeMounts: [mount('tls', '/tls')] }, { volumes: [secretVolume('tls', 'x')] })]],

  ['PGTLS-T27', 'scripts may create it', [service('db'), creating('orders'), connecting('prefer')],
    [service('db'), creating('orders', { volumeMounts: [mount('init', '/docker-entrypoint-initdb.d')] }), connecting('prefer')]],
  ['PGTLS-T27', 'another program may create it', [service('db'), creating('orders'), connecting('prefer')],
    [service('db'), creating('orders'), connecting('prefer'), workload('Deployment', 'setup', { command: ['createdb', '-h', 'db', 'x'] })]],
  ['PGTLS-T27', 'another image may create it', [service('db'), creating('orders'), connecting('prefer')], [service('db'), creating('orders', { image: 'postgis/postgis:18' }), connecting('prefer')]],

  ['PGTLS-T12', 'PGDATA on a claim', [direct({})], [direct({ securityContext: { fsGroup: 999, fsGroupChangePolicy: 'OnRootMismatch' } })]],
  ['PGTLS-T12', 'without a group', [direct({})], [direct({ securityContext: { runAsUser: 999 } })]],

  ['PGTLS-T14', 'the entrypoint below a shell', [database({ command: ['sh', '-c', 'cp /a /b; docker-entrypoint.sh postgres -c a=b'] })],
    [database({ command: ['sh', '-c', 'cp /a /b; exec docker-entrypoint.sh postgres -c a=b'] })]],
  ['PGTLS-T14', 'unless it passes the signal on', [database({ command: ['sh', '-c', 'postgres & wait'] })],
    [database({ command: ['sh', '-c', 'trap "kill -INT $!" TERM; postgres & wait'] })]],

  ['PGTLS-T15', 'a map beside SCRAM', [SERVER, ...withHba('hostssl all all all scram-sha-256 map=m')], [SERVER, ...withHba('hostssl all all all cert map=m')]],
  ['PGTLS-T15', 'a certificate without TLS', [SERVER, ...withHba('host all all all cert')], [SERVER, ...withHba('hostssl all all all cert')]],

  ['PGTLS-T16', 'clientcert', [SERVER, ...withHba('hostssl all all all md5 clientcert=verify-ca', [])], [SERVER, ...withHba('hostssl all all all md5', [])]],
  ['PGTLS-T16', 'unless the setting may be out of sight', [SERVER, ...withHba('hostssl all all all cert', [])],
    [SERVER, ...withFiles({ 'pg_hba.conf': 'hostssl all all all cert', 'postgresql.conf': "include 'more.conf'" })]],
])('%s: %s', (code, _, broken, met) => {
  expect(ownCodesIn(broken)).toEqual([code]);
  expect(ownCodesIn(met)).toEqual([]);
});

test('PGTLS-T15: a row of a database of this package that was edited in its YAML', () => {
  const yaml = readFileSync(join(REPOSITORY, 'dist/quickstart.k8s.yaml'), 'utf8');
  const edited = yaml.replace(/(hostssl +all +all +all +)cert$/m, '$1scram-sha-265');
  const found = (text: string) => Manifests.fromYaml({ 'quickstart.k8s.yaml': text }).validate().map(({ rule: { code }, target, field }) => [code, target?.kind, field]);
  expect(found(edited)).toEqual([['PGTLS-T15', 'ConfigMap', "data['pg_hba.conf']"]]);
  expect(found(yaml)).toEqual([]);
});

function conf(): Fields {
  return database({ command: ['postgres'], args: ['-c', 'config_file=/c/p.conf'], volumeMounts: [mount('c', '/c'), mount('tls', '/tls')] }, { volumes: [{ name: 'c', configMap: { name: 'config' } }, secretVolume('tls', 'server')] });
}

/** The containers of a database and of a client beside it. */
function sidecar(variables: Record<string, string>): Fields {
  return containers(
    { name: 'db', image: 'postgres:18.4', args: ['-c', 'ssl=on', '-c', 'ssl_cert_file=/tls/tls.crt'], volumeMounts: [mount('tls', '/tls')] },
    { name: 'beside', image: 'example.com/tool:1', env: env(variables) },
  );
}

function reloading(command: string[]): Fields {
  return {
    ...containers({ name: 'db', image: 'postgres:18.4' }, { name: 'reload', image: 'postgres:18.4', command, volumeMounts: [mount('s', '/s')] }),
    volumes: [{ name: 's', configMap: { name: 'config' } }],
  };
}

const clientWithServiceFile = (service: string) => `
  kind: Deployment
  spec:
    template:
      spec:
        containers:
          - name: app
            image: example.com/app:1
            env: [{ name: PGSERVICEFILE, value: /s/services }, { name: PGSERVICE, value: ${service} }]
            volumeMounts: [{ name: s, mountPath: /s }]
        volumes: [{ name: s, configMap: { name: services } }]
`;

const serverBeside = (container: string) => `
  kind: StatefulSet
  spec:
    template:
      spec:
        containers:
          - name: postgres
            image: postgres:18.4
            args: [-c, ssl=on, -c, ssl_cert_file=/tls/tls.crt]
            volumeMounts: [{ name: tls, mountPath: /tls }]
          ${container}
`;

const serverWithClientCa = 'args: [-c, ssl=on, -c, ssl_cert_file=/tls/tls.crt, -c, ssl_key_file=/tls/tls.key, -c, ssl_ca_file=/ca/ca.crt]';

/** A server whose data directory is a claim of which nothing keeps the mode. */
const serverOnClaim = (initContainers: string) => `
  kind: StatefulSet
  spec:
    volumeClaimTemplates: [{ metadata: { name: data } }]
    template:
      spec:
        securityContext: { runAsNonRoot: null, runAsUser: null, fsGroupChangePolicy: null }
        initContainers: ${initContainers}
        containers: [{ name: postgres, image: postgres:18.4, command: [postgres, -D, /data/pg], volumeMounts: [{ name: data, mountPath: /data }] }]
        volumes: null
`;

// The same, in YAML laid over the base examples of docs/rules: the common manifests, a violation and a correction.
test.each<YamlCase>([
  {
    code: 'PGTLS-B10', name: 'a client takes its host from the section of a service file that PGSERVICE names',
    both: `
      kind: Certificate
      ---
      kind: Service
      ---
      kind: StatefulSet
      ---
      kind: ConfigMap
      metadata: { name: services }
      data:
        pg_hba.conf: null
        services: |
          [a]
          host=elsewhere
          [b]
          host=db
          sslmode=verify-full
    `,
    broken: clientWithServiceFile('b'),
    met: clientWithServiceFile('a'),
  },
  {
    code: 'PGTLS-B10', name: 'a Service leads to the server itself, and not to a pooler in its pod',
    both: `
      kind: Certificate
      ---
      kind: Deployment
      spec:
        template:
          spec:
            containers: [{ name: app, image: example.com/app:1, env: [{ name: PGHOST, value: db }, { name: PGSSLMODE, value: verify-full }] }]
      ---
      kind: StatefulSet
      spec:
        template:
          spec:
            containers:
              - name: postgres
                image: postgres:18.4
                args: [-c, ssl=on, -c, ssl_cert_file=/tls/tls.crt]
                volumeMounts: [{ name: tls, mountPath: /tls }]
              - { name: pooler, image: 'pgbouncer:1', ports: [{ containerPort: 6432 }] }
    `,
    broken: `
      kind: Service
      spec: { ports: [{ port: 5432 }] }
    `,
    met: `
      kind: Service
      spec: { ports: [{ port: 5432, targetPort: 6432 }] }
    `,
  },
  {
    code: 'PGTLS-E11', name: 'a server reads the ca.crt of a Secret, which an ACME issuer does not write',
    both: `
      kind: Certificate
      ---
      kind: Issuer
      metadata: { name: acme }
      spec:
        acme:
          server: https://acme.example.com/directory
          privateKeySecretRef: { name: acme }
          solvers: [{ dns01: { route53: { region: eu-central-1 } } }]
      ---
      kind: StatefulSet
      spec:
        template:
          spec:
            containers:
              - name: postgres
                image: postgres:18.4
                ${serverWithClientCa}
                volumeMounts: [{ name: tls, mountPath: /tls }, { name: ca, mountPath: /ca }]
            volumes:
              - { name: tls, secret: { secretName: db-server-cert, defaultMode: 288 } }
              - { name: ca, secret: { secretName: clients, defaultMode: 288 } }
    `,
    broken: `
      kind: Certificate
      metadata: { name: clients }
      spec: { secretName: clients, issuerRef: { name: acme } }
    `,
    met: `
      kind: Certificate
      metadata: { name: clients }
      spec: { secretName: clients }
    `,
  },
  {
    code: 'PGTLS-E15', name: 'a client trusts the ca.crt of another certificate that signs itself',
    both: `
      kind: Service
      ---
      kind: StatefulSet
      ---
      kind: Deployment
      spec:
        template:
          spec:
            securityContext: { fsGroup: 999 }
            containers:
              - name: app
                image: example.com/app:1
                env:
                  - { name: PGHOST, value: db.demo.svc }
                  - { name: PGSSLMODE, value: verify-full }
                  - { name: PGUSER, value: app }
                  - { name: PGSSLROOTCERT, value: /tls/ca.crt }
                volumeMounts: [{ name: tls, mountPath: /tls }]
            volumes: [{ name: tls, secret: { secretName: client, defaultMode: 288 } }]
    `,
    broken: `
      kind: Issuer
      metadata: { name: self }
      spec: { selfSigned: {} }
      ---
      kind: Certificate
      spec: { issuerRef: { name: self } }
      ---
      kind: Certificate
      metadata: { name: client }
      spec: { secretName: client, commonName: app, usages: null, issuerRef: { name: self } }
    `,
    met: `
      kind: Issuer
      spec: { ca: { secretName: root } }
      ---
      kind: Certificate
      ---
      kind: Certificate
      metadata: { name: client }
      spec: { secretName: client, commonName: app, usages: null }
    `,
  },
  {
    code: 'PGTLS-T05', name: 'a script of a ConfigMap runs pg_ctl reload in another container than the server',
    both: serverBeside('- { name: reload, image: postgres:18.4, command: [bash, /s/reload.sh], volumeMounts: [{ name: config, mountPath: /s }] }'),
    broken: `
      kind: ConfigMap
      data:
        reload.sh: |
          while :; do
            pg_ctl -D "$PGDATA" reload
          done
    `,
    met: `
      kind: ConfigMap
      data:
        reload.sh: |
          while :; do
            psql -c "select pg_reload_conf()"
          done
    `,
  },
  {
    code: 'PGTLS-T06', name: 'a shell as a probe does not matter where another process than PostgreSQL adopts orphans',
    broken: `
      kind: StatefulSet
      spec:
        template:
          spec:
            containers: [{ name: postgres, image: postgres:18.4, livenessProbe: { exec: { command: [sh, -c, psql -c "select 1"] } } }]
    `,
    met: `
      kind: StatefulSet
      spec:
        template:
          spec:
            shareProcessNamespace: true
            containers: [{ name: postgres, image: postgres:18.4, livenessProbe: { exec: { command: [sh, -c, psql -c "select 1"] } } }]
      ---
      kind: StatefulSet
      metadata: { name: db2 }
      spec:
        template:
          spec:
            containers:
              - name: postgres
                image: postgres:18.4
                command: [tini, --, docker-entrypoint.sh, postgres]
                livenessProbe: { exec: { command: [sh, -c, psql -c "select 1"] } }
    `,
  },
  {
    code: 'PGTLS-T12', name: 'kubelet opens PGDATA to the group at every start, unless an init container closes it again',
    broken: serverOnClaim('null'),
    met: serverOnClaim('[{ name: init, image: busybox, command: [sh, -c, chmod 0700 /data/pg], volumeMounts: [{ name: data, mountPath: /data }] }]'),
  },
  {
    code: 'PGTLS-T12', name: 'kubelet opens PGDATA to the group at every start, and what an init container of unknown content does about it is not known',
    broken: serverOnClaim('null'),
    met: serverOnClaim('[{ name: init, image: example.com/init:1, volumeMounts: [{ name: data, mountPath: /data }] }]'),
  },
])('$code: $name', ({ code, both = '', broken, met }) => {
  expect(ownCodesIn(fromYaml(both, broken))).toEqual([code]);
  expect(ownCodesIn(fromYaml(both, met))).toEqual([]);
});

test('the output of this package has no finding', () => {
  const files = readdirSync(join(REPOSITORY, 'dist')).map((file) => join(REPOSITORY, 'dist', file));
  expect(files.length).toBeGreaterThan(3);
  expect(Manifests.fromFiles(files).validate()).toEqual([]);
});

// Servers and clients of other origin that have no finding.
test.each<[string, Fields[]]>([
  ['a server without TLS', [database({ env: env({ POSTGRES_PASSWORD: 'x' }) }), service('db'), workload('Deployment', 'app', { env: env({ DATABASE_URL: 'postgres://app:x@db:5432/app' }) })]],
  ['a password in pg_hba.conf', [...withHba('local all all trust\nhost all all 127.0.0.1/32 trust\nhost all all all scram-sha-256', []), SERVER]],
  ['a client that waits for its database', [workload('Deployment', 'app', {}, { initContainers: [{ name: 'wait', image: 'postgres:18', command: ['sh', '-c', 'until pg_isready -h db; do sleep 1; done'] }] })]],
  ['a web server with a certificate', [SERVER, workload('Deployment', 'web', { image: 'nginx:1', volumeMounts: [mount('tls', '/etc/nginx/tls')] }, { volumes: [{ name: 'tls', secret: { secretName: 'server' } }], securityContext: {} })]],
  ['a host outside of the manifests', [...DB, client({ PGHOST: 'db.example.com,10.0.0.1' })]],
])('nothing is found: %s', (_, manifests) => {
  expect(findingsIn(manifests)).toEqual([]);
});

test('no content of a manifest makes a rule of servers throw', () => {
  const odd: unknown[] = [null, 0, 'x', [], [null], {}, [{}], [[]], { a: null }];
  const places = ['containers', 'initContainers', 'volumes', 'securityContext', 'shareProcessNamespace'];
  const inContainer = ['image', 'command', 'args', 'env', 'envFrom', 'volumeMounts', 'ports', 'livenessProbe', 'securityContext', 'lifecycle'];
  for (const value of odd) {
    for (const place of places) { expect(() => findingsIn([...DB, database({}, { [place]: value }), at('db')])).not.toThrow(); }
    for (const place of inContainer) { expect(() => findingsIn([...DB, database({ [place]: value }), client({ [place]: 'x' }, { [place]: value })])).not.toThrow(); }
    for (const part of ['secret', 'projected', 'configMap', 'csi']) {
      expect(() => findingsIn([...DB, tlsDatabase('server', [], { mounts: [mount('odd', '/odd')], volumes: [{ name: 'odd', [part]: value }] })])).not.toThrow();
    }
    expect(() => findingsIn([...DB, { ...service('other'), spec: value }, at('other'), { ...configMap({}), data: value }, { ...database(), spec: value }])).not.toThrow();
  }
});

describe('in a construct tree', () => {
  function withDatabase(chart: Chart): Postgres {
    return new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate() });
  }

  test('a Deployment of cdk8s-plus that verifies a name which our database does not have', () => {
    const chart = chartIn();
    withDatabase(chart);
    const uri = (host: string) => plus.EnvValue.fromValue(`postgres://app@${host}/app?sslmode=verify-full`);
    new plus.Deployment(chart, 'app', { containers: [{ image: 'example.com/app:1', envVariables: { URL: uri('db-pods.demo.svc.cluster.local') } }] });
    expect(refusal(chart)).toBe('');
    new plus.Deployment(chart, 'other', { containers: [{ image: 'example.com/app:1', envVariables: { URL: uri('db.demo.svc.') } }] });
    expect(refusal(chart)).toContain("[chart/other] PGTLS-B10: the client in container 'main' (URL) connects to 'db.demo.svc.', which the server's Certificate 'db-server-cert' does not contain");
  });

  test('a client of our database with a certificate for another role', () => {
    const chart = chartIn();
    withDatabase(chart);
    const pods = loggingInAs('orders', {}, 'db-client-cert');
    new ApiObject(chart, 'app', pods as never);
    expect(refusal(chart)).toContain("[chart/app] PGTLS-B11: the client in container 'app' (its environment) logs in as 'orders' with Certificate 'db-client-cert', whose commonName is 'postgres'");
  });

  test('included YAML', () => {
    const chart = chartIn();
    withDatabase(chart);
    const folder = mkdtempSync(join(tmpdir(), 'included-'));
    writeFileSync(join(folder, 'app.yaml'), stringify(at('db.demo.svc.')));
    new Include(chart, 'theirs', { url: join(folder, 'app.yaml') });
    rmSync(folder, { recursive: true });
    expect(refusal(chart)).toContain('PGTLS-B10');
  });

  test('a patch on the ConfigMap of a database: client certificates without a CA', () => {
    const chart = chartIn();
    const db = withDatabase(chart);
    const config = db.node.findAll().find((child) => ApiObject.isApiObject(child) && (child as ApiObject).kind === 'ConfigMap') as ApiObject;
    const conf = (config.toJson().data['postgresql.conf'] as string).replace(/ssl_ca_file.*\n/, '');
    config.addJsonPatch(JsonPatch.replace('/data/postgresql.conf', conf));
    expect(refusal(chart)).toContain("PGTLS-T16: the row 'hostssl all all all cert' asks for a client certificate, but ssl_ca_file is not set");
  });
});
