import * as fc from 'fast-check';
import type { ApiObject } from './api-server';
import { change, changes, GONE, STRUCTURE, type Change } from './change';
import { HOST, IPV4, IPV6, LABEL, ODD_DURATION, ODD_NAME } from './random-text';

export const KEY_USAGES = ['signing', 'digital signature', 'content commitment', 'key encipherment', 'key agreement', 'data encipherment', 'cert sign', 'crl sign', 'encipher only', 'decipher only'];
export const EXTENDED_USAGES = [
  'any', 'server auth', 'client auth', 'code signing', 'email protection', 's/mime', 'ipsec end system', 'ipsec tunnel', 'ipsec user', 'timestamping', 'ocsp signing',
  'microsoft sgc', 'netscape sgc',
];

const some = <T>(values: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> => fc.array(values, { minLength: 1, maxLength });
/** One of several groups of fields that belong together. */
const together = (...groups: fc.Arbitrary<object>[]): fc.Arbitrary<object> => fc.oneof(...groups);
const nothing = fc.constant({});

const LIFETIME = fc.tuple(fc.integer({ min: 1, max: 87_600 }), fc.integer({ min: 10, max: 90 }), fc.constantFrom('no', 'before', 'percentage')).map(([hours, percentage, renew]) => ({
  duration: `${hours}h0m0s`,
  ...(renew === 'before' ? { renewBefore: `${Math.floor(hours * 60 * percentage / 100)}m0s` } : renew === 'percentage' ? { renewBeforePercentage: percentage } : {}),
}));

const KEY = fc.constantFrom<object>(
  {}, { privateKey: {} }, { privateKey: { algorithm: 'RSA' } }, { privateKey: { algorithm: 'RSA', size: 2048, encoding: 'PKCS8' }, signatureAlgorithm: 'SHA512WithRSA' },
  { privateKey: { size: 4096, rotationPolicy: 'Never' } }, { privateKey: { algorithm: 'ECDSA' } }, { privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS1', rotationPolicy: 'Always' } },
  { privateKey: { algorithm: 'ECDSA', size: 384, encoding: 'PKCS8' }, signatureAlgorithm: 'ECDSAWithSHA384' }, { privateKey: { algorithm: 'ECDSA', size: 521 }, signatureAlgorithm: 'ECDSAWithSHA256' },
  { privateKey: { algorithm: 'Ed25519', encoding: 'PKCS8' }, signatureAlgorithm: 'PureEd25519' }, { signatureAlgorithm: 'SHA256WithRSA' }, { privateKey: { algorithm: 'RSA', size: 3071 } },
);

const TEXT = fc.oneof(LABEL, fc.constantFrom('a b', 'Straße 1', 'Müller & Söhne', 'a,b', 'a+b=c', 'DE', '10115', '(x)', "d'Or", '*', 'a"b', '#1'));
const SUBJECT = fc.record({
  organizations: some(TEXT), countries: some(fc.constantFrom('DE', 'FR', 'us')), organizationalUnits: some(TEXT), localities: some(TEXT), provinces: some(TEXT),
  streetAddresses: some(TEXT), postalCodes: some(TEXT), serialNumber: TEXT,
}, { requiredKeys: [] });
const LITERAL = fc.array(fc.tuple(fc.constantFrom('CN', 'O', 'OU', 'C', 'L', 'ST', 'STREET', 'DC', 'UID', 'SERIALNUMBER', '1.2.3.4', '2.5.4.12'), TEXT.map((text) => text.replace(/[\\,+"<>;=#]/g, '\\$&')), fc.constantFrom(',', '+', ', ')), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map(([type, value, separator], index) => `${type}=${value}${index === parts.length - 1 ? '' : separator}`).join(''));

const NAMES = together(
  fc.record({ commonName: LABEL, dnsNames: some(HOST) }, { requiredKeys: ['commonName'] }),
  fc.record({ dnsNames: some(fc.oneof(HOST, HOST.map((host) => `*.${host}.svc`))), ipAddresses: some(fc.oneof(IPV4, IPV6)) }, { requiredKeys: ['dnsNames'] }),
  fc.record({ commonName: LABEL, subject: SUBJECT, dnsNames: some(HOST) }, { requiredKeys: ['commonName', 'subject'] }),
  fc.record({ literalSubject: LITERAL, dnsNames: some(HOST) }),
  fc.record({ ipAddresses: some(fc.oneof(IPV4, IPV6)) }),
  fc.record({ uris: some(fc.constantFrom('spiffe://cluster.local/ns/demo/sa/db', 'https://db.example.com/x?y=z', 'urn:uuid:1234', 'postgres://db:5432/orders')) }),
  fc.record({ emailAddresses: some(fc.constantFrom('dba@example.com', 'a.b+c@x.org', "o'hara@example.com")) }),
  fc.record({ commonName: LABEL, otherNames: some(fc.record({ oid: fc.constantFrom('1.3.6.1.4.1.311.20.2.3', '1.2.3', '2.5'), utf8Value: TEXT })) }),
);

const CONSTRAINTS = fc.record({ dnsDomains: some(HOST), ipRanges: some(fc.constantFrom('10.0.0.0/8', 'fd00::/8', '10.1.2.3/8')), emailAddresses: some(fc.constantFrom('example.com', 'a@example.com')), uriDomains: some(HOST) }, { requiredKeys: ['dnsDomains'] });
const ROLE = together(
  nothing,
  fc.record({ usages: fc.subarray(['digital signature', 'key encipherment', 'server auth', 'client auth'], { minLength: 1 }) }),
  fc.record({ usages: fc.subarray([...KEY_USAGES, ...EXTENDED_USAGES], { minLength: 1 }), encodeUsagesInRequest: fc.boolean() }, { requiredKeys: ['usages'] }),
  fc.record({ isCA: fc.constant(true), nameConstraints: fc.oneof(fc.record({ critical: fc.boolean(), permitted: CONSTRAINTS }), fc.record({ excluded: CONSTRAINTS })) }, { requiredKeys: ['isCA'] }),
  fc.record({ isCA: fc.constant(false) }),
);

const PASSWORD = fc.constantFrom<object>({ password: 'secret' }, { passwordSecretRef: { name: 'keystore', key: 'password' } });
const OUTPUT = fc.record({
  additionalOutputFormats: fc.subarray([{ type: 'DER' }, { type: 'CombinedPEM' }]),
  keystores: fc.record({
    jks: PASSWORD.map((password) => ({ create: true, alias: 'db', ...password })),
    pkcs12: fc.tuple(PASSWORD, fc.constantFrom('LegacyRC2', 'LegacyDES', 'Modern2023', 'Modern2026')).map(([password, profile]) => ({ create: true, profile, ...password })),
  }, { requiredKeys: [] }),
  secretTemplate: fc.record({ labels: fc.constantFrom({}, { 'app': 'db' }, { 'example.com/tier': 'gold', 'x': '' }), annotations: fc.constantFrom({}, { 'note': 'any text: 1' }, { 'cert-manager.io/allow-direct-injection': 'true' }) }, { requiredKeys: [] }),
  revisionHistoryLimit: fc.integer({ min: 1, max: 10 }),
}, { requiredKeys: [] });

const RENEWAL = together(
  nothing,
  fc.constant({ renewal: { policy: 'RenewBefore' } }),
  fc.constant({ renewal: { policy: 'Disabled' } }),
  fc.record({ renewal: fc.record({ policy: fc.constant('RenewBefore'), windows: some(fc.record({ cron: fc.constantFrom('0 3 * * *', '*/15 1-5 * * *', '0 */2 ? * ?'), windowDuration: fc.constantFrom('24h', '1440m', '24.5h', '23h60m'), timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Etc/GMT+1') }, { requiredKeys: ['cron', 'windowDuration'] })) }) }),
);

const ISSUER_REF = fc.constantFrom({ name: 'ca' }, { name: 'ca', kind: 'Issuer' }, { name: 'ca', kind: 'ClusterIssuer', group: 'cert-manager.io' }, { name: 'step', kind: 'StepIssuer', group: 'certmanager.step.sm' });

/** Certificates that cert-manager accepts, and that work. */
export const VALID_CERTIFICATE: fc.Arbitrary<ApiObject> = fc.tuple(
  NAMES, LIFETIME, KEY, ROLE, OUTPUT, RENEWAL, ISSUER_REF, LABEL,
).map(([names, lifetime, key, role, output, renewal, issuerRef, secretName]) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'db' },
  spec: { secretName, issuerRef, ...names, ...lifetime, ...key, ...role, ...output, ...renewal },
}));

const one = (...values: unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
const oneInList = (...values: unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values).map((value) => [value]);
const windowOf = (fields: object): unknown[] => [{ cron: '0 3 * * *', windowDuration: '2h', ...fields }];

const CRON = fc.oneof(
  one('* * * * *', '@daily', '@every 1h', '@reboot', '@hourly', '@midnight', '* * * *', '* * * * * *', '60 * * * *', '59 23 31 12 6', '0 24 * * *', '0 0 0 * *', '0 0 32 * *', '0 0 * 13 *', '0 0 * 0 *',
    '0 0 * * 7', '0 0 * * 8', '0 0 * * SUN', '0 0 * * sunday', '0 0 * jan *', '0 0 * * mon-fri', '5-1 * * * *', '*/0 * * * *', '*/61 * * * *', '1/5 * * * *', '1-10/3 * * * *', '1,2,3 * * * *', '1, 2 * * * *',
    '? ? * * *', '0 0 ? * *', '0 0 L * *', '0 0 15W * *', '0 0 * * 5#3', '', ' ', '  0   3 * * *  ', '0\t3 * * *', 'TZ=UTC 0 3 * * *', 'CRON_TZ=Europe/Berlin 0 3 * * *', '-1 * * * *', '1- * * * *', 'a * * * *', '*-5 * * * *',
    '0 0 31 2 *', '0 0 30 2 *', '1-2-3 * * * *', '*/ * * * *', '1/2/3 * * * *', '00 03 * * *', '+5 * * * *', '1e1 * * * *', 5, null),
  fc.array(fc.oneof(one('*', '?', '*/5', '1-5', 'MON', '1,7'), fc.nat(70).map(String)), { minLength: 4, maxLength: 6 }).map((fields) => fields.join(' ')),
);
const TIMEZONE = one('', 'UTC', 'utc', 'Utc', 'Local', 'local', 'GMT', 'Etc/GMT+14', 'Etc/GMT+20', 'GMT+1', '+01:00', 'UTC+1', 'Europe/Berlin', 'europe/berlin', 'EUROPE/BERLIN', 'Europe/Kyiv', 'Europe/Kiev', 'Asia/Calcutta', 'Asia/Kolkata',
  'US/Pacific', 'EST', 'EST5EDT', 'CET', 'Mars/Base', 'Berlin', 'Europe/Berlin ', '../etc/passwd', '/etc/localtime', 'Europe', 'Z', 'America/Argentina/Buenos_Aires', 'zone.tab', 'Pacific/Kanton', 'Antarctica/Troll', 'CST6CDT', 'PRC', 'Zulu', 7, null);
const EMAIL = oneInList('dba@example.com', 'DBA <dba@example.com>', '<dba@example.com>', 'dba', '@example.com', 'dba@', 'a b@example.com', '"a b"@example.com', '"ab"@example.com', 'a@b@c', 'a..b@example.com', '.a@example.com', 'a.@example.com',
  'a@[127.0.0.1]', 'a@[IPv6:::1]', 'a@127.0.0.1', 'a@localhost', 'ä@example.com', 'a@exämple.com', ' a@example.com', 'a@example.com ', 'a@example.com, b@example.com', 'a@example.com.', 'a@-x', 'a@b_c', 'a@.b', 'a@b..c', 'a(comment)@b', 'a@b (c)', '', "a!#$%&'*+-/=?^_`{|}~@b",
  'a;b@c', 'a:b@c', 'a,b@c', 'a\\b@c', `${'x'.repeat(300)}@example.com`, 'a\n@b', 'a@b\t', 7, null);
const IP = fc.oneof(oneInList('10.0.0.1', '10.0.0.256', '10.0.0.1/32', '10.0.0', '010.0.0.1', '10.0.0.01', '1.2.3.4.5', '0x0a.0.0.1', '::', ':::', '::1', '[::1]', 'fe80::1%eth0', '::ffff:1.2.3.4', '::1.2.3.4', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:8:9',
  '12345::', '::g', '::FFFF', '10.0.0.1:5432', 'localhost', '', ' 10.0.0.1', '10.0.0.1 ', '::ffff:256.0.0.1', '1:2:3:4:5:6:1.2.3.4', '::1/128', '0:0:0:0:0:0:0:1', '1.2.3.', '.1.2.3', '1..2.3', '00001::', '١.0.0.1', 7, null),
fc.string({ unit: fc.constantFrom(...'0123456789abcf:.'), minLength: 2, maxLength: 12 }).map((ip) => [ip]));
const OID = fc.oneof(one('1.2.3', '1', '1.', '.1', '', '1..2', '1.2.x', '3.1', '1.40', '0.39', '2.999.1', '-1.2', '+1.2', '1.-2', '01.2', '1.02', '1.2.3 ', ' 1.2', '1,2', 'oid:1.2', '1.2.9223372036854775807', '1.2.9223372036854775808', '1.2.2147483648', '1.2.4294967296', '2.5.4.3', 5, null),
  fc.array(fc.nat(50), { minLength: 1, maxLength: 4 }).map((arcs) => arcs.join('.')));
const DISTINGUISHED = fc.oneof(one('CN=db', 'cn=db', 'Cn=db', 'CN = db', ' CN=db', 'CN=db ', 'CN=db,', ',CN=db', 'CN=db,,O=x', 'CN=db;O=x', 'CN=db+O=x', 'CN=db+', '+CN=db', 'CN', 'CN=', '=db', '', ' ', 'O=x', 'X=y', 'E=a@b', 'EMAIL=a@b', 'SN=1', 'POSTALCODE=1', 'postalCode=1',
  'CN="db"', 'CN="a,b"', 'CN=a\\,b', 'CN=a\\2Cb', 'CN=a\\2', 'CN=a\\', 'CN=a\\zb', 'CN=#0c0141', 'CN=#zz', 'CN=#04024869', 'CN=\\#1', 'CN=a#b', 'CN=a=b', 'CN=a<b', 'CN=a>b', 'CN=ä', 'CN=\\C3\\A4', 'CN=\\C3', 'OID.2.5.4.3=db', '2.5.4.3=db', '2.5.4.03=db', '1.2.3=x', '1.2.=x', '1=x', '.1=x', 'CN=a, O=b , C=c',
  `CN=${'x'.repeat(64)}`, `CN=${'x'.repeat(65)}`, `CN=${'ä'.repeat(33)},O=x`, `2.5.4.3=${'x'.repeat(65)}`, `cn=${'x'.repeat(65)}`, 'CN=a,CN=b', 'CN=\\ a\\ ', 'CN=a\\\\', 'CN=a\\"b', 'C=DE,O=x,OU=y,L=z,ST=w,STREET=s,DC=d,UID=u,SERIALNUMBER=n,CN=c', 'db', 'CN:db', '/CN=db', 'CN=db\n', 'CN=d\nb', 7, null),
fc.string({ unit: fc.constantFrom(...'CNO=,+\\"; #a1.<'), minLength: 1, maxLength: 10 }));
const LABELS = one({}, { 'a': 'b' }, { 'a/b': 'c' }, { '/b': 'c' }, { 'a/': 'c' }, { 'a/b/c': 'd' }, { '': 'x' }, { 'a b': 'c' }, { 'a': 'b c' }, { 'a': '-b' }, { 'a': 'b-' }, { 'a': 'x'.repeat(63) }, { 'a': 'x'.repeat(64) }, { ['k'.repeat(63)]: 'v' }, { ['k'.repeat(64)]: 'v' },
  { [`${'p'.repeat(253)}/k`]: 'v' }, { [`${'p'.repeat(254)}/k`]: 'v' }, { 'UPPER.example.com/k': 'v' }, { 'ex_ample.com/k': 'v' }, { 'K_k.k-k': 'V.v_v-v' }, { 'a': 'ä' }, { 'ä': 'a' }, { 'cert-manager.io/x': 'y' }, { 'a': 1 }, { 'a': null }, { 'a': true }, [], null, { '-a': 'b' }, { 'a': '' }, { 'a.': 'b' });
const ANNOTATIONS = one({}, { 'a': 'any: text\nä' }, { 'cert-manager.io/x': 'y' }, { 'cert-manager.io/allow-direct-injection': 'true' }, { 'cert-manager.io/': 'y' }, { 'Cert-manager.io/x': 'y' }, { 'acme.cert-manager.io/x': 'y' }, { 'cert-manager.io': 'y' }, { '': 'x' }, { 'a b': 'c' }, { 'UPPER/k': 'v' }, { 'UP per/k': 'v' },
  { 'a': 'x'.repeat(262_144) }, { 'a': 'x'.repeat(262_143) }, { ['k'.repeat(64)]: 'v' }, { ['K'.repeat(63)]: 'v' }, { 'a/b/c': 'd' }, { 'a': 1 }, { 'a': null }, null);
const KEYSTORE = one({ create: true }, { create: false }, {}, { create: true, password: '' }, { create: false, password: '' }, { create: true, password: 'x' }, { create: true, password: 'x', passwordSecretRef: { name: 's', key: 'k' } }, { create: true, password: 'x', passwordSecretRef: { name: '' } },
  { create: true, passwordSecretRef: { name: '' } }, { create: true, passwordSecretRef: { name: 's' } }, { create: true, passwordSecretRef: { name: 's', key: '' } }, { create: true, passwordSecretRef: {} }, { create: true, passwordSecretRef: null }, { create: true, password: null }, { create: 'true', password: 'x' }, { password: 'x' },
  { create: true, password: 'x', passwordSecretRef: { key: 'k' } }, { create: true, password: '', passwordSecretRef: { name: 's', key: 'k' } }, { create: true, passwordSecretRef: { name: 'S_S', key: 'k' } }, null);
const WINDOW_DURATION = fc.oneof(one('0s', '0h', '1h', '1.5h', '1h30m', '1ms', '-1h', '+1h', '.5h', '1.h', '', '1d', '1h 30m', '99999999999h', '2562047h', '2562048h', 3600, null, '30m30m', '168h', '1.5.5h', '0.0000000001s', '00h', '1us'), ODD_DURATION);
const PERCENTAGE = fc.oneof(fc.integer({ min: -5, max: 105 }), one(0, 1, 50, 99, 100, 101, -1, '50', '50%', 33.3, 50.0, 2 ** 31, -(2 ** 31), 1e20, null, true));
const SIZE = fc.oneof(fc.constantFrom<unknown>(0, -1, 1, 224, 256, 384, 512, 521, 1024, 2047, 2048, 2049, 3072, 4096, 8192, 8193, 16_384, '2048', 2048.5, 2 ** 31, 2 ** 63, 1e20, null), fc.integer({ min: 0, max: 9000 }));
const ALGORITHM = one('RSA', 'ECDSA', 'Ed25519', 'rsa', 'ecdsa', 'ED25519', 'EdDSA', 'DSA', '', ' RSA', null, 1);
const SIGNATURE = one('SHA256WithRSA', 'SHA384WithRSA', 'SHA512WithRSA', 'ECDSAWithSHA256', 'ECDSAWithSHA384', 'ECDSAWithSHA512', 'PureEd25519', 'SHA1WithRSA', 'sha256WithRSA', '', null);

/** Changes of Certificates, by the rule of the webhook that they are about. */
export const CERTIFICATE_CHANGES: readonly fc.Arbitrary<Change>[] = [
  change('R1 secretName', 'spec.secretName', fc.oneof(ODD_NAME, fc.constant(GONE))),
  change('R2 issuerRef', 'spec.issuerRef', one({}, { name: '' }, { kind: 'Issuer' }, null, GONE, { name: 'x', kind: '' }, { name: 'x', group: '' }, { name: 'Not_A_Name' }, 'ca', [])),
  change('R3 issuerRef', 'spec.issuerRef', fc.record({ name: fc.constant('ca'), kind: one('Issuer', 'ClusterIssuer', 'issuer', 'StepIssuer', '', null, 'Clusterissuer'), group: one('cert-manager.io', '', 'acme.cert-manager.io', 'certmanager.step.sm', 'Cert-Manager.io', null) }, { requiredKeys: ['name'] })),
  changes('R4 literalSubject', DISTINGUISHED.map((literalSubject) => ({ 'spec.literalSubject': literalSubject, 'spec.commonName': GONE, 'spec.subject': GONE }))),
  changes('R4 literalSubject', fc.record({ 'spec.literalSubject': one('CN=db', 'O=x', ''), 'spec.commonName': one('db', '', null, GONE), 'spec.subject': one({}, { organizations: [] }, { organizations: ['x'] }, { serialNumber: '' }, { serialNumber: '1' }, null, GONE) })),
  changes('R5 names', fc.record({ 'spec.commonName': one('', null, GONE), 'spec.dnsNames': one([], null, GONE, ['']), 'spec.ipAddresses': one([], GONE), 'spec.uris': one([], GONE), 'spec.emailAddresses': one([], GONE), 'spec.otherNames': one([], GONE), 'spec.literalSubject': one(GONE, '', 'O=x', 'CN=') })),
  change('R6 commonName', 'spec.commonName', one('x'.repeat(63), 'x'.repeat(64), 'x'.repeat(65), 'ä'.repeat(32), 'ä'.repeat(33), '€'.repeat(21), '€'.repeat(22), '😀'.repeat(16), '😀'.repeat(17), '', ' ', 7, null, ['x'])),
  change('R7 ipAddresses', 'spec.ipAddresses', IP),
  change('R8 emailAddresses', 'spec.emailAddresses', EMAIL),
  change('R9 otherNames', 'spec.otherNames', fc.record({ oid: fc.oneof(OID, fc.constant('1.2.3')), utf8Value: one('x', '', null, 'ä', 5) }, { requiredKeys: [] }).map((name) => [name])),
  changes('R10 privateKey', fc.record({ 'spec.privateKey': fc.record({ algorithm: ALGORITHM, size: SIZE }, { requiredKeys: [] }), 'spec.signatureAlgorithm': fc.constant(GONE) })),
  change('R10 privateKey', 'spec.privateKey', one(null, {}, [], { encoding: 'PKCS12' }, { encoding: 'pkcs8' }, { rotationPolicy: 'always' }, { rotationPolicy: '' }, { algorithm: 'Ed25519', size: 1 }, { algorithm: 'RSA', encoding: '' })),
  changes('R11 signatureAlgorithm', fc.record({ 'spec.signatureAlgorithm': SIGNATURE, 'spec.privateKey': one(GONE, {}, { algorithm: 'RSA' }, { algorithm: 'ECDSA' }, { algorithm: 'Ed25519' }, { algorithm: '' }, null) })),
  changes('R12 duration', fc.record({ 'spec.duration': fc.oneof(ODD_DURATION, one(GONE)), 'spec.renewBefore': one(GONE), 'spec.renewBeforePercentage': one(GONE) })),
  changes('R12 renewBefore', fc.record({ 'spec.duration': one('1h', '2h', '10h', GONE), 'spec.renewBefore': ODD_DURATION, 'spec.renewBeforePercentage': one(GONE, GONE, 50) })),
  changes('R12 renewBefore', fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: -2, max: 2 }), one('h', 'm')).map(([hours, off, unit]) => ({ 'spec.duration': `${hours}h`, 'spec.renewBefore': unit === 'h' ? `${hours + off}h` : `${hours * 60 + off}m`, 'spec.renewBeforePercentage': GONE }))),
  changes('R12 renewBeforePercentage', fc.record({ 'spec.duration': one('1h', '2h', '8h20m', '499m', '2160h', GONE), 'spec.renewBefore': one(GONE, GONE, GONE, '10m'), 'spec.renewBeforePercentage': PERCENTAGE })),
  change('R13 usages', 'spec.usages', one([], ['server auth'], ['server-auth'], ['ServerAuth'], [''], ['any'], ['digital signature', 'digital signature'], [null], null, 'server auth', [7])),
  change('R14 revisionHistoryLimit', 'spec.revisionHistoryLimit', one(0, 1, -1, 2 ** 31 - 1, 2 ** 31, '1', 1.5, null)),
  change('R15 labels', 'spec.secretTemplate.labels', LABELS),
  change('R15 annotations', 'spec.secretTemplate.annotations', ANNOTATIONS),
  changes('R16 nameConstraints', fc.record({
    'spec.isCA': one(true, true, false, GONE),
    'spec.nameConstraints': one({}, { critical: true }, { permitted: {} }, { excluded: {} }, { permitted: null }, { permitted: { dnsDomains: [] } }, { permitted: { dnsDomains: ['svc'] } }, { excluded: { ipRanges: ['10.0.0.0/8'] } }, { permitted: { ipRanges: ['10.0.0.0'] } }, { permitted: { ipRanges: ['10.0.0.0/33'] } },
      { permitted: { emailAddress: ['x.org'] } }, { permitted: { dnsDomains: ['exämple'] } }, { permitted: { dnsDomains: [''] } }, { permitted: { uriDomains: ['x'], emailAddresses: ['y'] }, critical: 'true' }, null),
  })),
  change('R17 additionalOutputFormats', 'spec.additionalOutputFormats', one([], [{ type: 'DER' }, { type: 'DER' }], [{ type: 'DER' }, { type: 'CombinedPEM' }, { type: 'DER' }], [{ type: 'PEM' }], [{}], [{ type: null }], ['DER'], [{ type: 'der' }], null)),
  change('R18 keystores', 'spec.keystores.jks', KEYSTORE),
  change('R18 keystores', 'spec.keystores.pkcs12', KEYSTORE),
  change('R18 keystores', 'spec.keystores.pkcs12', one('', 'Modern', 'Modern2026', 'legacyRC2', null).map((profile) => ({ create: true, password: 'x', profile }))),
  change('R19 renewal', 'spec.renewal', one({}, null, { policy: 'RenewBefore' }, { policy: 'Disabled' }, { policy: 'disabled' }, { policy: '' }, { policy: null }, { windows: windowOf({}) }, { policy: 'Disabled', windows: windowOf({}) }, { policy: 'Disabled', windows: [] }, { policy: 'Disabled', windows: null }, { policy: 'RenewBefore', windows: [] },
    { policy: 'RenewBefore', windows: [{}] }, { policy: 'RenewBefore', windows: [{ cron: '0 3 * * *' }] }, { policy: 'RenewBefore', windows: [{ windowDuration: '1h' }] })),
  change('R19 cron', 'spec.renewal', CRON.map((cron) => ({ policy: 'RenewBefore', windows: windowOf({ cron }) }))),
  change('R19 timezone', 'spec.renewal', TIMEZONE.map((timezone) => ({ policy: 'RenewBefore', windows: windowOf({ timezone }) }))),
  change('R19 windowDuration', 'spec.renewal', WINDOW_DURATION.map((windowDuration) => ({ policy: 'RenewBefore', windows: windowOf({ windowDuration }) }))),
  change('S names', 'spec.dnsNames', oneInList('', '*', 'a.*.b', 'd*b', 'exämple.com', '10.0.0.1', 'a b', 'https://db', 'db:5432', 'UPPER', 'under_score', 'db.', `${'x'.repeat(64)}.com`, 7, null)),
  change('S names', 'spec.uris', oneInList('', 'db', 'HTTPS://db', 'https://exämple', 'https://a b', '://x', 'https://db#', 'https://db/%zz', 'http://[::1', 'urn:x', 'a:', 7, null, 'https://db/a|b', 'http://db:port/')),
  change('structure', 'spec.isCA', one('true', null, 1, 'yes', true)),
  change('structure', 'spec.encodeUsagesInRequest', one('true', null, false)),
  change('structure', 'spec.subject', one(null, {}, [], { organisations: ['x'] }, { organizations: 'x' }, { organizations: [null] }, { countries: [7] }, { serialNumber: 7 }, { organizations: [''] })),
  change('structure', 'spec.dnsName', one('db', ['db'])),
  change('structure', 'metadata.name', one('Db', 'db_1', '', 'a'.repeat(253), 'a'.repeat(254), 'a.b', '1')),
  change('structure', 'apiVersion', one('cert-manager.io/v1', 'cert-manager.io/v1')),
  STRUCTURE,
  STRUCTURE,
];


