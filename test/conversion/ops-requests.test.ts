import { stringify } from 'yaml';
import { convertKubeDb, programText } from '../../src/conversion';
import { readTexts } from '../../src/reading';

const DATABASE = (spec: Readonly<Record<string, unknown>> = {}) => stringify({
  apiVersion: 'kubedb.com/v1', kind: 'Postgres', metadata: { name: 'pg', namespace: 'demo' },
  spec: {
    version: '18.3', clientAuthMode: 'scram', deletionPolicy: 'Halt', storage: { resources: { requests: { storage: '1Gi' } } },
    tls: { issuerRef: { kind: 'Issuer', name: 'ca' }, certificates: [{ alias: 'server', dnsNames: ['a.example.com'], secretName: 'kept' }] }, ...spec,
  },
});
const WITHOUT_TLS = DATABASE({ tls: null });

const REQUEST = (type: string, spec: Readonly<Record<string, unknown>> = {}, name = 'change') => stringify({
  apiVersion: 'ops.kubedb.com/v1alpha1', kind: 'PostgresOpsRequest', metadata: { name, namespace: 'demo' }, spec: { type, databaseRef: { name: 'pg' }, ...spec },
});

const conversion = (database: string, ...requests: string[]) => convertKubeDb(readTexts([['db.yaml', database], ...requests.map((request, index): [string, string] => [`ops-${index}.yaml`, request])]));

/** The program of the database with the requests. */
function program(database: string, ...requests: string[]): string {
  const { faults, databases } = conversion(database, ...requests);
  expect(faults).toEqual([]);
  return programText(databases);
}

/** A request means the database that has these fields. */
test.each([
  ['TLS is added', WITHOUT_TLS, [REQUEST('ReconfigureTLS', { tls: { issuerRef: { kind: 'Issuer', name: 'ca' }, sslMode: 'verify-full', clientAuthMode: 'cert', certificates: [{ alias: 'client', subject: { organizations: ['o'] } }] } })],
    DATABASE({ clientAuthMode: 'cert', sslMode: 'verify-full', tls: { issuerRef: { kind: 'Issuer', name: 'ca' }, certificates: [{ alias: 'client', subject: { organizations: ['o'] } }] } })],
  ['the issuer is changed', DATABASE(), [REQUEST('ReconfigureTLS', { tls: { issuerRef: { kind: 'Issuer', name: 'next' } } })],
    DATABASE({ tls: { issuerRef: { kind: 'Issuer', name: 'next' }, certificates: [{ alias: 'server', dnsNames: ['a.example.com'], secretName: 'kept' }] } })],
  ['a certificate is changed, by its alias', DATABASE(), [REQUEST('ReconfigureTLS', { tls: { certificates: [{ alias: 'server', dnsNames: ['b.example.com'] }] } })],
    DATABASE({ tls: { issuerRef: { kind: 'Issuer', name: 'ca' }, certificates: [{ alias: 'server', dnsNames: ['b.example.com'], secretName: 'kept' }] } })],
  ['the modes are changed', DATABASE(), [REQUEST('ReconfigureTLS', { tls: { sslMode: 'require', clientAuthMode: 'cert' } })], DATABASE({ sslMode: 'require', clientAuthMode: 'cert' })],
  ['TLS is removed', DATABASE({ sslMode: 'verify-ca' }), [REQUEST('ReconfigureTLS', { tls: { remove: true } })], WITHOUT_TLS],
  ['TLS is removed, with another mode', DATABASE({ clientAuthMode: 'cert' }), [REQUEST('ReconfigureTLS', { tls: { remove: true, clientAuthMode: 'md5' } })], DATABASE({ tls: null, clientAuthMode: 'md5' })],
  ['certificates are renewed', DATABASE(), [REQUEST('ReconfigureTLS', { tls: { rotateCertificates: true } })], DATABASE()],
  ['a minor version', DATABASE(), [REQUEST('UpdateVersion', { updateVersion: { targetVersion: '18.4' } })], DATABASE({ version: '18.4' })],
  ['a larger volume', DATABASE(), [REQUEST('VolumeExpansion', { volumeExpansion: { mode: 'Online', postgres: '12Gi' } })], DATABASE({ storage: { resources: { requests: { storage: '12Gi' } } } })],
  ['resources', DATABASE(), [REQUEST('VerticalScaling', { verticalScaling: { postgres: { resources: { limits: { memory: '2Gi' } } } } })],
    DATABASE({ podTemplate: { spec: { containers: [{ name: 'postgres', resources: { limits: { memory: '2Gi' } } }] } } })],
  ['resources of a container that has some', DATABASE({ podTemplate: { spec: { containers: [{ name: 'exporter' }, { name: 'postgres', resources: { limits: { memory: '1Gi' } } }] } } }),
    [REQUEST('VerticalScaling', { verticalScaling: { postgres: { resources: { limits: { memory: '2Gi' } } } } })],
    DATABASE({ podTemplate: { spec: { containers: [{ name: 'exporter' }, { name: 'postgres', resources: { limits: { memory: '2Gi' } } }] } } })],
  ['resources of the exporter', DATABASE({ monitor: { agent: 'prometheus.io/operator' } }), [REQUEST('VerticalScaling', { verticalScaling: { exporter: { resources: { limits: { memory: '128Mi' } } } } })],
    DATABASE({ monitor: { agent: 'prometheus.io/operator', prometheus: { exporter: { resources: { limits: { memory: '128Mi' } } } } } })],
  ['parameters', DATABASE({ configuration: { inline: { 'user.conf': 'work_mem = 8MB' } } }), [REQUEST('Reconfigure', { configuration: { applyConfig: { 'user.conf': 'max_connections = 230' } } })],
    DATABASE({ configuration: { inline: { 'user.conf': 'max_connections = 230' } } })],
  ['no parameters', DATABASE({ configuration: { inline: { 'user.conf': 'work_mem = 8MB' } } }), [REQUEST('Reconfigure', { configuration: { removeCustomConfig: true } })], DATABASE()],
  ['a restart', DATABASE(), [REQUEST('Restart', { apply: 'Always', timeout: '3m' })], DATABASE()],
  ['one instance', DATABASE({ replicas: 3 }), [REQUEST('HorizontalScaling', { horizontalScaling: { replicas: 1 } })], DATABASE({ replicas: 1 })],
  ['several requests, in their order', DATABASE(), ['2Gi', '4Gi'].map((size) => REQUEST('VolumeExpansion', { volumeExpansion: { postgres: size } }, size.toLowerCase())), DATABASE({ storage: { resources: { requests: { storage: '4Gi' } } } })],
])('%s', (_, database, requests, expected) => {
  expect(program(database, ...requests)).toBe(program(expected));
  expect(program(expected)).toContain("new Postgres(chart, 'pg'");
});

test('parameters in a Secret of the input', () => {
  const secret = stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'conf', namespace: 'demo' }, stringData: { 'user.conf': 'max_connections = 120\n' } });
  const request = REQUEST('Reconfigure', { configuration: { configSecret: { name: 'conf' } } });
  expect(program(`${DATABASE()}---\n${secret}`, request)).toBe(program(DATABASE({ configuration: { inline: { 'user.conf': 'max_connections = 120' } } })));
});

test('what a request sets has its place in the request', () => {
  const request = REQUEST('HorizontalScaling', { horizontalScaling: { replicas: 3 } });
  expect(conversion(DATABASE(), request).faults).toEqual([expect.stringMatching(/^\[ops-0\.yaml:11:5\] Postgres pg: spec\.replicas is not supported: 3 instances/)]);
  expect(request.split('\n')[10]).toBe('    replicas: 3');
  const certificate = REQUEST('ReconfigureTLS', { tls: { certificates: [{ alias: 'client' }, { alias: 'server', duration: '90d' }] } });
  const { faults } = conversion(DATABASE(), certificate);
  const line = certificate.split('\n').findIndex((text) => text.includes('90d')) + 1;
  expect(faults).toEqual([expect.stringMatching(new RegExp(`^\\[ops-0\\.yaml:${line}:\\d+\\] Postgres pg: spec\\.tls\\.certificates\\[0\\]\\.duration is '90d'; `))]);
});

test('the report has what a request sets, and what has no effect', () => {
  const { entries } = conversion(DATABASE(), REQUEST('VolumeExpansion', { apply: 'Always', volumeExpansion: { mode: 'Online', postgres: '2Gi' } }));
  const ofRequest = entries.filter(({ object }) => object === 'PostgresOpsRequest change').map(({ field, outcome, note }) => [field, outcome, note]);
  expect(ofRequest).toEqual([
    ['spec.apply', 'changed in meaning', 'without effect: Kubernetes applies the manifest'],
    ['spec.volumeExpansion', 'changed in meaning', 'the size of the claim template: Kubernetes does not apply it to a claim that exists; enlarge the claim as docs/operations.md describes'],
    ['spec.volumeExpansion.postgres', 'taken over', 'sets spec.storage.resources.requests.storage of Postgres pg'],
  ]);
});

test.each([
  ['a new major version', REQUEST('UpdateVersion', { updateVersion: { targetVersion: '17.4' } }), 'spec.updateVersion.targetVersion is not supported: from PostgreSQL 18 to 17: a new major version takes a dump and a restore (docs/kubedb.md)'],
  ['a new password', REQUEST('RotateAuth'), 'spec.type is not supported: RotateAuth: the password is that of the Secret: change the Secret'],
  ['another class of storage', REQUEST('StorageMigration', { migration: { storageClassName: 'fast' } }), 'spec.type is not supported: StorageMigration: a volume claim keeps its StorageClass: move the data by dump and restore (docs/kubedb.md)'],
  ['an unknown type', REQUEST('Upgrade'), "spec.type is 'Upgrade'; use one of ReconfigureTLS, "],
  ['a type without its section', REQUEST('UpdateVersion'), 'spec.type is UpdateVersion without updateVersion; set spec.updateVersion'],
  ['a section of another type', REQUEST('Restart', { tls: { remove: true } }), 'spec.tls is not a field of a request of type Restart; remove it'],
  ['an unknown field', REQUEST('VolumeExpansion', { volumeExpansion: { postgre: '2Gi' } }), 'spec.volumeExpansion.postgre is not a field of this request; use postgres, mode'],
  ['a missing value', REQUEST('VolumeExpansion', { volumeExpansion: { mode: 'Online' } }), 'spec.volumeExpansion.postgres is missing; set it'],
  ['nodes', REQUEST('VerticalScaling', { verticalScaling: { postgres: { nodeSelectionPolicy: 'x', resources: {} } } }), 'spec.verticalScaling.postgres.nodeSelectionPolicy is not supported: where pods run: set nodeSelector and tolerations in property podTemplate'],
  ['removing TLS with certificates', REQUEST('ReconfigureTLS', { tls: { remove: true, clientAuthMode: 'cert' } }), 'spec.tls.remove with clientAuthMode cert; set clientAuthMode to scram, as KubeDB requires'],
  ['a text as flag', REQUEST('ReconfigureTLS', { tls: { remove: 'yes please' } }), 'spec.tls.remove is yes please; write true or false'],
  ['another value of apply', REQUEST('Restart', { apply: 'Now' }), 'spec.apply is Now; write one of IfReady, Always'],
])('%s is a fault with its place', (_, request, fault) => {
  const { faults } = conversion(DATABASE(), request);
  expect(faults).toEqual([expect.stringMatching(/^\[ops-0\.yaml:\d+:\d+\] PostgresOpsRequest change: /)]);
  expect(faults[0]).toContain(`PostgresOpsRequest change: ${fault}`);
});
