import { findingsIn } from '../support/proofs';

const GOOD = {
  secretName: 'db-cert',
  issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
  commonName: 'db',
  dnsNames: ['db'],
  duration: '2160h0m0s',
  renewBefore: '720h0m0s',
  privateKey: { algorithm: 'ECDSA', size: 256 },
};

const codes = (change: object) => findingsIn([certificate({ ...GOOD, ...change })]).map(({ code }) => code);
const certificate = (spec: object) => ({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'db', namespace: 'demo' }, spec });

test('a sound certificate passes', () => {
  expect(codes({})).toEqual([]);
});

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-A01', { secretName: 'Db_Cert' }, { secretName: 'db.cert' }],
  ['PGTLS-A01', { secretName: '' }, { secretName: 'a'.repeat(253) }],
  ['PGTLS-A05', { issuerRef: { kind: 'Issuer', group: 'cert-manager.io' } }, { issuerRef: { name: 'ca' } }],
  ['PGTLS-A05', { issuerRef: { name: 'ca', kind: 'StepIssuer' } }, { issuerRef: { name: 'ca', kind: 'StepIssuer', group: 'certmanager.step.sm' } }],
  ['PGTLS-B01', { commonName: undefined, dnsNames: [] }, { commonName: undefined, dnsNames: [], ipAddresses: ['10.0.0.1'] }],
  ['PGTLS-B02', { commonName: 'x'.repeat(65) }, { commonName: 'x'.repeat(64) }],
  ['PGTLS-B02', { commonName: 'ä'.repeat(33) }, { commonName: 'ä'.repeat(32) }],
  ['PGTLS-B02', { commonName: undefined, literalSubject: `CN=${'x'.repeat(65)},O=a` }, { commonName: undefined, literalSubject: `CN=${'x'.repeat(64)},O=a` }],
  ['PGTLS-B03', { literalSubject: 'CN=db' }, { literalSubject: 'CN=db', commonName: undefined }],
  ['PGTLS-B04', { ipAddresses: ['10.0.0.256'] }, { ipAddresses: ['10.0.0.255', 'fd00::1'] }],
  ['PGTLS-B04', { ipAddresses: ['10.0.0.0/8'] }, { ipAddresses: ['::ffff:10.0.0.1'] }],
  ['PGTLS-B05', { emailAddresses: ['Orders <orders@example.com>'] }, { emailAddresses: ['orders@example.com'] }],
  ['PGTLS-B06', { uris: ['spiffe://exämple'] }, { uris: ['spiffe://example'] }],
  ['PGTLS-B07', { dnsNames: ['db_.*.com'] }, { dnsNames: ['*.db.com'] }],
  ['PGTLS-B08', { uris: ['HTTPS://db'] }, { uris: ['https://db'] }],
  ['PGTLS-B14', { otherNames: [{ oid: '1.2.x', utf8Value: 'a' }] }, { otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] }],
  ['PGTLS-B14', { otherNames: [{ oid: '1.2.3', utf8Value: '' }] }, { otherNames: [] }],
  ['PGTLS-C01', { privateKey: { algorithm: 'RSA', size: 1024 } }, { privateKey: { algorithm: 'RSA', size: 2048 } }],
  ['PGTLS-C01', { privateKey: { size: 8193 } }, { privateKey: { size: 8192 } }],
  ['PGTLS-C01', { privateKey: { algorithm: 'ECDSA', size: 512 } }, { privateKey: { algorithm: 'ECDSA', size: 521 } }],
  ['PGTLS-C02', { signatureAlgorithm: 'SHA256WithRSA' }, { signatureAlgorithm: 'ECDSAWithSHA256' }],
  ['PGTLS-C04', { additionalOutputFormats: [{ type: 'DER' }, { type: 'DER' }] }, { additionalOutputFormats: [{ type: 'DER' }, { type: 'CombinedPEM' }] }],
  ['PGTLS-C05', { keystores: { jks: { create: true } } }, { keystores: { jks: { create: true, passwordSecretRef: { name: 'p', key: 'k' } } } }],
  ['PGTLS-C05', { keystores: { pkcs12: { create: true, passwordSecretRef: { name: 'p' } } } }, { keystores: {} }],
  ['PGTLS-C05', { keystores: { pkcs12: { create: true, password: '' } } }, { keystores: { pkcs12: { create: true, password: 'x' } } }],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});
