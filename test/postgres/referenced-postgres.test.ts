import { Chart, Size, Testing } from 'cdk8s';
import {
  CertificateAuthority, ClientAuthMode, ClusterIssuer, IPostgres, Issuer, Postgres, PostgresAttributes, PostgresEndpoint, PostgresStorage, PostgresTls,
  PostgresVersion, SslMode, SuperuserAccess, TrustSource,
} from '../../src';
import { chartIn } from '../support/tree';

const referenced = (attributes: Omit<PostgresAttributes, 'name'> = {}, chart = chartIn()): IPostgres =>
  Postgres.fromPostgresAttributes(chart, 'orders', { name: 'orders-db', ...attributes });

test('a referenced database has the defaults of a database with TLS, and writes nothing', () => {
  const chart = chartIn();
  expect(referenced({}, chart)).toMatchObject({
    name: 'orders-db', namespace: 'demo', sslMode: SslMode.VERIFY_FULL, clientAuthMode: ClientAuthMode.CERT,
    endpoint: { host: 'orders-db.demo.svc.cluster.local', port: 5432, socketAddress: 'orders-db.demo.svc.cluster.local:5432' },
    trustedServerCas: undefined, clientIssuer: undefined, authSecretName: undefined,
  });
  expect(Testing.synth(chart)).toEqual([]);
});

test('every attribute replaces its default', () => {
  const chart = chartIn();
  const attributes = {
    namespace: 'orders', endpoint: new PostgresEndpoint('pg.example.org', 6432), sslMode: SslMode.REQUIRE, clientAuthMode: ClientAuthMode.SCRAM,
    trustedServerCas: TrustSource.fromConfigMapName('roots'), clientIssuer: Issuer.fromIssuerName(chart, 'clients', 'orders-db-client-ca'), authSecretName: 'orders-auth',
  };
  const db = referenced(attributes, chart);
  for (const [name, value] of Object.entries(attributes)) { expect(db[name as keyof IPostgres]).toBe(value); }
});

test('the host follows from the namespace that is given; without any, it is the name of the Service', () => {
  expect(referenced({ namespace: 'orders' }).endpoint.host).toBe('orders-db.orders.svc.cluster.local');
  const { namespace, endpoint } = referenced({}, new Chart(Testing.app(), 'chart'));
  expect([namespace, endpoint.host]).toEqual([undefined, 'orders-db']);
});

test('without TLS clients authenticate by password', () => {
  expect(referenced({ sslMode: SslMode.DISABLE }).clientAuthMode).toBe(ClientAuthMode.SCRAM);
});

test('a name that no Service can have is refused, with the way to another host', () => {
  const chart = chartIn();
  expect(() => Postgres.fromPostgresAttributes(chart, 'orders', { name: 'pg.example.org' }))
    .toThrow("[chart/orders] name 'pg.example.org' is not a DNS label (lower-case letters, digits and inner hyphens); give the name of the database's Service, and other hosts as endpoint");
  expect(chart.node.tryFindChild('orders')).toBeUndefined();
});

test('a database of the app has the attributes by which another app refers to it', () => {
  const chart = chartIn();
  const db: IPostgres = new Postgres(chart, 'orders-db', {
    version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca') }, superuserAccess: SuperuserAccess.password(),
  });
  const other = referenced({
    trustedServerCas: TrustSource.fromSecretName('orders-db-server-cert'), clientIssuer: Issuer.fromIssuerName(chartIn(), 'clients', 'orders-db-client-ca'), authSecretName: 'orders-db-auth',
  });
  for (const attribute of ['name', 'namespace', 'endpoint', 'sslMode', 'clientAuthMode', 'trustedServerCas', 'authSecretName'] as const) { expect([attribute, db[attribute]]).toEqual([attribute, other[attribute]]); }
  expect(db.clientIssuer).toMatchObject({ issuerName: other.clientIssuer!.issuerName, issuerKind: 'Issuer', issuerNamespace: 'demo' });
});

describe('the CAs with which clients verify a server', () => {
  const cas = (tls?: (chart: Chart) => PostgresTls) => {
    const chart = chartIn();
    return new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), tls: tls?.(chart) }).trustedServerCas;
  };
  const acme = (chart: Chart) => ClusterIssuer.fromClusterIssuerName(chart, 'acme', 'acme', { providesCaCertificate: false });

  test.each<[string, ((chart: Chart) => PostgresTls) | undefined, object | undefined]>([
    ['none without TLS', undefined, undefined],
    ['none that the app knows, with a public CA', (chart) => ({ issuer: acme(chart) }), undefined],
    ['the bundle, with a public CA too', (chart) => ({ issuer: acme(chart), trustedServerCas: TrustSource.fromConfigMapName('roots', 'r.pem') }), { configMapName: 'roots', key: 'r.pem' }],
    ['ca.crt of the Secret that is named', (chart) => ({ issuer: new CertificateAuthority(chart, 'ca'), certificates: { server: { secretName: 'tls' } } }), { secretName: 'tls', key: 'ca.crt' }],
    ['ca.crt of the private CA that signs the server alone', (chart) => ({ issuer: acme(chart), certificates: { server: { issuer: new CertificateAuthority(chart, 'ca') } } }), { secretName: 'db-server-cert' }],
  ])('%s', (_, tls, expected) => {
    if (expected === undefined) { expect(cas(tls)).toBeUndefined(); } else { expect(cas(tls)).toMatchObject(expected); }
  });
});
