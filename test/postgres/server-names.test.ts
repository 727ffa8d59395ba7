import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { publicName } from '../../examples/public-name';
import {
  AccessMethod, AccessRule, CertificateAuthority, ClientAuthMode, ClientCa, ClusterIssuer, Issuer, IssuerSource, Postgres, PostgresEndpoint,
  PostgresMonitor, PostgresProps, PostgresStorage, PostgresTls, PostgresVersion, ServerNames, SslMode, SuperuserAccess, TrustSource, Validation,
} from '../../src';
import { chartIn, Manifest, written } from '../support/tree';

function database(tls: (chart: Chart) => Partial<PostgresTls> = () => ({}), props: Partial<PostgresProps> = {}): { chart: Chart; db: Postgres } {
  const chart = chartIn();
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), tls: { issuer: new CertificateAuthority(chart, 'ca'), ...tls(chart) }, ...props,
  });
  return { chart, db };
}

const named = (serverNames: ServerNames, props: Partial<PostgresProps> = {}) => database(() => ({ serverNames }), props);
const serverCertificate = (chart: Chart): Manifest => written(chart, 'Certificate', 'db-server-cert').spec;
const podOf = (chart: Chart): Manifest => written(chart, 'StatefulSet').spec.template.spec;
const dataSource = (chart: Chart): string => podOf(chart).containers.find(({ name }: Manifest) => name === 'exporter').env[0].value;
const codes = (chart: Chart): string[] => Validation.of(chart).findings().map(({ rule: { code } }) => code);
const messages = (chart: Chart): string[] => Validation.of(chart).findings().map(({ rule: { code }, message }) => `${code}: ${message.split(';')[0]}`);

describe('the names of the server', () => {
  test('only these: nothing inside the cluster, and the first is the common name', () => {
    const { chart, db } = named(ServerNames.only(['pg.example.org', '198.51.100.7', '*.pg.example.org']));
    expect(serverCertificate(chart)).toMatchObject({ commonName: 'pg.example.org', dnsNames: ['*.pg.example.org', 'pg.example.org'], ipAddresses: ['198.51.100.7'] });
    expect(db.endpoint.socketAddress).toBe('pg.example.org:5432');
    expect(codes(chart)).toEqual([]);
  });

  test('also these: beside those inside the cluster, which the endpoint goes on to use', () => {
    const { chart, db } = named(ServerNames.also(['pg.example.org', '198.51.100.7']));
    const plain = serverCertificate(database().chart);
    const { commonName, dnsNames, ipAddresses } = serverCertificate(chart);
    expect(commonName).toBe('db');
    expect(dnsNames).toEqual([...plain.dnsNames, 'pg.example.org'].sort());
    expect(ipAddresses).toEqual([...plain.ipAddresses, '198.51.100.7'].sort());
    expect(db.endpoint.host).toBe('db.demo.svc.cluster.local');
  });

  test.each<[string, string[], string | undefined, string]>([
    ['a wildcard first', ['*.example.org', 'pg.example.org'], 'pg.example.org', 'pg.example.org:5432'],
    ['addresses alone', ['198.51.100.7'], undefined, '198.51.100.7:5432'],
    ['an address of the sixth version', ['2001:db8::7'], undefined, '[2001:db8::7]:5432'],
    ['a host too long for a common name', [`${'a'.repeat(60)}.example.org`, 'pg.example.org'], 'pg.example.org', `${'a'.repeat(60)}.example.org:5432`],
    ['an address first', ['198.51.100.7', 'pg.example.org'], 'pg.example.org', '198.51.100.7:5432'],
  ])('%s', (_, names, commonName, endpoint) => {
    const { chart, db } = named(ServerNames.only(names));
    expect(serverCertificate(chart).commonName).toBe(commonName);
    expect(db.endpoint.socketAddress).toBe(endpoint);
  });

  test.each<[string, (chart: Chart) => Partial<PostgresTls>, string]>([
    ['none at all', () => ({ serverNames: ServerNames.only([]) }), 'tls.serverNames: the list of ServerNames.only is empty'],
    ['wildcards alone', () => ({ serverNames: ServerNames.only(['*.a.example', '*.b.example']) }), "tls.serverNames contains only wildcards ('*.a.example', '*.b.example') and no host for endpoint"],
    [
      'names in two places',
      () => ({ serverNames: ServerNames.only(['pg.example.org']), certificates: { server: { dnsNames: ['b.example.org'], ipAddresses: ['198.51.100.7'] } } }),
      "tls.serverNames replaces all names with 'pg.example.org', but tls.certificates.server also has 'b.example.org', '198.51.100.7'",
    ],
  ])('%s is refused', (_, tls, message) => { expect(messages(database(tls).chart)).toContain(`PGTLS-P51: ${message}`); });

  test('an invalid name is refused as in any Certificate', () => {
    expect(codes(named(ServerNames.only(['pg.example.org:5432'])).chart)).toContain('PGTLS-B07');
    expect(codes(database(() => ({ certificates: { server: { dnsNames: ['198.51.100.7'] } } })).chart)).toContain('PGTLS-B07');
  });

  test('an endpoint has an address of the sixth version in brackets', () => {
    expect([new PostgresEndpoint('fd00::1', 5432).socketAddress, new PostgresEndpoint('pg', 1).socketAddress]).toEqual(['[fd00::1]:5432', 'pg:1']);
  });
});

describe('the exporter verifies the server by a name that is there', () => {
  const monitored = (serverNames: ServerNames) => named(serverNames, { monitor: PostgresMonitor.prometheus() }).chart;

  test('one that the hosts file of the pod leads to itself', () => {
    const chart = monitored(ServerNames.only(['*.example.org', 'pg.example.org', 'other.example.org']));
    expect(dataSource(chart)).toMatch(/^host=pg\.example\.org port=5432 sslmode=verify-full /);
    expect(podOf(chart).hostAliases).toEqual([{ ip: '127.0.0.1', hostnames: ['pg.example.org'] }]);
    expect(codes(chart)).toEqual([]);
  });

  test.each<[string, ServerNames]>([
    ['by default', ServerNames.also([])], ['beside others', ServerNames.also(['pg.example.org'])], ['among the only ones', ServerNames.only(['pg.example.org', '127.0.0.1'])],
  ])('the loopback address where it is there, %s', (_, names) => {
    const chart = monitored(names);
    expect(dataSource(chart)).toMatch(/^host=127\.0\.0\.1 /);
    expect(podOf(chart)).not.toHaveProperty('hostAliases');
    expect(codes(chart)).toEqual([]);
  });

  test('without an exporter no container of the pod needs one', () => {
    expect(podOf(named(ServerNames.only(['pg.example.org'])).chart)).not.toHaveProperty('hostAliases');
  });

  test('a certificate of addresses that are elsewhere is found', () => {
    expect(messages(monitored(ServerNames.only(['198.51.100.7'])))).toEqual([
      "PGTLS-B10: the client in container 'exporter' (DATA_SOURCE_NAME) connects to '127.0.0.1', which the server's Certificate 'db-server-cert' does not contain",
    ]);
  });
});

describe('host names that are published', () => {
  const HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';
  const annotated = (annotations: Record<string, string>, service = 'primary') => ({ services: { [service]: { annotations } }, monitor: PostgresMonitor.prometheus() });

  test.each<[string, Record<string, string>, string[]]>([
    ['external-dns', { [HOSTNAME]: 'pg.example.org, other.example.org.' }, ['other.example.org']],
    ['the other annotation of external-dns', { 'external-dns.alpha.kubernetes.io/internal-hostname': 'int.example.org' }, ['int.example.org']],
    ['kOps', { 'dns.alpha.kubernetes.io/external': 'kops.example.org', 'dns.alpha.kubernetes.io/internal': 'pg.example.org' }, ['kops.example.org']],
    ['annotations that publish no host', { 'example.org/hostname': 'else.example.org', 'external-dns.alpha.kubernetes.io/ttl': '60' }, []],
  ])('are compared with the certificate: %s', (_, annotations, missing) => {
    const found = messages(named(ServerNames.only(['pg.example.org']), annotated(annotations)).chart).filter((message) => message.startsWith('PGTLS-P49'));
    expect(found.map((message) => /publishes '(.*)',/.exec(message)![1])).toEqual(missing);
  });

  test('a published wildcard leads to each name below it, and one of them is enough', () => {
    expect(codes(named(ServerNames.also(['pg.example.org']), annotated({ [HOSTNAME]: '*.example.org' })).chart)).toEqual([]);
    expect(codes(named(ServerNames.also(['pg.example.net']), annotated({ [HOSTNAME]: '*.example.org' })).chart)).toEqual(['PGTLS-P49']);
  });

  test('a wildcard covers one label', () => {
    expect(codes(named(ServerNames.also(['*.example.org']), annotated({ [HOSTNAME]: 'pg.example.org' })).chart)).toEqual([]);
    expect(codes(named(ServerNames.also(['*.example.org']), annotated({ [HOSTNAME]: 'a.pg.example.org' })).chart)).toEqual(['PGTLS-P49']);
  });

  test('also where a patch has added them, or taken the name off the certificate', () => {
    const { chart, db } = named(ServerNames.also(['pg.example.org']), { services: { primary: { annotations: { [HOSTNAME]: 'pg.example.org' } } } });
    (db.node.findChild('service') as ApiObject).metadata.addAnnotation('external-dns.alpha.kubernetes.io/internal-hostname', 'late.example.org');
    expect(messages(chart)).toEqual(["PGTLS-P49: services: annotation 'external-dns.alpha.kubernetes.io/internal-hostname' publishes 'late.example.org', which is not in the server certificate"]);
    ApiObject.of(db.serverCertificate!).addJsonPatch(JsonPatch.replace('/spec/dnsNames', ['db.demo.svc.cluster.local']));
    expect(codes(chart)).toEqual(['PGTLS-P49', 'PGTLS-P49']);
  });

  test('those of the metrics are compared with the certificate of the exporter', () => {
    const props = annotated({ [HOSTNAME]: 'stats.example.org' }, 'stats');
    expect(codes(named(ServerNames.also(['stats.example.org']), props).chart)).toEqual(['PGTLS-P52']);
    expect(codes(database(() => ({ certificates: { metricsExporter: { dnsNames: ['stats.example.org'] } } }), props).chart)).toEqual([]);
  });

  test('a patch that takes the host of endpoint off the certificate is found', () => {
    const { chart, db } = named(ServerNames.only(['pg.example.org', 'b.example.org']));
    ApiObject.of(db.serverCertificate!).addJsonPatch(JsonPatch.replace('/spec/dnsNames', ['b.example.org']));
    expect(codes(chart)).toContain('PGTLS-P54');
  });
});

describe('a public CA asked for a default database: one finding', () => {
  const asked = (issuer: (chart: Chart) => PostgresTls['issuer'], tls: Partial<PostgresTls> = {}) =>
    messages(database((chart) => ({ issuer: issuer(chart), ...tls })).chart);
  const acme = (server: string) => (chart: Chart) => new Issuer(chart, 'acme', { source: IssuerSource.acme({ server, solvers: [] }) });

  test.each(['letsencrypt', 'letsencrypt-prod', 'team-lets-encrypt', 'letsencrypt-staging', 'zerossl', 'google-trust-services'])('%s, known by its name', (name) => {
    const found = asked((chart) => ClusterIssuer.fromClusterIssuerName(chart, 'issuer', name, { providesCaCertificate: false }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^PGTLS-E41: 14 names are not public/);
  });

  test('known by its server', () => {
    const found = asked(acme('https://acme.zerossl.com/v2/DV90')).filter((message) => !message.startsWith('PGTLS-I'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^PGTLS-B09: 14 names are not public .* but are requested from ZeroSSL$/);
  });

  test.each(['platform', 'acme-corp', 'outlets-encryption', 'sslcom', 'myzerossls'])('%s is not recognized as a public CA', (name) => {
    expect(asked((chart) => ClusterIssuer.fromClusterIssuerName(chart, 'issuer', name))).toEqual([]);
  });

  test('public names alone are what it signs', () => {
    expect(asked((chart) => ClusterIssuer.fromClusterIssuerName(chart, 'issuer', 'letsencrypt', { providesCaCertificate: false }), { serverNames: ServerNames.only(['pg.example.org']) })).toEqual([]);
  });

  test('the example has none, and its clients have a CA of their own', () => {
    const app = new App();
    const chart = publicName(app);
    expect(Validation.of(app).findings()).toEqual([]);
    expect(written(chart, 'Certificate', 'reports-client').spec.issuerRef.name).toBe('orders-db-client-ca');
    expect(written(chart, 'Certificate', 'orders-db-server-cert').spec).toMatchObject({ issuerRef: { name: 'letsencrypt' }, dnsNames: ['orders-db.example.com'] });
  });
});

describe('a root of ninety days below what trusts the copy of it', () => {
  const short = (chart: Chart, name = 'short') => ClientCa.shared(new CertificateAuthority(chart, name, { duration: Duration.days(90) }).issuer);
  const issued = (duration: number, renewBefore?: number, tls: (chart: Chart) => Partial<PostgresTls> = () => ({})) => codes(database((chart) => ({
    issuer: new CertificateAuthority(chart, 'root', { duration: Duration.days(duration), renewBefore: renewBefore === undefined ? undefined : Duration.days(renewBefore) }), ...tls(chart),
  })).chart);

  test.each<[string, () => string[], string[]]>([
    ['clients of the database', () => issued(90), ['PGTLS-D15']],
    ['clients, whose copy is always replaced in time', () => issued(180, 90), []],
    ['clients, whose copy is replaced in time if nothing is late', () => issued(120, 60), ['PGTLS-D11']],
    ['clients, whose server is renewed more often', () => issued(90, 45, () => ({ certificates: { server: { duration: Duration.days(60), renewBefore: Duration.days(20) } } })), ['PGTLS-D11']],
    ['nobody: clients find the root elsewhere', () => issued(90, 45, () => ({ trustedServerCas: TrustSource.fromConfigMapName('roots') })), ['PGTLS-D11']],
    ['clients that are sent to the same Secret by name', () => issued(90, 45, () => ({ trustedServerCas: TrustSource.fromSecretName('db-server-cert') })), ['PGTLS-D15']],
    ['a server of its clients', () => codes(database((chart) => ({ clientCa: short(chart) }), { superuserAccess: SuperuserAccess.certificate() }).chart), ['PGTLS-D15']],
    [
      'a server of clients in other namespaces, by the certificate that brings the CA',
      () => codes(database(() => ({ clientCa: ClientCa.clusterScoped({ duration: Duration.days(90), renewBefore: Duration.days(40) }) })).chart), ['PGTLS-D15'],
    ],
    [
      'Prometheus, of what the exporter shows', () => codes(database(() => ({ clientCa: ClientCa.dedicated({ duration: Duration.days(90) }) }), { monitor: PostgresMonitor.prometheus({ serviceMonitor: {} }) }).chart), ['PGTLS-D15'],
    ],
    [
      'no workload, of a certificate for client authentication only',
      () => codes(database(() => ({ clientCa: ClientCa.dedicated({ duration: Duration.days(90) }) }), { superuserAccess: SuperuserAccess.certificate() }).chart), ['PGTLS-D11'],
    ],
    ['the server too, where it has the CA from elsewhere', () => codes(database((chart) => ({ clientCa: short(chart), trustedClientCas: TrustSource.fromConfigMapName('roots') }), { superuserAccess: SuperuserAccess.certificate() }).chart), ['PGTLS-D11']],
  ])('%s', (_, found, expected) => { expect(found().filter((code) => code.startsWith('PGTLS-D'))).toEqual(expected); });

  test('says who trusts the copy', () => {
    const { chart } = database((all) => ({ issuer: new CertificateAuthority(all, 'root', { duration: Duration.days(90) }) }), { monitor: PostgresMonitor.prometheus() });
    expect(messages(chart)).toEqual([
      "PGTLS-D15: ca.crt in Secret 'db-server-cert' can be 1440h0m0s older than its root CA certificate, Certificate 'root', which is renewed 1080h0m0s before it expires",
    ]);
    for (const peer of ["the client in container 'exporter' (DATA_SOURCE_NAME) of StatefulSet 'db'", "volume 'server-ca' of StatefulSet 'db'", "every client of database 'db'"]) {
      expect(Validation.of(chart).findings()[0]!.message).toContain(peer);
    }
  });
});

describe('certificates are issued for those who use them', () => {
  const issuedFor = (tls: (chart: Chart) => Partial<PostgresTls>, props: Partial<PostgresProps> = {}): string[] => {
    const { chart } = database(tls, props);
    Validation.of(chart).acknowledge('PGTLS-E14', 'not the matter here');
    return chart.node.findAll().flatMap((construct) => (ApiObject.isApiObject(construct) && construct.kind === 'Certificate' ? [construct.name] : [])).filter((name) => name !== 'ca');
  };
  const metered = (chart: Chart) => ({ issuer: ClusterIssuer.fromClusterIssuerName(chart, 'vault', 'vault') });
  const passwords = { clientAuthMode: ClientAuthMode.SCRAM, superuserAccess: SuperuserAccess.password() };

  test.each<[string, string[], () => string[]]>([
    ['passwords alone', ['db-server-cert'], () => issuedFor(metered, passwords)],
    ['passwords, where TLS is only on offer', ['db-server-cert'], () => issuedFor(metered, { ...passwords, sslMode: SslMode.PREFER })],
    ['passwords with metrics: the exporter has no password', ['db-client-ca', 'db-metrics-exporter-cert', 'db-server-cert'], () => issuedFor(metered, { ...passwords, monitor: PostgresMonitor.prometheus() })],
    ['passwords and a shared CA that signed no client certificate', ['db-server-cert'], () => issuedFor((chart) => ({ ...metered(chart), clientCa: ClientCa.shared(ClusterIssuer.fromClusterIssuerName(chart, 'c', 'clients')) }), passwords)],
    ['certificates', ['db-client-ca', 'db-server-cert'], () => issuedFor(metered)],
    ['certificates, and an access rule that rejects every client with one', ['db-server-cert'], () => issuedFor(metered, { accessRules: [AccessRule.hostssl({ users: ['app'], method: AccessMethod.scram() }), AccessRule.host({ method: AccessMethod.reject() })] })],
    ['certificates, the superuser among them', ['db-client-ca', 'db-client-cert', 'db-server-cert'], () => issuedFor(metered, { superuserAccess: SuperuserAccess.certificate() })],
  ])('%s', (_, expected, issued) => { expect(issued().sort()).toEqual(expected); });

  test('without TLS there is none, with metrics or not', () => {
    const chart = chartIn();
    new Postgres(chart, 'db', { version: PostgresVersion.V17, storage: PostgresStorage.ephemeral(), sslMode: SslMode.DISABLE, monitor: PostgresMonitor.prometheus({ serviceMonitor: {}, alerts: {} }) });
    expect(chart.node.findAll().filter((construct) => ApiObject.isApiObject(construct) && construct.kind === 'Certificate')).toEqual([]);
    expect(codes(chart)).toEqual([]);
  });
});
