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
  ['PGTLS-D01', { duration: '90d' }, { duration: '2160h' }],
  ['PGTLS-D02', { duration: '59m59s', renewBefore: '5m' }, { duration: '1h', renewBefore: '5m' }],
  ['PGTLS-D03', { renewBefore: '4m59s' }, { renewBefore: '5m' }],
  ['PGTLS-D03', { duration: '1h', renewBefore: '1h' }, { duration: '1h', renewBefore: '59m' }],
  ['PGTLS-D03', { duration: undefined, renewBefore: '2160h' }, { duration: undefined, renewBefore: '2159h' }],
  ['PGTLS-D04', { renewBeforePercentage: 33 }, { renewBeforePercentage: 33, renewBefore: undefined }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 100 }, { renewBefore: undefined, renewBeforePercentage: 99 }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 5, duration: '1h' }, { renewBefore: undefined, renewBeforePercentage: 9, duration: '1h' }],
  ['PGTLS-D06', { renewal: {} }, { renewal: { policy: 'RenewBefore' } }],
  ['PGTLS-D06', { renewal: { policy: 'Disabled', windows: [window()] } }, { renewal: { policy: 'RenewBefore', windows: [window()] } }],
  ['PGTLS-D06', { renewal: { policy: 'RenewBefore', windows: [window({ windowDuration: '0s' })] } }, { renewal: { policy: 'Disabled' } }],
  ['PGTLS-D06', { renewal: { policy: 'RenewBefore', windows: [window({ cron: '@daily' })] } }, { renewal: { policy: 'RenewBefore', windows: [] } }],
  ['PGTLS-D06', { renewal: { policy: 'RenewBefore', windows: [window({ timezone: 'Mars/Base' })] } }, { renewal: { policy: 'RenewBefore', windows: [window({ timezone: 'Europe/Berlin' })] } }],
  ['PGTLS-D10', { revisionHistoryLimit: 0 }, { revisionHistoryLimit: 1 }],
  ['PGTLS-E04', { isCA: true, commonName: undefined }, { isCA: true, commonName: undefined, subject: { organizations: ['a'] } }],
  ['PGTLS-E07', { nameConstraints: { permitted: { dnsDomains: ['svc'] } } }, { isCA: true, nameConstraints: { permitted: { dnsDomains: ['svc'] } } }],
  ['PGTLS-E07', { isCA: true, nameConstraints: { permitted: {} } }, { isCA: true, nameConstraints: { excluded: { ipRanges: ['10.0.0.0/8'] } } }],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});

function window(change: object = {}) {
  return { cron: '0 3 * * *', windowDuration: '2h', ...change };
}
