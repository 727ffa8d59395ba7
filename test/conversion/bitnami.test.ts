import { App, Chart, Testing } from 'cdk8s';
import { BitnamiReport, Issuer, Postgres } from '../../src';
import { BITNAMI_VALUES, ConversionOutcome, convertBitnamiValues, programText } from '../../src/conversion';
import { readSettings } from '../../src/reading';

const VALUES = `
fullnameOverride: orders-db
auth: { existingSecret: orders-login, username: shop, database: shop }
tls: { enabled: true, certificatesSecret: orders-tls, certFilename: tls.crt, certKeyFilename: tls.key }
primary:
  extendedConfiguration: |
    max_connections = 200
  resources: { requests: { cpu: 500m, memory: 2Gi } }
  persistence: { size: 20Gi, storageClass: fast }
metrics: { enabled: true, serviceMonitor: { enabled: true, interval: 30s } }
`;
const ISSUER = { variable: 'issuer', statement: { variable: 'issuer', id: 'ca', make: 'Issuer.fromIssuerName', parameters: ['ca'] } };

const convert = (yaml: string, acknowledge: Readonly<Record<string, string>> = {}) => convertBitnamiValues(readSettings('values.yaml', yaml), { release: 'orders', namespace: 'shop', issuer: ISSUER }, acknowledge);

test('values with TLS become a program, which names what it is made of', () => {
  const { databases, faults, entries } = convert(VALUES);
  expect(faults).toEqual([]);
  const program = programText(databases);
  for (const part of [
    "const issuer = Issuer.fromIssuerName(chart, 'ca', 'ca');", "new Postgres(chart, 'orders-db', {", 'version: PostgresVersion.V17', 'sslMode: SslMode.REQUIRE', 'clientAuthMode: ClientAuthMode.SCRAM',
    'superuserAccess: SuperuserAccess.password()', 'tls: { issuer }', "storage: PostgresStorage.durable({ size: Size.gibibytes(20), storageClassName: 'fast' })", "parameters: { max_connections: '200' }",
    'PostgresMonitor.prometheus({ serviceMonitor: { interval: Duration.seconds(30) } })',
  ]) { expect(program).toContain(part); }
  const at = (field: string) => entries.find((entry) => entry.field === field);
  expect(at('tls.enabled')).toMatchObject({ outcome: ConversionOutcome.CHANGED, file: 'values.yaml', line: 4, note: expect.stringContaining('plaintext') as string });
  expect(at('tls.certificatesSecret')).toMatchObject({ outcome: ConversionOutcome.CHANGED, note: expect.stringContaining("'orders-tls' has no use") as string });
  expect(at('auth.enablePostgresUser')!.note).toBe("property 'superuserAccess': create the Secret orders-db-auth with the password at key 'password'; it is at key 'postgres-password' of the Secret 'orders-login'");
  expect(at('auth.username')!.note).toContain('addRole');
});

test('the construct has the name of the Service of the release', () => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const db = Postgres.fromBitnamiValues(chart, 'orders', VALUES.replace('fullnameOverride: orders-db', ''), { issuer: Issuer.fromIssuerName(chart, 'ca', 'ca') });
  expect(db.name).toBe('orders-postgresql');
  expect((Testing.synth(chart) as Array<{ readonly kind: string }>).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['StatefulSet', 'Certificate', 'ServiceMonitor']));
});

test('without values it is a database of 8Gi without TLS', () => {
  const program = programText(convert('').databases);
  expect(program).toContain('sslMode: SslMode.DISABLE');
  expect(program).toContain('PostgresStorage.durable({ size: Size.gibibytes(8) })');
});

test.each([
  ['tls: { enabeld: true }', "[values.yaml:1:8] values: tls.enabeld is not a field of Bitnami's chart postgresql 17.1.0; did you mean 'enabled'?"],
  ['tls: { enabled: "yes" }', "[values.yaml:1:8] values: tls.enabled is 'yes'; write true or false"],
  ['clusterDomain: "{{ .Values.global.domain }}"', '[values.yaml:1:1] values: clusterDomain is a template of Helm; write the value that helm template gives'],
  ['image: { tag: "17.6.0" }\nimage: {}', '[values.yaml:2:1] image occurs twice; merge the two'],
  ['[1]', '[values.yaml:1:1] the document is no mapping; give fields with values'],
  ['architecture: replication\nreadReplicas: { replicaCount: 2 }', "[values.yaml:1:1] values: architecture is not supported: read replicas: a database has one instance; standbys with failover are planned; change it, or acknowledge 'architecture' with a reason to leave it out"],
])('%s is refused', (yaml, fault) => {
  expect(convert(yaml).faults).toEqual([fault]);
});

test('TLS needs an issuer, and without one nothing is made', () => {
  expect(BitnamiReport.fromValues('tls: { enabled: true }').errors).toEqual(['[values.yaml:1:8] values: tls.enabled is true, and the chart names no issuer of cert-manager; set option issuer: it signs the certificate of the server']);
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  expect(() => Postgres.fromBitnamiValues(chart, 'orders', 'tls: { enabled: true }')).toThrow(/^\[shop\/orders\] Postgres\.fromBitnamiValues: \[values\.yaml:1:8\] /);
  expect(chart.node.children).toEqual([]);
});

test.each(['architecture: replication', 'ldap: { enabled: true, uri: "ldap://x" }', 'tls: { crlFilename: crl.pem }', 'primary: { pgHbaConfiguration: "local all all trust" }', 'backup: { enabled: true }'])('%s is left out once it is acknowledged', (yaml) => {
  const key = /^[\w]+: \{ (\w+)/.exec(yaml) === null ? 'architecture' : yaml.startsWith('backup') ? 'backup' : `${yaml.split(':')[0]!}.${/\{ (\w+)/.exec(yaml)![1]!}`;
  expect(convert(yaml).faults).toEqual([expect.stringContaining(`acknowledge '${key}'`)]);
  expect(convert(yaml, { [key]: 'a reason' }).faults).toEqual([]);
});

test('every value of the chart that is empty or null is accepted', () => {
  expect(Object.keys(BITNAMI_VALUES).length).toBeGreaterThan(150);
  expect(convert(Object.keys(BITNAMI_VALUES).filter((name) => !name.includes('.')).map((name) => `${name}: null`).join('\n')).faults).toEqual([]);
});
