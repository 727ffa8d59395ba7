import { App, Chart, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  AccessMethod, AccessRule, Certificate, CertificateAuthority, ClientAuthMode, ClientCertificateCheck, Issuer, IssuerSource, KeyUsage, Postgres,
  PostgresMonitor, PostgresProps, PostgresStorage, PostgresVersion, ServerNames, SslMode, SuperuserAccess, Validation,
} from '../../src';

const PROPS = { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }) };
const secured = (scope: Construct): PostgresProps => ({ ...PROPS, tls: { issuer: Issuer.fromIssuerName(scope, 'reference', 'ca') } });

function findings(fill: (chart: Chart) => void, namespace: string | undefined): string[] {
  const chart = new Chart(new App(), 'c', { namespace });
  fill(chart);
  return Validation.of(chart).findings().map(({ location: { path }, rule: { code }, message }) => `[${path}] ${code}: ${message}`);
}

// One cause, one finding: consequences of the cause have none.
test.each<[string, string, string | undefined, (chart: Chart) => void]>([
  ['a name with capitals', "[c/OrdersDb] PGTLS-P10: name 'OrdersDb' is not a DNS label", 'ns', (chart) => new Postgres(chart, 'OrdersDb', secured(chart))],
  ['a name with an umlaut', "[c/bücher] PGTLS-P10: name 'bücher' is not a DNS label", 'ns', (chart) => new Postgres(chart, 'bücher', secured(chart))],
  ['no namespace', '[c/db] PGTLS-P07: the chart has no namespace', undefined, (chart) => new Postgres(chart, 'db', secured(chart))],
  ['a namespace that cannot be', "[c/db] PGTLS-P07: namespace 'Team A' of the chart is not a DNS label", 'Team A', (chart) => new Postgres(chart, 'db', secured(chart))],
  ['a database declared twice', "[c/again] PGTLS-N02: StatefulSet 'db' in namespace 'ns' is declared twice, first at 'c/db', and so are", 'ns', (chart) => {
    new Postgres(chart, 'db', PROPS);
    new Postgres(chart, 'again', { ...PROPS, metadata: { name: 'db' } });
  }],
  ['a composite declared twice', "[c/two/db] PGTLS-N02: StatefulSet 'db' in namespace 'ns' is declared twice, first at 'c/one/db'", 'ns', (chart) => {
    for (const id of ['one', 'two']) { new Postgres(new Construct(chart, id), 'db', PROPS); }
  }],
  ['a CA with a name that cannot be', "[c/Orders CA/self-signed-issuer] PGTLS-N01: name 'Orders CA-selfsigned' of Issuer", 'ns', (chart) => new CertificateAuthority(chart, 'Orders CA')],
  ['a CA, a Certificate and an Issuer in a namespace that cannot be', "[c/ca/self-signed-issuer] PGTLS-N01: namespace 'Team A' of Issuer 'ca-selfsigned' is not a DNS label", 'Team A', (chart) => {
    new Certificate(chart, 'app', { issuer: new CertificateAuthority(chart, 'ca'), commonName: 'app' });
    new Issuer(chart, 'own', { source: IssuerSource.selfSigned() });
  }],
  ['databases and a CA in a namespace that cannot be', "[c/db] PGTLS-P07: namespace 'team_a' of the chart is not a DNS label", 'team_a', (chart) => {
    new Postgres(chart, 'db', { ...PROPS, tls: { issuer: new CertificateAuthority(chart, 'ca') } });
  }],
  ['a Certificate with a name that cannot be, and the Issuer that signs with its Secret', "[c/OrdersCa] PGTLS-N01: name 'OrdersCa' of Certificate", 'ns', (chart) => {
    const certificate = new Certificate(chart, 'OrdersCa', { issuer: Issuer.fromIssuerName(chart, 'reference', 'ca'), commonName: 'ca', isCa: true });
    new Issuer(chart, 'orders', { source: IssuerSource.ca(certificate) });
  }],
  ['a database with a name that cannot be, and the certificate of its application', '[c/OrdersDb] PGTLS-P10', 'ns', (chart) => {
    const { clientIssuer } = new Postgres(chart, 'OrdersDb', { ...secured(chart), superuserAccess: SuperuserAccess.certificate(), monitor: PostgresMonitor.prometheus() });
    new Certificate(chart, 'app', { issuer: clientIssuer!, commonName: 'app', usages: [KeyUsage.CLIENT_AUTH, KeyUsage.DIGITAL_SIGNATURE] });
  }],
  ['a Secret with a name that cannot be, and the pod that mounts it', "[c/db/server-cert] PGTLS-A01: secretName 'Server_Cert'", 'ns', (chart) => {
    const { tls } = secured(chart);
    new Postgres(chart, 'db', { ...PROPS, tls: { ...tls!, certificates: { server: { secretName: 'Server_Cert' } } } });
  }],
  ['a missing issuer', "[c/db] PGTLS-P01: sslMode 'verify-full' is set without tls", 'ns', (chart) => new Postgres(chart, 'db', {
    ...PROPS, sslMode: SslMode.VERIFY_FULL, clientAuthMode: ClientAuthMode.CERT, superuserAccess: SuperuserAccess.certificate(),
    clientCertificate: ClientCertificateCheck.VERIFY_FULL,
    accessRules: [AccessRule.hostssl({ method: AccessMethod.cert() })],
    monitor: PostgresMonitor.prometheus({ serviceMonitor: { clientCertificate: Certificate.fromSecretName(chart, 'scraper', 'scraper') } }),
  })],
  ['ephemeral storage of no size', '[c/db] PGTLS-P09: storage size 0Ki is not positive', 'ns', (chart) => new Postgres(chart, 'db', { ...PROPS, storage: PostgresStorage.ephemeral({ size: Size.mebibytes(0) }) })],
  ['ephemeral storage that holds no log', '[c/db] PGTLS-P91: storage: size 20Mi is too small', 'ns', (chart) => new Postgres(chart, 'db', {
    ...PROPS, storage: PostgresStorage.ephemeral({ size: Size.mebibytes(20) }), parameters: { max_wal_size: '64MB' },
  })],
  ['a server without a name', '[c/db] PGTLS-P51: tls.serverNames: the list of ServerNames.only is empty', 'ns', (chart) => new Postgres(chart, 'db', {
    ...PROPS, tls: { issuer: new CertificateAuthority(chart, 'ca'), serverNames: ServerNames.only([]) }, monitor: PostgresMonitor.prometheus(),
  })],
  ['a server with wildcards alone', '[c/db] PGTLS-P51: tls.serverNames contains only wildcards', 'ns', (chart) => new Postgres(chart, 'db', {
    ...PROPS, tls: { issuer: new CertificateAuthority(chart, 'ca'), serverNames: ServerNames.only(['*.pg.example']) }, monitor: PostgresMonitor.prometheus(),
  })],
  ['TLS that is switched off', "[c/db] PGTLS-P02: sslMode 'disable' is set together with tls", 'ns', (chart) => new Postgres(chart, 'db', {
    ...secured(chart), sslMode: SslMode.DISABLE, superuserAccess: SuperuserAccess.certificate(), accessRules: [AccessRule.hostssl({ method: AccessMethod.scram() })],
  })],
  ['an issuer reference by a name that cannot be', "[c/db/server-cert] PGTLS-A20: issuerRef names Issuer 'My CA'", 'ns',
    (chart) => new Postgres(chart, 'db', { ...PROPS, tls: { issuer: Issuer.fromIssuerName(chart, 'reference', 'My CA') } })],
  ['an issuer of a kind that does not exist', "[c/db/server-cert] PGTLS-A05: issuerRef kind 'Isuer'", 'ns', (chart) => new Postgres(chart, 'db', {
    ...PROPS, tls: { issuer: Issuer.fromExternalIssuer(chart, 'reference', { group: 'cert-manager.io', kind: 'Isuer', name: 'x' }) },
  })],
  ['an issuer of another namespace', "[c/db/server-cert] PGTLS-A06: issuerRef names Issuer 'ca', which is in namespace 'other'", 'ns', (chart) => {
    const ca = new CertificateAuthority(new Chart(chart.node.root as App, 'other', { namespace: 'other' }), 'ca');
    new Postgres(chart, 'db', { ...PROPS, tls: { issuer: ca }, monitor: PostgresMonitor.prometheus() });
  }],
  ...[0, -1, 13, 18.5, 19].map((major): [string, string, string, (chart: Chart) => void] => [
    `major ${major}`, `[c/db] PGTLS-P08: PostgreSQL ${major} is not a supported major`, 'ns',
    (chart) => new Postgres(chart, 'db', { ...secured(chart), version: PostgresVersion.of(major, `docker.io/library/postgres:${major}`) }),
  ]),
  ['storage of nothing', '[c/db] PGTLS-P09: storage size 0Ki', 'ns', (chart) => new Postgres(chart, 'db', { ...secured(chart), storage: PostgresStorage.durable({ size: Size.gibibytes(0) }) })],
  ['storage that holds no database', '[c/db] PGTLS-P88: storage: 1Mi is too small', 'ns', (chart) => new Postgres(chart, 'db', { ...secured(chart), storage: PostgresStorage.durable({ size: Size.mebibytes(1) }) })],
  ['a password in a Secret with a name that cannot be', "[c/db] PGTLS-A20: volume 'auth' names Secret 'Orders_Auth', which is not a DNS subdomain", 'ns',
    (chart) => new Postgres(chart, 'db', { ...secured(chart), superuserAccess: SuperuserAccess.password(Secret.fromSecretName(chart, 'auth', 'Orders_Auth')) })],
  ['a domain of the cluster that cannot be', "[c/db/server-cert] PGTLS-B07: dnsNames entry '*.db-pods.ns.svc.Cluster Local' has the label 'Cluster Local'", 'ns',
    (chart) => new Postgres(chart, 'db', { ...secured(chart), clusterDomain: 'Cluster Local', monitor: PostgresMonitor.prometheus() })],
  ['a database declared in two charts', "[d/db] PGTLS-N02: StatefulSet 'db' in namespace 'ns' is declared twice", 'ns', (chart) => {
    for (const scope of [chart, new Chart(chart.node.root as App, 'd', { namespace: 'ns' })]) { new Postgres(scope, 'db', { ...secured(scope), superuserAccess: SuperuserAccess.certificate(), monitor: PostgresMonitor.prometheus() }); }
  }],
])('%s', (_, wanted, namespace, fill) => {
  expect(findings(fill, namespace)).toEqual([expect.stringContaining(wanted)]);
});

test('a fault with another cause has its own finding', () => {
  const codes = findings((chart) => {
    new Postgres(chart, 'OrdersDb', { ...PROPS, parameters: { work_mem: 'lots' } });
    new CertificateAuthority(chart, 'Team CA');
  }, 'ns').map((line) => line.match(/PGTLS-\w+/)![0]);
  expect(codes.sort()).toEqual(['PGTLS-N01', 'PGTLS-P10', 'PGTLS-P23']);
});

test('two constructs with one name and no other relation have a finding each', () => {
  expect(findings((chart) => { for (const id of ['a', 'b', 'c']) { new CertificateAuthority(chart, id, { metadata: { name: 'ca' } }); } }, 'ns')).toEqual([
    expect.stringContaining('[c/b/self-signed-issuer] PGTLS-N02'), expect.stringContaining('[c/c/self-signed-issuer] PGTLS-N02'),
  ]);
});

// The other half: what only looks alike has a cause of its own.
test.each<[string, string[], (chart: Chart) => void]>([
  ['a reference by another wrong name', ['PGTLS-N01', 'PGTLS-A20'], (chart) => {
    new Issuer(chart, 'Own', { source: IssuerSource.selfSigned() });
    new Certificate(chart, 'app', { issuer: Issuer.fromIssuerName(chart, 'reference', 'Other'), commonName: 'app' });
  }],
  ['a wrong volume of another database', ['PGTLS-P88', 'PGTLS-P68'], (chart) => {
    new Postgres(chart, 'one', { ...PROPS, storage: PostgresStorage.durable({ size: Size.mebibytes(1) }) });
    new Postgres(chart, 'two', { ...PROPS, parameters: { max_wal_size: '1TB' } });
  }],
  ['a second name that no client matches, of another certificate', ['PGTLS-B07', 'PGTLS-B07'], (chart) => {
    const issuer = Issuer.fromIssuerName(chart, 'reference', 'ca');
    for (const id of ['a', 'b']) { new Certificate(chart, id, { issuer, dnsNames: [`${id}.*.com`] }); }
  }],
  ['two wrong references of one pod', ['PGTLS-A20', 'PGTLS-A20'], (chart) => new Postgres(chart, 'db', {
    ...PROPS, superuserAccess: SuperuserAccess.password(Secret.fromSecretName(chart, 'auth', 'Auth_1')), podTemplate: { imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'Pull_1')] },
  })],
])('%s has its own finding', (_, wanted, fill) => {
  expect(findings(fill, 'ns').map((line) => line.match(/PGTLS-\w+/)![0]).sort()).toEqual([...wanted].sort());
});
