import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Duration, Lazy, Size, Testing } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-27';
import { receiverOf } from '../support/receivers';
import * as typed from '../../src';
import { ENTRIES } from '../../src/checks';
import { accessRows } from '../../src/postgres/features/access/access-rows';
import { describeShapes } from '../../tools/shapes';
import { REPOSITORY } from '../support/repository';
import { chartIn } from '../support/tree';

/** The package as plain JavaScript sees it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const library = typed as any;

const STORAGE = typed.PostgresStorage.ephemeral();

test('the shapes are those of the types', () => {
  expect(readFileSync(join(REPOSITORY, 'src/checks/shapes.ts'), 'utf8')).toBe(describeShapes());
});

/** Makes a database whose properties JSON or JavaScript has given. */
function database(chart: Chart, props: object): unknown {
  return new library.Postgres(chart, 'db', { version: typed.PostgresVersion.V18, storage: STORAGE, ...props });
}

function tls(chart: Chart, props: object): object {
  return { tls: { issuer: new typed.CertificateAuthority(chart, 'ca'), ...props } };
}

describe('properties of a database', () => {
  test.each<[string, (chart: Chart) => object]>([
    ["sslMode is 'VERIFY_FULL', not a value of SslMode; give one of 'disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full' (did you mean 'verify-full'?)",
      () => ({ sslMode: 'VERIFY_FULL' })],
    ["clientAuthMode is 'scram-sha-256', not a value of ClientAuthMode; give one of 'md5', 'scram', 'cert' (did you mean 'scram'?)", () => ({ clientAuthMode: 'scram-sha-256' })],
    ["clientCertificate is 'verify', not a value of ClientCertificateCheck; give one of 'verify-ca', 'verify-full'", () => ({ clientCertificate: 'verify' })],
    ['sslmode is not a property of PostgresProps; did you mean sslMode?', () => ({ sslmode: 'require' })],
    ['replicas is not a property of PostgresProps; its properties are metadata, version,', () => ({ replicas: 3 })],
    ["services.primary.type is 'Loadbalancer', not a value of PostgresServiceType; give one of 'ClusterIP', 'NodePort', 'LoadBalancer' (did you mean 'LoadBalancer'?)",
      () => ({ services: { primary: { type: 'Loadbalancer' } } })],
    ['services.standby is not a property of PostgresServices; its properties are primary, stats', () => ({ services: { standby: {} } })],
    ['services is a list of 1; give an object PostgresServices', () => ({ services: [{ type: 'NodePort' }] })],
    ["deletionPolicy is 'Retain', not a value of DeletionPolicy; give one of 'Halt', 'Delete'", () => ({ deletionPolicy: 'Retain' })],
    ["deletionPolicy is 'DoNotTerminate', not a value of DeletionPolicy; give one of 'Halt', 'Delete'", () => ({ deletionPolicy: 'DoNotTerminate' })],
    ["tls.minProtocolVersion is 'TLSv1.1', not a value of TlsProtocolVersion; give one of 'TLSv1.2', 'TLSv1.3'", (chart) => tls(chart, { minProtocolVersion: 'TLSv1.1' })],
    ['tls.certificates.Server is not a property of PostgresCertificates; did you mean server?', (chart) => tls(chart, { certificates: { Server: {} } })],
    ['tls.certificates.server.dnsName is not a property of PostgresCertificateOptions; did you mean dnsNames?', (chart) => tls(chart, { certificates: { server: { dnsName: ['a'] } } })],
    ["tls.certificates.server.privateKey is 'RSA'; give a PrivateKey, for example PrivateKey.rsa(), PrivateKey.ecdsa(), PrivateKey.ed25519()",
      (chart) => tls(chart, { certificates: { server: { privateKey: 'RSA' } } })],
    ['tls.certificates is a list of 1; give an object PostgresCertificates', (chart) => tls(chart, { certificates: [{ dnsNames: ['a'] }] })],
    ["tls.certificates.server.duration is '90d'; give a Duration, for example Duration.days(90) of cdk8s", (chart) => tls(chart, { certificates: { server: { duration: '90d' } } })],
    ["tls.issuer is 'ca'; give an IIssuer, for example a CertificateAuthority", () => ({ tls: { issuer: 'ca' } })],
    ['tls.issuer is missing; give an IIssuer', () => ({ tls: {} })],
    ["tls.clientCa is 'shared'; give a ClientCa, for example ClientCa.dedicated(), ClientCa.clusterScoped(), ClientCa.shared()", (chart) => tls(chart, { clientCa: 'shared' })],
    ['podTemplate.imagePullSecrets[0] is a string; give an ISecret, for example Secret.fromSecretName() of cdk8s-plus', () => ({ podTemplate: { imagePullSecrets: ['regcred'] } })],
    ['podTemplate.imagePullSecrets[0] is the construct chart/map (', (chart) => ({ podTemplate: { imagePullSecrets: [new ConfigMap(chart, 'map')] } })],
    ['podTemplate.tolerations is an object without properties; give a list', () => ({ podTemplate: { tolerations: {} } })],
    ['podTemplate.volumeMounts[0].mountPath is missing; give a string', () => ({ podTemplate: { volumeMounts: [{ name: 'x' }] } })],
    ["init.scripts is 'CREATE ROLE x'; give an InitScripts, for example InitScripts.fromConfigMap(), InitScripts.fromSecret()", () => ({ init: { scripts: 'CREATE ROLE x' } })],
    ['authSecret is not a property of PostgresProps', () => ({ authSecret: 'pw' })],
    ["superuserAccess is 'local'; give a SuperuserAccess, for example SuperuserAccess.local()", () => ({ superuserAccess: 'local' })],
    ['parameters.max_connections is 100; give a string', () => ({ parameters: { max_connections: 100 } })],
    ["resources.memory.limit is '1Gi'; give a Size, for example Size.gibibytes(10) of cdk8s", () => ({ resources: { memory: { limit: '1Gi' } } })],
    ['resources.memroy is not a property of ContainerResources; did you mean memory?', () => ({ resources: { memroy: {} } })],
    ['podTemplate.volumes[0] is the construct chart/map (ConfigMap); give an object Volume with name, or an IStorage, for example Volume.fromConfigMap() of cdk8s-plus',
      (chart) => ({ podTemplate: { volumes: [new ConfigMap(chart, 'map')] } })],
    ['podTemplate.volumes[0].name is missing; give a string', () => ({ podTemplate: { volumes: [{ emptyDir: {} }] } })],
    ['network is an object with policy; give a PostgresNetwork, for example PostgresNetwork.restricted(), PostgresNetwork.unrestricted()', () => ({ network: { policy: false } })],
    ['monitor is an object without properties; give a PostgresMonitor, for example PostgresMonitor.prometheus()', () => ({ monitor: {} })],
    ['version is missing; give a PostgresVersion, for example PostgresVersion.V14', () => ({ version: undefined })],
    ['version is an object with major, image; give a PostgresVersion', () => ({ version: { major: 18, image: 'postgres:18' } })],
    ['version is 18; give a PostgresVersion', () => ({ version: 18 })],
    ['storage is an object with size; give a PostgresStorage, for example PostgresStorage.durable(), PostgresStorage.ephemeral()', () => ({ storage: { size: Size.gibibytes(1) } })],
    ['storage is the function durable; give a PostgresStorage', () => ({ storage: typed.PostgresStorage.durable })],
    ['storage is the class PostgresStorage; give a PostgresStorage', () => ({ storage: typed.PostgresStorage })],
    ['storage is an instance of HugePages; give a PostgresStorage', () => ({ storage: typed.HugePages.of2Mi(Size.gibibytes(1)) })],
    ['metadata.name is null; give a string', () => ({ metadata: { name: null } })],
    ['metadata.finalizers is not a property of CommonMetadata; its properties are name, labels, annotations', () => ({ metadata: { finalizers: ['x'] } })],
    ['metadata.name is a lazy value, which is not supported; give a string', () => ({ metadata: { name: Lazy.any({ produce: () => 'db' }) } })],
    ['init.dataChecksums is \'no\'; give a boolean', () => ({ init: { dataChecksums: 'no' } })],
  ])('%s', (message, props) => {
    const chart = chartIn();
    expect(() => database(chart, props(chart))).toThrow(`[chart/db] ${message}`);
    expect(chart.node.tryFindChild('db')).toBeUndefined();
  });

  test('are refused all at once', () => {
    expect(() => database(chartIn(), { sslmode: 'require', metadata: { name: 5 }, tls: { issuer: null } })).toThrow(
      '[chart/db] 3 arguments are wrong:\n- sslmode is not a property of PostgresProps; did you mean sslMode?\n- metadata.name is 5; give a string\n- tls.issuer is null; give an IIssuer',
    );
  });
});

describe('arguments of other entries', () => {
  test.each<[string, (chart: Chart) => unknown]>([
    ['PostgresStorage.durable: options is missing; give an object DurableStorageOptions with size', () => library.PostgresStorage.durable()],
    ["PostgresStorage.durable: size is '10Gi'; give a Size, for example Size.gibibytes(10) of cdk8s", () => library.PostgresStorage.durable({ size: '10Gi' })],
    ['PostgresStorage.durable: size is missing; give a Size', () => library.PostgresStorage.durable({})],
    ["PostgresStorage.durable: accessMode is 'RWO', not a value of PersistentVolumeAccessMode; give one of 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod' (did you mean 'ReadWriteOnce'?)",
      () => library.PostgresStorage.durable({ size: Size.gibibytes(1), accessMode: 'RWO' })],
    ['PostgresStorage.durable: wal.size is missing; give a Size', () => library.PostgresStorage.durable({ size: Size.gibibytes(1), wal: {} })],
    ["PostgresNetwork.restricted: clients[0] is 'app'; give a NetworkPeer, for example NetworkPeer.sameNamespace(), NetworkPeer.pods(), NetworkPeer.namespaces(), NetworkPeer.podsInNamespaces(), NetworkPeer.anywhere(), "
      + 'or an INetworkPeer, for example a Deployment, Pods.select(), Namespaces.select() or NetworkPolicyIpBlock.ipv4() of cdk8s-plus', () => library.PostgresNetwork.restricted({ clients: ['app'] })],
    ['PostgresNetwork.restricted: clients[0] is the construct chart/map (ConfigMap); give a NetworkPeer, for example NetworkPeer.sameNamespace()',
      (chart) => library.PostgresNetwork.restricted({ clients: [new ConfigMap(chart, 'map')] })],
    ['PostgresNetwork.restricted: egress[0].to is an object with podSelector; give a NetworkPeer', () => library.PostgresNetwork.restricted({ egress: [{ to: { podSelector: {} } }] })],
    ['PostgresNetwork.restricted: dnsPorts[0] is NaN; give a finite number', () => library.PostgresNetwork.restricted({ dnsPorts: [NaN] })],
    ['PostgresNetwork.unrestricted: clients is not a property of UnrestrictedNetworkOptions', () => library.PostgresNetwork.unrestricted({ clients: [typed.NetworkPeer.sameNamespace()] })],
    ["PostgresMonitor.prometheus: serviceMonitor.interval is '30s'; give a Duration", () => library.PostgresMonitor.prometheus({ serviceMonitor: { interval: '30s' } })],
    ["PostgresVersion.of: major is '18'; give a finite number", () => library.PostgresVersion.of('18', 'postgres:18')],
    ["AccessRule.hostssl: method is 'cert'; give an AccessMethod, for example AccessMethod.cert(), AccessMethod.scram(), AccessMethod.md5(), AccessMethod.reject()",
      () => library.AccessRule.hostssl({ method: 'cert' })],
    ["AccessRule.hostssl: users is 'orders'; give a list, each item a string", () => library.AccessRule.hostssl({ users: 'orders', method: typed.AccessMethod.cert() })],
    ["[chart/ca] parent is 'root'; give an IIssuer", (chart) => new library.CertificateAuthority(chart, 'ca', { parent: 'root' })],
    ["[chart/ca] scope is 'cluster'; give a CertificateAuthorityScope, for example CertificateAuthorityScope.namespaced()", (chart) => new library.CertificateAuthority(chart, 'ca', { scope: 'cluster' })],
    ['[chart/issuer] source is an object with ca; give an IssuerSource, for example IssuerSource.selfSigned()', (chart) => new library.Issuer(chart, 'issuer', { source: { ca: {} } })],
    ['[chart/issuer] source is missing; give an IssuerSource', (chart) => new library.ClusterIssuer(chart, 'issuer', {})],
    ['[chart/shared] issuerName is 5; give a string', (chart) => library.Issuer.fromIssuerName(chart, 'shared', 5)],
    ['[chart/bundle] sources[0] is undefined; give a TrustBundleSource', (chart) => new library.TrustBundle(chart, 'bundle', { sources: [undefined] })],
    ["[chart/policies] issuers[0] is 'ca'; give an IIssuer", (chart) => new library.CertificateRequestPolicies(chart, 'policies', { issuers: ['ca'] })],
    ['[chart/roll] 4 arguments are wrong:\n- from is missing; give a TrustedCa', (chart) => new library.CaRotation(chart, 'roll', { stage: 'both' })],
    ["usages[0] is 'server-auth', not a value of KeyUsage; give one of", (chart) => new library.Certificate(chart, 'c', { issuer: new typed.CertificateAuthority(chart, 'ca'), usages: ['server-auth'] })],
    ["[chart] Validation.configure: certManagerVersion is '1.21'; give a CertManagerVersion", (chart) => { library.Validation.of(chart).configure({ certManagerVersion: '1.21' }); }],
    ['[chart] Validation.configure: warningAsErrors is not a property of ValidationOptions; did you mean warningsAsErrors?', (chart) => { library.Validation.of(chart).configure({ warningAsErrors: true }); }],
    ['[chart] Validation.acknowledge: reason is missing; give a string', (chart) => { library.Validation.of(chart).acknowledge('PGTLS-P20'); }],
    ["Validation.of: construct is 'db'; give a construct", () => library.Validation.of('db').findings()],
    ["Manifests.fromFiles: files is 'a.yaml'; give a list, each item a string", () => library.Manifests.fromFiles('a.yaml').validate()],
    ['VaultAuth.token: token is a string; give an object SecretValue with secret, key', () => library.VaultAuth.token('s.secret')],
    ['AcmeSolver.dns01: provider is an instance of VaultAuth; give a Dns01Provider',
      (chart) => library.AcmeSolver.dns01(typed.VaultAuth.token({ secret: Secret.fromSecretName(chart, 's', 's'), key: 'token' }))],
    ['HugePages.of2Mi: amount is an instance of Duration; give a Size', () => library.HugePages.of2Mi(Duration.days(1))],
    ["PrivateKey.rsa: encoding is 'pkcs8', not a value of PrivateKeyEncoding; give one of 'PKCS1', 'PKCS8' (did you mean 'PKCS8'?)", () => library.PrivateKey.rsa(2048, { encoding: 'pkcs8' })],
    ['Postgres: 3 arguments are wrong:\n- scope is missing; give a construct\n- id is missing; give a string\n- props is missing; give an object PostgresProps with version, storage',
      () => new library.Postgres()],
    ['[OrdersDb] scope is the construct (App), which is not in a chart; give a Chart, or a construct in one',
      (chart) => new library.Postgres(chart.node.root, 'OrdersDb', { version: typed.PostgresVersion.V18, storage: STORAGE })],
    ['[chart] id is empty; give a construct id', (chart) => new library.CertificateAuthority(chart, '')],
    ['CertificateAuthority: scope is an instance of Chart; give a construct', () => new library.CertificateAuthority(Object.create(Chart.prototype), 'ca')],
    ['VaultAuth.clientCertificate: options is an instance of Map; give an object VaultClientCertificateOptions', () => library.VaultAuth.clientCertificate(new Map([['role', 'a']]))],
    ['AccessMethod.cert: options is an instance of Date; give an object CertMethodOptions', () => library.AccessMethod.cert(new Date(0))],
    ['Dns01Provider.webhook: config.since is an instance of Date, which a manifest cannot contain; give strings, finite numbers',
      () => library.Dns01Provider.webhook({ groupName: 'a.example.com', solverName: 'a', config: { since: new Date(0) } })],
    ["/no/such' does not exist; use an existing one, or CommittedManifests.none()", () => typed.CommittedManifests.fromFolder('no/such')],
    ["/no/such' does not exist; use an existing one, or CommittedManifests.none()", () => typed.CommittedManifests.fromGit('no/such')],
  ])('%s', (message, action) => {
    const chart = chartIn();
    expect(() => action(chart)).toThrow(message);
  });

  test.each(Object.keys(ENTRIES))('%s checks what it gets', (entry) => {
    const [owner = '', method] = entry.split(/[.#]/);
    const strange = Symbol('strange');
    const call = () => (method === undefined ? new library[owner](strange, strange, strange) : entry.includes('#')
      ? (receiverOf(owner) as Record<string, (...given: unknown[]) => unknown>)[method]!(strange, strange) : library[owner][method](strange, strange, strange, strange));
    expect(call).toThrow(/(is|are wrong:\n- \w+ is) Symbol\(strange\)/);
  });
});

test.each<[string, () => object]>([
  ['podTemplate.affinity.nodeAffinity.self is an object that contains itself, which a manifest cannot contain', () => {
    const nodeAffinity: Record<string, unknown> = {};
    return { podTemplate: { affinity: { nodeAffinity: Object.assign(nodeAffinity, { self: nodeAffinity }) } } };
  }],
  ['podTemplate.volumes[0].emptyDir.sizeLimit is a function, which a manifest cannot contain', () => ({ podTemplate: { volumes: [{ name: 'a', emptyDir: { sizeLimit: () => '1Gi' } }] } })],
  ['podTemplate.tolerations[0].since[1] is NaN, which a manifest cannot contain', () => ({ podTemplate: { tolerations: [{ since: [1, NaN] }] } })],
  ['storage is a PostgresStorage without _durableOptions, _sizeLimit, isDurable, from another release of its package or never constructed; give a PostgresStorage',
    () => ({ storage: Object.create(typed.PostgresStorage.prototype) as object })],
  ['init cannot be read (nothing today); give an object PostgresInit', () => ({ init: Object.defineProperty({}, 'encoding', { enumerable: true, get() { throw new Error('nothing today'); } }) })],
])('%s', (message, props) => {
  expect(() => database(chartIn(), props())).toThrow(`[chart/db] ${message}`);
});

test('objects without a prototype are written as any other', () => {
  const labels = Object.assign(Object.create(null) as object, { team: 'orders' });
  const chart = chartIn();
  new library.TrustBundle(chart, 'trust', { sources: [typed.TrustBundleSource.fromSecretName('ca', 'ca.crt')], namespaceLabels: labels });
  expect(Testing.synth(chart)[0].spec.target.namespaceSelector).toEqual({ matchLabels: { team: 'orders' } });
});

test('instances of another copy of the package are accepted by their name and members', () => {
  const PostgresStorage = class PostgresStorage { public _durableOptions = undefined; public _sizeLimit = undefined; public isDurable = false; };
  expect(() => database(chartIn(), { storage: new PostgresStorage() })).not.toThrow();
});

test('an unknown mode is refused and never becomes a weaker one', () => {
  const input = { clientAuthMode: typed.ClientAuthMode.SCRAM, superuser: typed.SuperuserAccess.local(), rules: [] };
  expect(() => accessRows({ ...input, sslMode: 'VERIFY_FULL' as typed.SslMode })).toThrow("sslMode 'VERIFY_FULL' does not exist; use one of disable, allow, prefer, require, verify-ca, verify-full");
  for (const sslMode of [typed.SslMode.REQUIRE, typed.SslMode.VERIFY_CA, typed.SslMode.VERIFY_FULL]) {
    for (const clientAuthMode of Object.values(typed.ClientAuthMode)) {
      expect(accessRows({ ...input, sslMode, clientAuthMode }).at(-1)?.row).toMatchObject({ type: 'host', method: 'reject', databases: ['all'], users: ['all'], address: 'all' });
    }
  }
});
