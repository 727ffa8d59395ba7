import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createCa, LocalCertManager, parseCertificates, parseGoDuration } from './cert-manager';
import type { CertificateSpec, LocalSecret, Manifest } from './manifests';

const EC = { algorithm: 'ECDSA' };

function object(kind: string, name: string, spec: object): Manifest {
  return { apiVersion: 'cert-manager.io/v1', kind, metadata: { name }, spec } as Manifest;
}

function certificate(name: string, issuer: string, spec: Partial<CertificateSpec>): Manifest {
  return object('Certificate', name, { secretName: `${name}-secret`, issuerRef: { name: issuer }, privateKey: EC, ...spec });
}

const CA = [
  object('Issuer', 'root', { selfSigned: {} }),
  certificate('ca', 'root', { commonName: 'test ca', isCA: true, duration: '8760h', privateKey: { ...EC, rotationPolicy: 'Never' } }),
  object('Issuer', 'ca', { ca: { secretName: 'ca-secret' } }),
];

async function leafOf(spec: Partial<CertificateSpec>): Promise<{ secret: LocalSecret; leaf: X509Certificate; root: X509Certificate }> {
  const manager = new LocalCertManager([certificate('leaf', 'ca', spec), ...CA]);
  await manager.issueAll();
  const secret = manager.secret('leaf-secret');
  return { secret, leaf: new X509Certificate(secret.data['tls.crt']!), root: new X509Certificate(secret.data['ca.crt']!) };
}

test('issues CAs before what they sign, for every order of the documents', async () => {
  const { secret, leaf, root } = await leafOf({
    commonName: 'db',
    subject: { organizations: ['orders'], countries: ['DE'] },
    dnsNames: ['db.ns.svc', '*.db-pods.ns.svc'],
    ipAddresses: ['127.0.0.1', '::1'],
    uris: ['spiffe://cluster.local/ns/x'],
    emailAddresses: ['dba@example.com'],
    usages: ['digital signature', 'server auth'],
  });
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(leaf.checkIssued(root)).toBe(true);
  expect(leaf.subject).toBe('C=DE\nO=orders\nCN=db');
  expect(leaf.issuer).toBe('CN=test ca');
  expect(leaf.subjectAltName).toBe([
    'DNS:db.ns.svc', 'DNS:*.db-pods.ns.svc', 'email:dba@example.com', 'IP Address:127.0.0.1', 'IP Address:0:0:0:0:0:0:0:1',
    'URI:spiffe://cluster.local/ns/x',
  ].join(', '));
  expect(leaf.ca).toBe(false);
  expect(root.ca).toBe(true);
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(root.keyUsage).toBeUndefined();
  expect(leaf.checkPrivateKey(createPrivateKey(secret.data['tls.key']!))).toBe(true);
  expect(parseCertificates(secret.data['tls.crt']!)).toHaveLength(1);
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(2160 * 3_600_000);
  expect(Date.parse(root.validTo) - Date.parse(root.validFrom)).toBe(8760 * 3_600_000);
});

test.each([
  [{}, 'BEGIN RSA PRIVATE KEY', 'rsa'],
  [{ algorithm: 'RSA', encoding: 'PKCS8' }, 'BEGIN PRIVATE KEY', 'rsa'],
  [{ algorithm: 'ECDSA' }, 'BEGIN EC PRIVATE KEY', 'ec'],
  [{ algorithm: 'ECDSA', size: 521, encoding: 'PKCS8' }, 'BEGIN PRIVATE KEY', 'ec'],
  [{ algorithm: 'Ed25519', encoding: 'PKCS1' }, 'BEGIN PRIVATE KEY', 'ed25519'],
])('encodes a private key %j as %s', async (privateKey, header, type) => {
  const { secret, leaf } = await leafOf({ commonName: 'db', privateKey });
  expect(secret.data['tls.key']).toContain(`-----${header}-----`);
  const key = createPrivateKey(secret.data['tls.key']!);
  expect(key.asymmetricKeyType).toBe(type);
  expect(leaf.checkPrivateKey(key)).toBe(true);
});

test.each([
  [{ algorithm: 'ECDSA', size: 384 }, '06082a8648ce3d040303'],
  [{ algorithm: 'ECDSA', size: 521 }, '06082a8648ce3d040304'],
  [{ algorithm: 'RSA', size: 3072 }, '06092a864886f70d01010c'],
  [{ algorithm: 'Ed25519' }, '06032b6570'],
])('signs with what the key of the CA %j asks for', async (privateKey, oid) => {
  const ca = await createCa('platform', { privateKey });
  const manager = new LocalCertManager([certificate('leaf', 'elsewhere', { commonName: 'db' })]).registerCa('Issuer', 'elsewhere', ca);
  const [secret] = await manager.issueAll();
  const leaf = new X509Certificate(secret!.data['tls.crt']!);
  expect(leaf.verify(new X509Certificate(ca.data['tls.crt']!).publicKey)).toBe(true);
  // Once inside what is signed, once beside the signature.
  expect(leaf.raw.toString('hex').split(oid)).toHaveLength(3);
});

// Extensions as DER: the identifier, TRUE if critical, the value in an OCTET STRING.
test.each<[string, Partial<CertificateSpec>, string, boolean]>([
  ['the default usages are digital signature and key encipherment, critical', { commonName: 'x' }, '0603551d0f0101ff0404030205a0', true],
  ['without extended usages there is no such extension', { commonName: 'x' }, '0603551d25', false],
  ['extended usages are not critical', { commonName: 'x', usages: ['client auth'] }, '0603551d25040c300a06082b06010505070302', true],
  ['extended usages alone leave out the key usage', { commonName: 'x', usages: ['client auth'] }, '0603551d0f', false],
  ['a leaf has critical basicConstraints without CA', { commonName: 'x' }, '0603551d130101ff04023000', true],
  ['a CA has no path length', { commonName: 'x', isCA: true }, '0603551d130101ff040530030101ff', true],
  ['a CA may sign certificates', { commonName: 'x', isCA: true }, '0603551d0f0101ff0404030202a4', true],
  ['a leaf has no subject key identifier', { commonName: 'x' }, '0603551d0e', false],
  ['a CA has one', { commonName: 'x', isCA: true }, '0603551d0e', true],
  ['a leaf names the key of its CA', { commonName: 'x' }, '0603551d2304183016', true],
  ['names are critical for an empty subject', { dnsNames: ['a'] }, '0603551d110101ff04053003820161', true],
  ['names are not critical beside a subject', { commonName: 'x', dnsNames: ['a'] }, '0603551d1104053003820161', true],
  [
    'name constraints are those of the Certificate',
    { commonName: 'x', isCA: true, nameConstraints: { critical: true, permitted: { dnsDomains: ['a'], ipRanges: ['10.128.0.0/9'] } } },
    '0603551d1e0101ff04153013a0113003820161300a87080a800000ff800000',
    true,
  ],
])('%s', async (_, spec, der, present) => {
  const { leaf } = await leafOf(spec);
  expect(leaf.raw.toString('hex').includes(der)).toBe(present);
});

test('a literal subject is written most specific first', async () => {
  const { leaf } = await leafOf({ literalSubject: 'CN=db\\, the first,OU=a+OU=b,O=orders,C=DE' });
  expect(leaf.subject).toBe('C=DE\nO=orders\nOU=a + OU=b\nCN=db\\, the first');
});

test('a self-signed certificate is its own CA', async () => {
  const manager = new LocalCertManager([object('Issuer', 'self', { selfSigned: {} }), certificate('leaf', 'self', { commonName: 'x' })]);
  const [secret] = await manager.issueAll();
  expect(secret!.data['ca.crt']).toBe(secret!.data['tls.crt']);
});

test('an intermediate comes with the leaf, the root does not', async () => {
  const manager = new LocalCertManager([
    ...CA,
    certificate('intermediate', 'ca', { commonName: 'intermediate ca', isCA: true }),
    object('ClusterIssuer', 'below', { ca: { secretName: 'intermediate-secret' } }),
    certificate('leaf', 'below', { commonName: 'db', issuerRef: { kind: 'ClusterIssuer', name: 'below' } }),
  ]);
  await manager.issueAll();
  const { data } = manager.secret('leaf-secret');
  expect(parseCertificates(data['tls.crt']!).map(({ subject }) => subject)).toEqual(['CN=db', 'CN=intermediate ca']);
  expect(data['ca.crt']).toBe(manager.secret('ca-secret').data['tls.crt']);
});

test('where only an intermediate is known, it is the CA and part of the chain', async () => {
  const above = new LocalCertManager([...CA, certificate('intermediate', 'ca', { commonName: 'intermediate ca', isCA: true })]);
  await above.issueAll();
  const { 'ca.crt': _, ...data } = above.secret('intermediate-secret').data;
  const manager = new LocalCertManager(
    [object('Issuer', 'own', { ca: { secretName: 'own-ca' } }), certificate('leaf', 'own', { commonName: 'db' })], [{ name: 'own-ca', data }],
  );
  await manager.issueAll();
  const leaf = manager.secret('leaf-secret').data;
  expect(parseCertificates(leaf['ca.crt']!)[0]!.subject).toBe('CN=intermediate ca');
  expect(parseCertificates(leaf['tls.crt']!)).toHaveLength(2);
});

test('a renewal has a new serial number, and a new key unless the policy is Never', async () => {
  const manager = new LocalCertManager([
    ...CA,
    certificate('always', 'ca', { commonName: 'a' }),
    certificate('never', 'ca', { commonName: 'n', privateKey: { ...EC, rotationPolicy: 'Never' } }),
  ]);
  await manager.issueAll();
  for (const [name, sameKey] of [['always', false], ['never', true]] as const) {
    const before = manager.secret(`${name}-secret`);
    const after = await manager.renew(name);
    expect(manager.secret(`${name}-secret`)).toBe(after);
    expect(new X509Certificate(after.data['tls.crt']!).serialNumber).not.toBe(new X509Certificate(before.data['tls.crt']!).serialNumber);
    expect(after.data['tls.key'] === before.data['tls.key']).toBe(sameKey);
  }
});

test('a CA renewed with its old key still stands for older leaves', async () => {
  const manager = new LocalCertManager([...CA, certificate('leaf', 'ca', { commonName: 'db' })]);
  await manager.issueAll();
  const leaf = new X509Certificate(manager.secret('leaf-secret').data['tls.crt']!);
  const renewed = new X509Certificate((await manager.renew('ca')).data['tls.crt']!);
  expect(leaf.checkIssued(renewed) && leaf.verify(renewed.publicKey)).toBe(true);
});

test('issues what no Certificate asks for, and stores none of it', async () => {
  const manager = new LocalCertManager([...CA, certificate('leaf', 'ca', { commonName: 'db', usages: ['client auth'] })]);
  await manager.issueAll();
  const stored = manager.secret('leaf-secret');
  const root = new X509Certificate(stored.data['ca.crt']!);
  const rogue = new X509Certificate((await manager.issue('leaf', { commonName: 'mallory', usages: ['server auth'] })).data['tls.crt']!);
  expect([rogue.subject, rogue.keyUsage, rogue.verify(root.publicKey)]).toEqual(['CN=mallory', ['1.3.6.1.5.5.7.3.1'], true]);
  const expired = new X509Certificate((await manager.issue('leaf', { notBefore: new Date(0), notAfter: new Date(86_400_000) })).data['tls.crt']!);
  expect(expired.validTo).toBe('Jan  2 00:00:00 1970 GMT');
  const strange = await manager.issue('leaf', { ca: await createCa() });
  expect(new X509Certificate(strange.data['tls.crt']!).verify(root.publicKey)).toBe(false);
  expect(manager.secret('leaf-secret')).toBe(stored);
});

test('serial numbers are positive', async () => {
  const manager = new LocalCertManager([...CA, certificate('leaf', 'ca', { commonName: 'db' })]);
  await manager.issueAll();
  const serials = await Promise.all(Array.from({ length: 8 }, async () => parseCertificates((await manager.issue('leaf')).data['tls.crt']!)[0]!));
  serials.forEach(({ serialNumber }) => expect(serialNumber).toMatch(/^[0-9A-F]+$/));
});

test.each<[string, Manifest[], LocalSecret[], RegExp]>([
  ['an unknown issuer', [certificate('leaf', 'nowhere', {})], [], /Issuer\/nowhere is not among the documents/],
  ['an issuer of another type', [object('Issuer', 'acme', { acme: {} }), certificate('leaf', 'acme', {})], [], /neither selfSigned nor ca/],
  ['a missing CA', [object('Issuer', 'own', { ca: { secretName: 'gone' } }), certificate('leaf', 'own', {})], [], /no secret 'gone'/],
  [
    'certificates in a ring',
    [object('Issuer', 'own', { ca: { secretName: 'leaf-secret' } }), certificate('leaf', 'own', {})], [], /wait for each other: leaf/,
  ],
  ['an unknown usage', [...CA, certificate('leaf', 'ca', { usages: ['server-auth'] })], [], /unknown usage 'server-auth'/],
])('refuses %s', async (_, documents, secrets, message) => {
  await expect(new LocalCertManager(documents, secrets).issueAll()).rejects.toThrow(message);
});

test('refuses two Certificates for one Secret, and to sign with a leaf', async () => {
  const twice = [certificate('a', 'root', { secretName: 's' }), certificate('b', 'root', { secretName: 's' })];
  expect(() => new LocalCertManager(twice)).toThrow("two Certificates write the secret 's'");
  const manager = new LocalCertManager([...CA, certificate('leaf', 'ca', { commonName: 'db' })]);
  await manager.issueAll();
  await expect(manager.issue('leaf', { ca: manager.secret('leaf-secret') })).rejects.toThrow('certificate is not a CA');
});

test.each([['2160h0m0s', 7_776_000_000], ['1.5h', 5_400_000], ['1m30s', 90_000], ['250ms', 250]])('reads the duration %s', (text, expected) => {
  expect(parseGoDuration(text)).toBe(expected);
});
