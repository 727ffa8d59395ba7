import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { App, Chart, Duration, Testing } from 'cdk8s';
import {
  Certificate, CertificateAuthority, CertificateAuthorityScope, ClientCa, ClusterIssuer, Issuer, IssuerSource, KeyUsage, Postgres, PostgresStorage,
  PostgresVersion, PrivateKey, SuperuserAccess, Validation,
} from '../../src';
import { LocalCertManager, type LocalSecret, parseCertificates } from '../local';
import { chartIn, refusal, written } from '../support/tree';

test('is a self-signed issuer, the CA\'s certificate and the issuer that signs with it, in the order of applying', () => {
  const chart = chartIn();
  const ca = new CertificateAuthority(chart, 'orders-ca');
  expect(Testing.synth(chart).map(({ kind, metadata, spec }) => [kind, metadata.name, Object.keys(spec)[0]])).toEqual([
    ['Issuer', 'orders-ca-selfsigned', 'selfSigned'],
    ['Certificate', 'orders-ca', 'commonName'],
    ['Issuer', 'orders-ca', 'ca'],
  ]);
  expect(ca.issuer).toMatchObject({ issuerName: 'orders-ca', issuerKind: 'Issuer', issuerNamespace: 'demo' });
});

test('has a long lifetime, a kept key and its own subject', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'orders-ca');
  expect(written(chart, 'Certificate').spec).toMatchObject({
    commonName: 'orders-ca CA',
    isCA: true,
    duration: '87600h0m0s',
    renewBefore: '8760h0m0s',
    issuerRef: { name: 'orders-ca-selfsigned', kind: 'Issuer' },
    privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Never' },
    secretName: 'orders-ca-key-pair',
  });
  expect(written(chart, 'Issuer', 'orders-ca').spec).toEqual({ ca: { secretName: 'orders-ca-key-pair' } });
});

test('is refused for a Certificate in another namespace, also where that has an Issuer of the same name', () => {
  const app = new App();
  const [one, other] = ['one', 'other'].map((namespace) => new Chart(app, namespace, { namespace }));
  const ca = new CertificateAuthority(one!, 'ca');
  new CertificateAuthority(other!, 'ca');
  new Certificate(other!, 'leaf', { issuer: ca, dnsNames: ['db.example.com'] });
  expect(Validation.of(app).findings().map(({ rule: { code }, location: { path } }) => [code, path])).toEqual([['PGTLS-A06', 'other/leaf']]);
});

test('allows overrides', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'ca', {
    metadata: { name: 'db' }, commonName: 'Orders Root', subject: { organizations: ['Orders'] }, duration: Duration.days(1000), renewBefore: Duration.days(100),
    privateKey: PrivateKey.rsa(4096), nameConstraints: { permitted: { dnsDomains: ['svc'] } },
  });
  expect(written(chart, 'Certificate', 'db').spec).toMatchObject({
    commonName: 'Orders Root', subject: { organizations: ['Orders'] }, duration: '24000h0m0s', renewBefore: '2400h0m0s',
    privateKey: { algorithm: 'RSA', size: 4096, rotationPolicy: 'Never' }, nameConstraints: { permitted: { dnsDomains: ['svc'] } },
  });
});

test('for every namespace, keeps its key pair where cert-manager looks for a ClusterIssuer\'s', () => {
  const chart = chartIn();
  const ca = new CertificateAuthority(chart, 'platform', { scope: CertificateAuthorityScope.cluster() });
  expect(Testing.synth(chart).map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
    ['ClusterIssuer', 'platform-selfsigned', undefined],
    ['Certificate', 'platform', 'cert-manager'],
    ['ClusterIssuer', 'platform', undefined],
  ]);
  expect(ca.issuer).toMatchObject({ issuerKind: 'ClusterIssuer', issuerNamespace: undefined });
  expect(ca.certificate).toBeInstanceOf(Certificate);
  expect(ca.certificate.secretNamespace).toBe('cert-manager');
});

test('for every namespace, with another cluster resource namespace', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'platform', { scope: CertificateAuthorityScope.cluster('pki') });
  expect(written(chart, 'Certificate').metadata.namespace).toBe('pki');
});

describe('for every namespace', () => {
  const { cluster } = CertificateAuthorityScope;

  test('keeps the key pair in clusterResourceNamespace of the app, and sets that where the CA has one of its own', () => {
    const chart = chartIn();
    Validation.of(chart).configure({ clusterResourceNamespace: 'pki' });
    new CertificateAuthority(chart, 'platform', { scope: cluster() });
    expect(written(chart, 'Certificate').metadata.namespace).toBe('pki');

    const another = chartIn();
    new CertificateAuthority(another, 'platform', { scope: cluster('pki') });
    new CertificateAuthority(another, 'billing', { scope: cluster() });
    expect(written(another, 'Certificate', 'billing').metadata.namespace).toBe('pki');
  });

  test('an app has one such namespace', () => {
    const chart = chartIn();
    new CertificateAuthority(chart, 'one', { scope: cluster('pki') });
    expect(() => new CertificateAuthority(chart, 'two', { scope: cluster('cert-manager') }))
      .toThrow("[chart/two] clusterResourceNamespace is configured twice: 'pki' and 'cert-manager'; set it once per app");
  });

  test('clusterResourceNamespace of a later configure applies, and the certificate in another namespace is found', () => {
    const chart = chartIn();
    new CertificateAuthority(chart, 'platform', { scope: cluster() });
    Validation.of(chart).configure({ clusterResourceNamespace: 'pki' });
    expect(codes(chart)).toEqual(['PGTLS-E02']);
  });
});

describe('an intermediate', () => {
  test('is signed by its parent and needs no self-signed issuer', () => {
    const chart = chartIn();
    const root = new CertificateAuthority(chart, 'root');
    const issuing = new CertificateAuthority(chart, 'issuing', { parent: root });
    expect(written(chart, 'Certificate', 'issuing').spec).toMatchObject({ isCA: true, commonName: 'issuing Intermediate CA', issuerRef: { name: 'root', kind: 'Issuer' } });
    expect(written(chart, 'Issuer', 'issuing').spec).toEqual({ ca: { secretName: 'issuing-key-pair' } });
    expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).not.toContain('Issuer/issuing-selfsigned');
    expect(issuing).toMatchObject({ issuerName: 'issuing', issuerKind: 'Issuer', issuerGroup: 'cert-manager.io', issuerNamespace: 'demo', providesCaCertificate: true });
  });

  test('has name constraints of its own', () => {
    const chart = chartIn();
    const root = new CertificateAuthority(chart, 'root');
    const issuing = new CertificateAuthority(chart, 'issuing', { parent: root, nameConstraints: { permitted: { dnsDomains: ['demo.svc'] } } });
    leaf(chart, issuing);
    expect(codes(chart)).toEqual([]);
    leaf(chart, issuing, { dnsNames: ['db.other.svc'] }, 'stray');
    expect(codes(chart)).toEqual(['PGTLS-E08']);
  });

  test('has a lifetime of at most the renewBefore of its parent, at every depth, and longer than that of a leaf', () => {
    const chart = chartIn();
    const chain = ['root', 'policy', 'issuing'].reduce<CertificateAuthority[]>((above, id) => [...above, new CertificateAuthority(chart, id, { parent: above.at(-1) })], []);
    expect(chain.map(({ duration, renewBefore }) => [duration.toDays(), renewBefore.toDays()])).toEqual([[3650, 365], [365, 180], [180, 90]]);
    leaf(chart, chain.at(-1)!);
    expect(codes(chart)).toEqual([]);
  });

  test('accepts the issuer of a CA, or any other, as parent', () => {
    const chart = chartIn();
    const short = new CertificateAuthority(chart, 'short', { duration: Duration.days(400) });
    expect(short.renewBefore.toDays()).toBe(200);
    expect(new CertificateAuthority(chart, 'below', { parent: short.issuer }).duration.toDays()).toBe(200);
    const platform = ClusterIssuer.fromClusterIssuerName(chart, 'platform', 'platform');
    expect(new CertificateAuthority(chart, 'team', { parent: platform }).duration.toDays()).toBe(365);
    expect(written(chart, 'Certificate', 'team').spec.issuerRef).toMatchObject({ name: 'platform', kind: 'ClusterIssuer' });
    expect(codes(chart)).toEqual([]);
  });

  test('lives no longer than what a parent of any class leaves, if that is known', () => {
    const chart = chartIn();
    const certificate = new Certificate(chart, 'root', {
      issuer: new Issuer(chart, 'self', { source: IssuerSource.selfSigned() }), commonName: 'root', isCa: true, duration: Duration.days(1000), renewBefore: Duration.days(120),
    });
    const root = new Issuer(chart, 'root-issuer', { source: IssuerSource.ca(certificate) });
    expect(new CertificateAuthority(chart, 'below', { parent: root }).duration.toDays()).toBe(120);
    const elsewhere = new Issuer(chart, 'elsewhere', { source: IssuerSource.ca(Certificate.fromSecretName(chart, 'pair', 'pair')) });
    expect(new CertificateAuthority(chart, 'above', { parent: elsewhere }).duration.toDays()).toBe(365);
    expect(codes(chart)).toEqual([]);
  });

  test('that outlives what its parent leaves is found', () => {
    const chart = chartIn();
    new CertificateAuthority(chart, 'long', { parent: new CertificateAuthority(chart, 'root'), duration: Duration.days(366) });
    expect(codes(chart)).toEqual(['PGTLS-D11']);
  });

  test('of a team hangs below a CA of the platform', () => {
    const app = new App();
    const platform = chartIn('platform', 'platform', app);
    const root = new CertificateAuthority(platform, 'platform', { scope: CertificateAuthorityScope.cluster('pki') });
    const policy = new CertificateAuthority(platform, 'policy', { parent: root, scope: CertificateAuthorityScope.cluster() });
    expect(policy.certificate.secretNamespace).toBe('pki');
    const team = chartIn('orders', 'team', app);
    const issuing = new CertificateAuthority(team, 'issuing', { parent: policy });
    expect(written(team, 'Certificate', 'issuing')).toMatchObject({ metadata: { namespace: 'orders' }, spec: { issuerRef: { name: 'policy', kind: 'ClusterIssuer' } } });
    leaf(team, issuing);
    expect(codes(team)).toEqual([]);
  });
});

test('servers and clients have CAs of their own below one root', () => {
  const chart = chartIn();
  const root = new CertificateAuthority(chart, 'root');
  const servers = new CertificateAuthority(chart, 'servers', { parent: root });
  const clients = new CertificateAuthority(chart, 'clients', { parent: root });
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18,
    storage: PostgresStorage.ephemeral(),
    tls: {
      issuer: servers,
      clientCa: ClientCa.shared(clients),
    },
    superuserAccess: SuperuserAccess.certificate(),
  });
  const issuers = Testing.synth(chart).filter(({ kind }) => kind === 'Certificate').map(({ metadata, spec }) => [metadata.name, spec.issuerRef.name]);
  expect(Object.fromEntries(issuers)).toMatchObject({ 'db-server-cert': 'servers', 'db-client-cert': 'clients', 'servers': 'root', 'clients': 'root' });
  expect(refusal(chart)).toBe('');
});

test('the name constraints of a CA must permit all names of a database', () => {
  const database = (...dnsDomains: string[]) => {
    const chart = chartIn();
    const issuer = new CertificateAuthority(chart, 'ca', { nameConstraints: { permitted: { dnsDomains, ipRanges: ['127.0.0.1/32', '::1/128'] } } });
    new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer } });
    return codes(chart);
  };
  // A name below `demo` is `db.demo`, which pods of other namespaces use.
  expect(database('db', 'db-pods', 'demo', 'demo.svc', 'demo.svc.cluster.local', 'localhost')).toEqual([]);
  expect(database('demo.svc')).toEqual(['PGTLS-E08']);
});

describe('issued certificates', () => {
  const chart = chartIn();
  const root = new CertificateAuthority(chart, 'root', { nameConstraints: { permitted: { dnsDomains: ['svc'] } } });
  const issuing = new CertificateAuthority(chart, 'issuing', { parent: root, nameConstraints: { permitted: { dnsDomains: ['demo.svc'] } } });
  leaf(chart, issuing);
  leaf(chart, issuing, { commonName: 'orders', dnsNames: undefined, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CLIENT_AUTH] }, 'client');
  const documents = Testing.synth(chart);
  const manager = new LocalCertManager(documents);
  beforeAll(() => manager.issueAll());

  test('a server shows its certificate with the intermediate, and the root is what to trust', () => {
    const { 'tls.crt': shown, 'ca.crt': trusted } = manager.secret('db').data;
    const [server, middle, ...rest] = parseCertificates(shown!);
    expect([server, middle].map((certificate) => certificate!.subject)).toEqual(['CN=db', 'CN=issuing Intermediate CA']);
    expect(rest).toEqual([]);
    const [top] = parseCertificates(trusted!);
    expect(top!.subject).toBe('CN=root CA');
    expect(server!.verify(middle!.publicKey) && middle!.verify(top!.publicKey) && top!.verify(top!.publicKey)).toBe(true);
    expect(Date.parse(server!.validTo)).toBeLessThan(Date.parse(middle!.validTo));
    expect(Date.parse(middle!.validTo)).toBeLessThan(Date.parse(top!.validTo));
  });

  test('server and client accept each other with the root as their only trust', async () => {
    const { 'ca.crt': trust } = manager.secret('root-key-pair').data;
    expect(await handshake(manager.secret('db'), manager.secret('client'), trust!)).toEqual({ server: undefined, client: 'CN=orders' });
  });

  test('a new certificate of the intermediate changes nothing for what was issued before', async () => {
    await manager.renew('issuing');
    const { 'ca.crt': trust } = manager.secret('root-key-pair').data;
    expect(await handshake(manager.secret('db'), manager.secret('client'), trust!)).toEqual({ server: undefined, client: 'CN=orders' });
  });

  test('OpenSSL rejects what the rules report', async () => {
    const { 'ca.crt': trust } = manager.secret('root-key-pair').data;
    const served = async (server: LocalSecret) => (await handshake(server, manager.secret('client'), trust!)).server;
    // PGTLS-E08, at the intermediate and at the root.
    expect(await served(await manager.issue('db', { dnsNames: ['db.demo.svc', 'db.other.svc'] }))).toBe('permitted subtree violation');
    expect(await served(await manager.issue('db', { dnsNames: ['db.demo.svc', 'localhost'] }))).toBe('permitted subtree violation');
    // PGTLS-D07 and D08: the intermediate that is presented has expired, with a kept or a new key.
    const ended = await manager.issue('issuing', { notBefore: new Date(Date.now() - 1000_000), notAfter: new Date(Date.now() - 1000) });
    expect(await served(await manager.issue('db', { ca: { ...ended, name: 'ended' } }))).toBe('certificate has expired');
    // PGTLS-E06.
    const limited = await manager.issue('issuing', { usages: ['cert sign', 'client auth'] });
    expect(await served(await manager.issue('db', { ca: limited }))).toBe('unsuitable certificate purpose');
    // PGTLS-E09.
    expect(await served(await manager.issue('db', { usages: ['digital signature', 'any'] }))).toBe('unsuitable certificate purpose');
    expect(await served(await manager.issue('db', { usages: ['content commitment', 'server auth'] }))).toBe('unsuitable certificate purpose');
  });
});

const codes = (chart: Chart) => [...new Set(Validation.of(chart).findings().map(({ rule: { code } }) => code))];

function leaf(chart: Chart, issuer: CertificateAuthority, props: object = {}, id = 'db') {
  return new Certificate(chart, id, {
    issuer, commonName: 'db', dnsNames: ['db.demo.svc'], usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.SERVER_AUTH], ...props,
  });
}

/** The result of verification at the client, and the name of the client at the server. */
async function handshake(server: LocalSecret, client: LocalSecret, trust: string): Promise<{ server: string | undefined; client: string | undefined }> {
  const pair = ({ data }: LocalSecret) => ({ cert: data['tls.crt'], key: data['tls.key'], ca: trust });
  const listener = createServer({ ...pair(server), requestCert: true, rejectUnauthorized: false });
  const known = new Promise<string | undefined>((resolve) => {
    listener.on('secureConnection', (socket) => resolve(socket.authorized ? socket.getPeerX509Certificate()?.subject : String(socket.authorizationError)));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const socket = connect({ ...pair(client), host: '127.0.0.1', port: (listener.address() as AddressInfo).port, servername: 'db.demo.svc' });
  try {
    // OpenSSL's words: not every error has a code in Node.
    const server = await once(socket, 'secureConnect').then(() => undefined, (error: Error) => error.message);
    return { server, client: server === undefined ? await known : undefined };
  } finally {
    socket.destroy();
    listener.close();
  }
}
