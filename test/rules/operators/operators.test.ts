import { caIssuer, certificate, clusterIssuer, env, type Fields, fromYaml, issuer, issuerRef, object, root, secret, selfSignedIssuer, workload } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';

const CNPG = 'postgresql.cnpg.io/v1';
const RELOADED = { secretTemplate: { labels: { 'cnpg.io/reload': '' } } };
const CA = [selfSignedIssuer(), root(), caIssuer()];

const cluster = (spec: Fields = {}, name = 'db') => object(CNPG, 'Cluster', name, { spec: { instances: 3, ...spec } });
const pooler = (pgbouncer: Fields = {}) => object(CNPG, 'Pooler', 'pool', { spec: { cluster: { name: 'db' }, type: 'rw', pgbouncer } });
const zalando = (spec: Fields = {}) => object('acid.zalan.do/v1', 'postgresql', 'acid-db', { spec: { numberOfInstances: 2, ...spec } });
const crunchy = (spec: Fields = {}) => object('postgres-operator.crunchydata.com/v1beta1', 'PostgresCluster', 'hippo', { spec: { instances: [{ replicas: 2 }], ...spec } });
const percona = (spec: Fields = {}) => object('pgv2.percona.com/v2', 'PerconaPGCluster', 'pg', { spec: { instances: [{ replicas: 2 }], ...spec } });
const kubeDb = (spec: Fields = {}) => object('kubedb.com/v1', 'Postgres', 'kdb', { spec: { replicas: 3, ...spec } });

const server = (dnsNames: string[], spec: Fields = {}) => certificate({ ...RELOADED, commonName: undefined, dnsNames, ...spec }, { name: 'server' });
const replication = (commonName: string, spec: Fields = {}) =>
  certificate({ ...RELOADED, commonName, dnsNames: undefined, usages: ['digital signature', 'client auth'], ...spec }, { name: 'replication' });
const NAMES = ['db-rw', 'db-rw.demo', 'db-rw.demo.svc', 'db-r.demo.svc'];
const OF_SERVER = { serverTLSSecret: 'server', serverCASecret: 'server' };
const OF_CLIENTS = { replicationTLSSecret: 'replication', clientCASecret: 'replication' };
/** A Cluster with certificates that breaks no rule. */
const complete = [...CA, server(NAMES), replication('streaming_replica')];
const withHba = (...pg_hba: string[]) => cluster({ postgresql: { pg_hba } });
const client = (variables: Record<string, string>) => workload('Deployment', 'app', { env: env({ PGUSER: 'app', PGDATABASE: 'app', ...variables }) });

const custom = (spec: Fields = {}) => ({ customTLSSecret: { name: 'server' }, customReplicationTLSSecret: { name: 'replication' }, ...spec });
const hippo = [...CA, server(['hippo-primary', 'hippo-primary.demo.svc']), replication('_crunchyrepl')];

/** The code and the field of each finding. */
const found = (manifests: Fields[]) => findingsIn(manifests).map(({ rule: { code }, field }) => `${code} ${field ?? ''}`.trim());
const severities = (manifests: Fields[]) => findingsIn(manifests).map(({ rule: { code }, severity }) => `${code} ${severity}`);
const problems = (manifests: Fields[]) => findingsIn(manifests).map(({ problem }) => problem).join('\n');

describe('certificates that operators issue themselves', () => {
  test.each<[string, Fields]>([
    ['CloudNativePG', cluster()], ['CloudNativePG, a Pooler', pooler()], ['Zalando', zalando({ enableConnectionPooler: true })], ['Crunchy', crunchy({ proxy: { pgBouncer: {} } })],
    ['Percona', percona({ proxy: { pgBouncer: {} } })], ['KubeDB', kubeDb()], ['KubeDB with TLS', kubeDb({ tls: { issuerRef: { kind: 'Issuer', name: 'ca' } } })],
    ['CloudNativePG with names', cluster({ certificates: { serverAltDNSNames: ['db.example.com'] } })],
  ])('%s: no finding', (_, database) => {
    expect(found([database])).toEqual([]);
    expect(found([database, client({ PGHOST: 'db-rw', PGSSLMODE: 'verify-full' })])).toEqual([]);
  });

  test('objects of other groups with the same kinds are not read', () => {
    const other = object('cluster.x-k8s.io/v1beta1', 'Cluster', 'db', { spec: { certificates: { serverTLSSecret: 'server' }, postgresql: { pg_hba: ['nonsense'] } } });
    expect(found([other, ...CA, server(['other.demo.svc'])])).toEqual([]);
  });
});

describe('certificates by reference', () => {
  test('complete ones have no finding', () => {
    expect(found([...complete, cluster({ certificates: { ...OF_SERVER, ...OF_CLIENTS } }), pooler({ serverTLSSecret: { name: 'replication' }, authQuery: 'x', authQuerySecret: { name: 'replication' } })])).toEqual([]);
    expect(found([...hippo, crunchy({ ...custom(), proxy: { pgBouncer: {} } })])).toEqual([]);
    expect(found([...hippo.slice(0, 3), server(['pg-primary']), replication('_crunchyrepl'), percona({ secrets: custom(), proxy: { pgBouncer: {} } })])).toEqual([]);
    expect(found([...CA, server(['acid-db', 'acid-db.demo.svc']), zalando({ tls: { secretName: 'server', caFile: 'ca.crt' } })])).toEqual([]);
  });

  test('the example of the field notes: a common name, a row that PostgreSQL refuses', () => {
    const manifests = fromYaml(`
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: orders-standby, namespace: orders }
spec: { secretName: orders-standby, secretTemplate: { labels: { cnpg.io/reload: "" } }, commonName: standby, usages: [client auth], issuerRef: { name: platform, kind: ClusterIssuer } }
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: orders, namespace: orders }
spec:
  instances: 2
  certificates: { replicationTLSSecret: orders-standby, clientCASecret: orders-clients }
  postgresql: { pg_hba: [local all all peer, host all all all md5 clientcert=verify-ca] }
`);
    expect(found(manifests)).toEqual(['PGTLS-O01 spec.certificates.replicationTLSSecret', 'PGTLS-T15 spec.postgresql.pg_hba[1]']);
    expect(severities(manifests)).toEqual(['PGTLS-O01 error', 'PGTLS-T15 error']);
  });

  test.each<[string, Fields[], string[]]>([
    ['another common name', [replication('standby'), cluster({ certificates: OF_CLIENTS })], ['PGTLS-O01 error']],
    ['another common name, one instance', [replication('standby'), cluster({ instances: 1, certificates: OF_CLIENTS })], ['PGTLS-O01 warning']],
    ['another common name with a map', [replication('standby'), cluster({ certificates: OF_CLIENTS, postgresql: { pg_ident: ['cnpg_streaming_replica standby streaming_replica'] } })], []],
    ['a map of another name', [replication('standby'), cluster({ certificates: OF_CLIENTS, postgresql: { pg_ident: ['other standby streaming_replica'] } })], ['PGTLS-O01 error']],
    ['Crunchy', [server(['hippo-primary']), replication('streaming_replica'), crunchy(custom())], ['PGTLS-O01 error']],
    ['Percona', [server(['pg-primary']), replication('streaming_replica'), percona({ secrets: custom() })], ['PGTLS-O01 error']],
  ])('replication role: %s', (_, manifests, expected) => {
    expect(severities([...CA, ...manifests])).toEqual(expected);
  });

  test.each<[string, Fields, string[]]>([
    ['the server without its CA', { serverTLSSecret: 'server' }, ['PGTLS-O02 spec.certificates.serverTLSSecret']],
    ['replication without its CA', { replicationTLSSecret: 'replication' }, ['PGTLS-O02 spec.certificates.replicationTLSSecret']],
    ['names beside a certificate', { ...OF_SERVER, serverAltDNSNames: ['a.example.com'] }, ['PGTLS-O02 spec.certificates.serverAltDNSNames']],
    ['a CA without its key', { clientCASecret: 'replication' }, ['PGTLS-O04 spec.certificates.clientCASecret']],
  ])('fields of CloudNativePG: %s', (_, certificates, expected) => {
    expect(found([...complete, cluster({ certificates })])).toEqual(expected);
  });

  test('a CA with its key, of which the operator issues certificates', () => {
    expect(found([secret({ stringData: { 'ca.crt': 'x', 'ca.key': 'x' } }, { name: 'made' }), cluster({ certificates: { serverCASecret: 'made', clientCASecret: 'made' } })])).toEqual([]);
  });

  test('a Pooler without its own authentication, where the client CA has no key', () => {
    const given = [...complete, cluster({ certificates: OF_CLIENTS })];
    expect(found([...given, pooler()])).toEqual(['PGTLS-O04 spec.pgbouncer']);
    expect(found([...given, pooler(), certificate({ secretName: 'db-pooler' }, { name: 'pooler' })])).toEqual([]);
    expect(found([...complete, cluster({ certificates: OF_SERVER }), pooler()])).toEqual([]);
  });

  test.each<[string, (spec: Fields) => Fields, string]>([['Crunchy', crunchy, ''], ['Percona', (spec) => percona({ secrets: spec }), 'secrets.']])('only one Secret: %s', (_, database, path) => {
    const names = [server(['hippo-primary', 'pg-primary']), replication('_crunchyrepl')];
    expect(found([...CA, ...names, database({ customTLSSecret: { name: 'server' } })])).toEqual([`PGTLS-O03 spec.${path}customTLSSecret`]);
    expect(found([...CA, ...names, database({ customReplicationTLSSecret: { name: 'replication' } })])).toEqual([`PGTLS-O03 spec.${path}customReplicationTLSSecret`]);
  });

  test('one Secret is a warning for one instance, and right with a root CA of its own in Percona', () => {
    const one = [...CA, server(['hippo-primary']), crunchy({ instances: [{ name: 'a' }], customTLSSecret: { name: 'server' } })];
    expect(severities(one)).toEqual(['PGTLS-O03 warning']);
    expect(found([...CA, server(['pg-primary']), percona({ secrets: { customTLSSecret: { name: 'server' }, customRootCATLSSecret: { name: 'root' } } })])).toEqual([]);
  });

  test('the label by which CloudNativePG reads a Secret again', () => {
    const unlabelled = server(NAMES, { secretTemplate: undefined });
    expect(severities([...CA, unlabelled, cluster({ certificates: OF_SERVER })])).toEqual(['PGTLS-O05 warning']);
    expect(found([...CA, server(NAMES, { secretTemplate: undefined, renewal: { policy: 'Disabled' } }), cluster({ certificates: OF_SERVER })]).filter((code) => code.includes('O05'))).toEqual([]);
    expect(codesIn([...CA, unlabelled, secret({}, { name: 'server', labels: { 'cnpg.io/reload': '' } }), cluster({ certificates: OF_SERVER })])).not.toContain('PGTLS-O05');
    expect(found([...CA, server(['acid-db'], { secretTemplate: undefined }), zalando({ tls: { secretName: 'server' } })])).toEqual([]);
    expect(found([...CA, server(['pool'], { secretTemplate: undefined }), cluster(), pooler({ clientTLSSecret: { name: 'server' } })])).toEqual(['PGTLS-O05 spec.pgbouncer.clientTLSSecret.name']);
  });

  test('the Secret of a CA Certificate', () => {
    const labelled = [selfSignedIssuer(), root(RELOADED), caIssuer()];
    expect(severities([...labelled, server(NAMES), cluster({ certificates: { ...OF_SERVER, serverCASecret: 'root' } })])).toEqual(['PGTLS-O06 warning']);
    expect(found([...labelled, cluster({ certificates: { serverTLSSecret: 'root', serverCASecret: 'root' } })])).toContain('PGTLS-E12 spec.certificates.serverTLSSecret');
  });

  test.each<[string, Fields[], string[]]>([
    ['another root', [issuer({ ca: { secretName: 'second' } }, { name: 'second' }), root({}, { name: 'second' }), server(NAMES, { issuerRef: issuerRef('second') }), replication('streaming_replica'),
      cluster({ certificates: { serverTLSSecret: 'server', serverCASecret: 'replication', ...OF_CLIENTS } })], ['PGTLS-O07 spec.certificates.serverTLSSecret']],
    ['an issuer that is not visible', [server(NAMES, { issuerRef: issuerRef('unseen') }), replication('streaming_replica'),
      cluster({ certificates: { serverTLSSecret: 'server', serverCASecret: 'replication', ...OF_CLIENTS } })], []],
    ['Crunchy', [issuer({ ca: { secretName: 'second' } }, { name: 'second' }), root({}, { name: 'second' }), server(['hippo-primary']), replication('_crunchyrepl', { issuerRef: issuerRef('second') }),
      crunchy(custom())], ['PGTLS-O07 spec.customReplicationTLSSecret.name']],
  ])('the CA: %s', (_, manifests, expected) => {
    expect(found([...CA, ...manifests])).toEqual(expected);
  });

  test.each<[string, string[], Fields, string[]]>([
    ['no Service', ['db.demo.svc'], cluster({ certificates: OF_SERVER }), ['PGTLS-O08']],
    ['the read-only Service', ['db-ro.demo.svc'], cluster({ certificates: OF_SERVER }), []],
    ['a Service in a cluster domain', ['db-rw.demo.svc.k8s.internal'], cluster({ certificates: OF_SERVER }), []],
    ['a wildcard', ['*.demo.svc'], cluster({ certificates: OF_SERVER }), []],
    ['an additional Service', ['orders.demo.svc'], cluster({ certificates: OF_SERVER, managed: { services: { additional: [{ serviceTemplate: { metadata: { name: 'orders' } } }] } } }), []],
    ['a Service of the app', ['front.demo.svc'], cluster({ certificates: OF_SERVER }), []],
    ['a public name', ['db.corp-data.com'], cluster({ certificates: OF_SERVER }), []],
    ['Zalando, the Services of another database', ['acid-other.demo.svc'], zalando({ tls: { secretName: 'server' } }), ['PGTLS-O08']],
    ['Zalando, replicas', ['acid-db-repl.demo.svc'], zalando({ tls: { secretName: 'server' } }), []],
  ])('names of the server certificate: %s', (_, dnsNames, database, expected) => {
    const front = object('v1', 'Service', 'front', { spec: { type: 'ExternalName', externalName: 'db.example.com' } });
    expect(codesIn([...CA, front, server(dnsNames), database])).toEqual(expected);
  });

  test('names of the server certificate: without a namespace, as helm template prints them, those of any', () => {
    const bare = (manifest: Fields): Fields => {
      const { namespace: _, ...metadata } = manifest['metadata'] as Fields;
      return { ...manifest, metadata };
    };
    const all = (...names: string[]) => [...CA, server(names), cluster({ certificates: OF_SERVER })].map(bare);
    expect(codesIn(all('db-rw.media.svc', 'db-rw.media.svc.cluster.local'))).toEqual([]);
    expect(codesIn(all('db-ro.media.svc.k8s.internal'))).toEqual([]);
    expect(codesIn(all('*.media.svc'))).toEqual([]);
    expect(codesIn(all('db.media.svc', 'other-rw.media.svc'))).toEqual(['PGTLS-O08']);
  });

  test.each<[string, Fields, string[]]>([
    ['the server without server auth', cluster({ certificates: { serverTLSSecret: 'replication', serverCASecret: 'replication' } }), ['PGTLS-E17 spec.certificates.serverTLSSecret']],
    ['replication without client auth', cluster({ certificates: { replicationTLSSecret: 'server', clientCASecret: 'server' } }), ['PGTLS-E17 spec.certificates.replicationTLSSecret']],
  ])('usages: %s', (_, database, expected) => {
    const names = [server(NAMES, { commonName: 'streaming_replica' }), replication('streaming_replica', { dnsNames: NAMES })];
    expect(found([...CA, ...names, database])).toEqual(expected);
  });

  test('keys that a Secret does not have', () => {
    const acme = clusterIssuer({ acme: { server: 'https://acme.example.com', privateKeySecretRef: { name: 'a' }, solvers: [{ http01: { ingress: {} } }] } }, { name: 'acme' });
    const fromAcme = server(['db.corp-data.com'], { issuerRef: issuerRef('acme', 'ClusterIssuer'), commonName: undefined });
    expect(found([acme, fromAcme, cluster({ certificates: OF_SERVER })])).toContain('PGTLS-E11 spec.certificates.serverCASecret');
    expect(found([...CA, server(['acid-db']), zalando({ tls: { secretName: 'server', certificateFile: 'server.crt', caFile: '/elsewhere/ca.crt' } })])).toEqual(['PGTLS-W11 spec.tls.certificateFile']);
    expect(found([secret({ stringData: { 'tls.crt': 'x' } }, { name: 'server' }), zalando({ tls: { secretName: 'server' } })])).toEqual(['PGTLS-W11 spec.tls.secretName']);
    const items = [{ key: 'cert.pem', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }, { key: 'ca.crt', path: 'ca.crt' }];
    expect(found([...hippo, crunchy(custom({ customTLSSecret: { name: 'server', items } }))])).toEqual(['PGTLS-W11 spec.customTLSSecret.items[0].key']);
  });

  test('a Secret of another namespace', () => {
    const elsewhere = certificate({ ...RELOADED, dnsNames: NAMES, commonName: undefined }, { name: 'server', namespace: 'other' });
    expect(severities([elsewhere, cluster({ certificates: OF_SERVER })])).toEqual(['PGTLS-W10 warning']);
  });
});

describe('rows and parameters', () => {
  test('rows that PostgreSQL refuses, where they stand', () => {
    expect(found([withHba('hostssl all all all cert map=m', 'host all all all cert')])).toEqual(expect.arrayContaining(['PGTLS-T15 spec.postgresql.pg_hba[1]']));
    expect(found([crunchy({ patroni: { dynamicConfiguration: { postgresql: { pg_hba: ['hostssl all all all', 'hostssl all all all md5'] } } } })]))
      .toEqual(['PGTLS-T15 spec.patroni.dynamicConfiguration.postgresql.pg_hba[0]']);
    expect(found([crunchy({ authentication: { rules: [{ hba: 'hostssl all all all md5' }, { connection: 'host', method: 'cert', users: ['all'] }] } })])).toEqual(['PGTLS-T15 spec.authentication.rules[1]']);
    expect(found([zalando({ patroni: { pg_hba: ['hostssl all all all md5', 'hostssl replication standby all md5', 'hostnossl all all all md5 clientcert=verify-ca'] } })])).toEqual(['PGTLS-T15 spec.patroni.pg_hba[2]']);
  });

  test('rows for pods that a selector matches, and placeholders', () => {
    expect(found([withHba('hostssl app app ${podselector:app} scram-sha-256')])).toEqual([]);
    expect(problems([withHba('host app app ${podselector:app} cert')])).toContain("the row 'host app app ${podselector:app} cert'");
    expect(found([withHba('hostssl app app ${NETWORK} ${METHOD}', 'hostssl $(DB) app all')])).toEqual([]);
  });

  test('a row for plaintext that CloudNativePG adds after rows for certificates', () => {
    const [finding, ...others] = findingsIn([withHba('hostssl app app all cert')]);
    expect(others).toEqual([]);
    expect([finding!.rule.code, finding!.severity, finding!.field]).toEqual(['PGTLS-T11', 'warning', 'spec.postgresql.pg_hba']);
    expect(finding!.message).toContain("end the list with 'hostnossl all all all reject'");
    expect(found([withHba('hostssl app app all cert', 'hostnossl all all all reject')])).toEqual([]);
    expect(found([withHba('hostssl app app all cert', 'host app app all md5')])).toContain('PGTLS-T11 spec.postgresql.pg_hba[1]');
    // Crunchy's operator adds its row to an empty list alone, and for TLS.
    expect(found([crunchy({ authentication: { rules: [{ connection: 'hostssl', method: 'cert' }] } })])).toEqual([]);
  });

  test('parameters that the operator sets', () => {
    expect(found([cluster({ postgresql: { parameters: { ssl: 'on', ssl_min_protocol_version: 'TLSv1.2', work_mem: '4MB' } } })])).toEqual(['PGTLS-O09 spec.postgresql.parameters.ssl']);
    expect(found([cluster({ postgresql: { parameters: { archive_command: 'true', synchronous_standby_names: '*', archive_mode: 'on', log_destination: 'csvlog', wal_level: 'logical' } } })]))
      .toEqual(['PGTLS-O09 spec.postgresql.parameters.archive_command', 'PGTLS-O09 spec.postgresql.parameters.synchronous_standby_names']);
    expect(found([crunchy({ config: { parameters: { ssl_min_protocol_version: 'TLSv1.2', ssl_groups: 'X25519' } } })])).toEqual(['PGTLS-O09 spec.config.parameters.ssl_min_protocol_version']);
    expect(found([crunchy({ patroni: { dynamicConfiguration: { postgresql: { parameters: { ssl: 'on' } } } } })])).toEqual([]);
  });

  test.each<[string, string[], string[]]>([
    ['for certificates only', ['local all all trust', 'hostssl all all all cert'], ['PGTLS-O10', 'PGTLS-O10']],
    ['without replication', ['hostssl all all all md5'], ['PGTLS-O10']],
    ['for replicas, and the operator locked out', ['hostssl replication standby all md5', 'hostssl all all all md5 clientcert=verify-ca'], ['PGTLS-O10']],
    ['without TLS', ['host replication standby all md5', 'hostnossl all all all md5'], ['PGTLS-O10']],
    ['with other names', ['hostssl replication replicator all md5', 'hostssl all admin all md5', 'hostssl all all all cert'], []],
    ['for the loopback address only', ['host replication all 127.0.0.1/32 md5', 'hostssl all all 0.0.0.0/0 md5'], ['PGTLS-O10']],
    ['in another file', ['hostssl all all all cert', 'include more.conf'], []],
  ])("Zalando's rows: %s", (_, pg_hba, expected) => {
    expect(found([zalando({ patroni: { pg_hba } })]).map((each) => each.split(' ')[0])).toEqual(expected);
  });

  test('Ed25519 and passwords', () => {
    const ed25519 = [selfSignedIssuer(), root({ privateKey: { algorithm: 'Ed25519', rotationPolicy: 'Never' } }), caIssuer()];
    expect(codesIn([...ed25519, server(NAMES), cluster({ certificates: OF_SERVER })])).toContain('PGTLS-C07');
    expect(codesIn([...ed25519, server(NAMES), cluster({ certificates: OF_SERVER, postgresql: { pg_hba: ['hostssl all all all cert'] } })])).toContain('PGTLS-C07');
    expect(codesIn([...CA, server(NAMES), cluster({ certificates: OF_SERVER })])).not.toContain('PGTLS-C07');
  });
});

describe('KubeDB', () => {
  const of = (name: string, rest: Fields = {}) => kubeDb({ tls: { issuerRef: { kind: 'Issuer', name }, ...rest } });

  test('issuers', () => {
    expect(found([selfSignedIssuer(), of('self')])).toEqual(['PGTLS-O11 spec.tls.issuerRef']);
    expect(found([selfSignedIssuer(), of('ca', { certificates: [{ alias: 'server', issuerRef: { kind: 'Issuer', name: 'self' } }] })])).toEqual(['PGTLS-O11 spec.tls.certificates[0].issuerRef']);
    expect(found([...CA, of('ca')])).toEqual([]);
    expect(found([of('unseen')])).toEqual([]);
  });

  test.each<[string, Fields, string[]]>([
    ['disable with tls', { sslMode: 'disable', tls: {} }, ['PGTLS-O12 spec.sslMode']],
    ['require without tls', { sslMode: 'require' }, ['PGTLS-O12 spec.sslMode']],
    ['cert without tls', { clientAuthMode: 'cert' }, ['PGTLS-O12 spec.clientAuthMode']],
    ['cert with a mode, without tls', { clientAuthMode: 'cert', sslMode: 'verify-full' }, ['PGTLS-O12 spec.sslMode']],
    ['disable without tls', { sslMode: 'disable', clientAuthMode: 'scram' }, []],
    ['cert with tls', { clientAuthMode: 'cert', tls: {} }, []],
  ])('%s', (_, spec, expected) => {
    expect(found([kubeDb(spec)])).toEqual(expected);
  });
});

describe('clients', () => {
  const FULL = { PGSSLMODE: 'verify-full' };
  const verified = [...complete, cluster({ certificates: { ...OF_SERVER, ...OF_CLIENTS } })];

  test.each<[string, string, string[]]>([
    ['the name on the certificate', 'db-rw.demo.svc', []],
    ['another Service', 'db-ro', ['PGTLS-B10']],
    ['a name of the cluster domain', 'db-rw.demo.svc.cluster.local', ['PGTLS-B10']],
    ['the Service of the app', 'front', ['PGTLS-B10']],
    ['a Service of the app for other pods', 'other', []],
    ['another database', 'orders-rw', []],
    ['another namespace', 'db-ro.shop', []],
    ['an external name', 'db-ro.demo.example.com', []],
  ])('host: %s', (_, PGHOST, expected) => {
    const front = object('v1', 'Service', 'front', { spec: { selector: { 'cnpg.io/cluster': 'db', 'cnpg.io/instanceRole': 'primary' }, ports: [{ port: 5432 }] } });
    const other = object('v1', 'Service', 'other', { spec: { selector: { app: 'other' }, ports: [{ port: 5432 }] } });
    expect(codesIn([...verified, front, other, client({ PGHOST, ...FULL })])).toEqual(expected);
  });

  test('a port at which nothing of the operator listens leads nowhere', () => {
    expect(codesIn([...verified, client({ PGHOST: 'db-ro', PGPORT: '5433', ...FULL })])).toEqual([]);
    const other = [...CA, server(['hippo-primary']), replication('_crunchyrepl'), crunchy(custom({ port: 5433 }))];
    expect(codesIn([...other, client({ PGHOST: 'hippo-replicas', PGPORT: '5433', ...FULL })])).toEqual(['PGTLS-B10']);
  });

  test('a pooler has its own certificate, or that of the server', () => {
    const own = certificate({ ...RELOADED, commonName: undefined, dnsNames: ['pool.demo.svc'] }, { name: 'pool' });
    const brings = { authQuery: 'x', authQuerySecret: { name: 'login' } };
    expect(codesIn([...verified, own, pooler({ ...brings, clientTLSSecret: { name: 'pool' } }), client({ PGHOST: 'pool.demo.svc', ...FULL })])).toEqual([]);
    expect(codesIn([...verified, own, pooler(brings), client({ PGHOST: 'pool.demo.svc', ...FULL })])).toEqual(['PGTLS-B10']);
    expect(codesIn([...CA, server(['acid-db']), zalando({ tls: { secretName: 'server' } }), client({ PGHOST: 'acid-db-pooler', ...FULL })])).toEqual(['PGTLS-B10']);
  });

  test('PgBouncer of the operator verifies the server as well', () => {
    expect(found([...CA, server(['hippo-primary.demo.svc']), replication('_crunchyrepl'), crunchy(custom({ proxy: { pgBouncer: {} } }))])).toEqual(['PGTLS-B10 spec.proxy.pgBouncer']);
    const lax = crunchy(custom({ proxy: { pgBouncer: { config: { global: { server_tls_sslmode: 'verify-ca' } } } } }));
    expect(found([...CA, server(['hippo-primary.demo.svc']), replication('_crunchyrepl'), lax])).toEqual([]);
    const verifying = pooler({ parameters: { server_tls_sslmode: 'verify-full' }, authQuery: 'x', authQuerySecret: { name: 'login' } });
    expect(found([...CA, server(['db-rw.demo.svc']), cluster({ certificates: OF_SERVER }), verifying])).toEqual(['PGTLS-B10 spec.pgbouncer.parameters.server_tls_sslmode']);
    expect(found([...verified, verifying])).toEqual([]);
  });

  test.each<[string, string[], Record<string, string>, string[]]>([
    ['plaintext with a row that rejects it', ['hostnossl all all all reject'], { PGSSLMODE: 'disable' }, ['PGTLS-T17']],
    ['plaintext by the last row of the operator', [], { PGSSLMODE: 'disable' }, []],
    ['TLS with a row that rejects plaintext', ['hostnossl all all all reject'], { PGSSLMODE: 'require' }, []],
    ['another role', ['hostssl all other all scram-sha-256', 'host all all all reject'], { PGSSLMODE: 'require' }, ['PGTLS-T17']],
    ['a selector of pods', ['hostssl all all ${podselector:app} scram-sha-256', 'host all all all reject'], { PGSSLMODE: 'require' }, []],
    ['a row for certificates', ['hostssl all app all cert', 'hostnossl all all all reject'], { PGSSLMODE: 'require' }, ['PGTLS-T26']],
  ])('rows: %s', (_, pg_hba, variables, expected) => {
    expect(codesIn([withHba(...pg_hba), client({ PGHOST: 'db-rw', ...variables })])).toEqual(expected);
  });

  test('the rows of a database do not see clients of its pooler', () => {
    expect(codesIn([withHba('hostnossl all all all reject'), pooler(), client({ PGHOST: 'pool', PGSSLMODE: 'disable' })])).toEqual([]);
  });

  test('rows for LDAP that the operator makes are not visible', () => {
    expect(codesIn([cluster({ postgresql: { pg_hba: ['host all all all reject'], ldap: { server: 'x' } } }), client({ PGHOST: 'db-rw', PGSSLMODE: 'require' })])).toEqual([]);
  });
});
