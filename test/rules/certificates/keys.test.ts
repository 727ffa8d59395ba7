import { certificate } from '../../fixtures';
import { codesOf } from '../../support/findings';

const codes = (change: object) => codesOf([certificate(change)]);
const DER = { additionalOutputFormats: [{ type: 'DER' }] };
const REF = { passwordSecretRef: { name: 'p', key: 'k' } };
const jks = (keystore: object) => ({ keystores: { jks: { create: true, ...keystore } } });
const pkcs12 = (keystore: object) => ({ keystores: { pkcs12: { create: true, profile: 'Modern2023', ...keystore } } });

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-C01', { privateKey: { algorithm: 'RSA', size: 2047 } }, { privateKey: { algorithm: 'RSA', size: 2048 } }],
  ['PGTLS-C01', { privateKey: { size: 8193 } }, { privateKey: { size: 3000 } }],
  ['PGTLS-C01', { privateKey: { algorithm: 'ECDSA', size: 512 } }, { privateKey: { algorithm: 'ECDSA', size: 521 } }],
  ['PGTLS-C01', { privateKey: { algorithm: 'ECDSA', size: 2048 } }, { privateKey: { algorithm: 'ECDSA', size: 0 } }],
  ['PGTLS-C02', { signatureAlgorithm: 'SHA256WithRSA' }, { signatureAlgorithm: 'ECDSAWithSHA512' }],
  ['PGTLS-C02', { privateKey: {}, signatureAlgorithm: 'PureEd25519' }, { privateKey: undefined, signatureAlgorithm: 'SHA384WithRSA' }],
  ['PGTLS-C03', { ...DER, privateKey: { algorithm: 'ECDSA', encoding: 'PKCS1' } }, { ...DER, privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8' } }],
  ['PGTLS-C03', { ...DER, privateKey: undefined }, { ...DER, privateKey: { algorithm: 'Ed25519' } }],
  ['PGTLS-C04', { additionalOutputFormats: [{ type: 'DER' }, { type: 'DER' }] }, { additionalOutputFormats: [{ type: 'DER' }, { type: 'CombinedPEM' }] }],
  ['PGTLS-C05', jks({}), jks(REF)],
  ['PGTLS-C05', jks({ password: 'x', ...REF }), { keystores: { jks: null } }],
  ['PGTLS-C05', jks({ create: false }), jks({ create: false, ...REF })],
  ['PGTLS-C05', pkcs12({ passwordSecretRef: { key: 'k' } }), { keystores: {} }],
  ['PGTLS-C05', pkcs12({ password: '' }), pkcs12(REF)],
  ['PGTLS-C09', { privateKey: { algorithm: 'Ed25519', size: 256 } }, { privateKey: { algorithm: 'Ed25519' } }],
  ['PGTLS-C10', { privateKey: { algorithm: 'RSA', size: 8192 } }, { privateKey: { algorithm: 'RSA', size: 4096 } }],
  ['PGTLS-C11', jks({ password: 'changeit' }), jks(REF)],
  ['PGTLS-C12', pkcs12({ ...REF, profile: undefined }), pkcs12({ ...REF, create: false, profile: undefined })],
  ['PGTLS-C12', pkcs12({ ...REF, profile: 'LegacyRC2' }), pkcs12({ ...REF, profile: 'LegacyDES' })],
  ['PGTLS-C13', pkcs12({ passwordSecretRef: { name: 'p' } }), pkcs12(REF)],
  ['PGTLS-C13', jks({ passwordSecretRef: { name: 'p', key: '' } }), jks({ passwordSecretRef: { name: 'p', key: '0' } })],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});

test('values unknown to cert-manager are reported once, by the schema', () => {
  expect(codes({ privateKey: { algorithm: 'DSA', size: 1024 }, signatureAlgorithm: 'SHA256WithRSA' })).toEqual(['PGTLS-A13']);
  expect(codes({ signatureAlgorithm: 'MD5' })).toEqual(['PGTLS-A13']);
});
