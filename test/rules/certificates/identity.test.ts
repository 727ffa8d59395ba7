import { bareAddressError, isIpAddress, unissuableUri } from '../../../src/formats';
import { parseLiteralSubject, subjectOf } from '../../../src/pki';
import { certificate, issuer, root } from '../../fixtures';
import { codesOf, messagesOf } from '../../support/findings';

/** Of no purpose that needs names, unless the change gives one. */
const codes = (change: object) => codesOf([certificate({ usages: undefined, ...change })]);
const literal = (literalSubject: string) => ({ commonName: undefined, literalSubject });
const nameless = { commonName: undefined, dnsNames: undefined };
const server = { usages: ['digital signature', 'server auth'] };

test('a valid certificate has no finding', () => {
  expect(codesOf([certificate()])).toEqual([]);
});

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-B01', { commonName: undefined, dnsNames: [] }, { commonName: undefined, dnsNames: [], ipAddresses: ['10.0.0.1'] }],
  ['PGTLS-B01', { commonName: '', dnsNames: null }, { ...nameless, otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] }],
  ['PGTLS-B01', { ...nameless, literalSubject: 'O=orders' }, { ...nameless, literalSubject: '2.5.4.3=db' }],
  ['PGTLS-B01', { ...nameless, subject: { organizations: ['orders'] } }, { ...nameless, emailAddresses: ['a@example.com'] }],
  ['PGTLS-B02', { commonName: 'x'.repeat(65) }, { commonName: 'x'.repeat(64) }],
  ['PGTLS-B02', { commonName: 'ä'.repeat(33) }, { commonName: 'ä'.repeat(32) }],
  ['PGTLS-B02', literal(`CN=${'x'.repeat(65)},O=a`), literal(`CN=${'x'.repeat(64)},O=${'a'.repeat(65)}`)],
  ['PGTLS-B02', literal(`2.5.4.3=${'x'.repeat(65)}`), literal(`CN=${'\\2C'.repeat(64)}`)],
  ['PGTLS-B03', { literalSubject: 'CN=db' }, { literalSubject: 'CN=db', commonName: undefined }],
  ['PGTLS-B03', { ...literal('CN=db'), subject: { serialNumber: '7' } }, { ...literal('CN=db'), subject: { organizations: [] } }],
  ['PGTLS-B03', literal('cn=db'), literal('CN=db')],
  ['PGTLS-B03', literal('CN=db,E=a@example.com'), literal('CN=db,1.2.840.113549.1.9.1=a@example.com')],
  ['PGTLS-B03', literal('CN=db,'), literal('CN=db\\,')],
  ['PGTLS-B03', literal('CN=#0c0'), literal('CN=#0c0161')],
  ['PGTLS-B04', { ipAddresses: ['10.0.0.256'] }, { ipAddresses: ['10.0.0.255', 'fd00::1'] }],
  ['PGTLS-B04', { ipAddresses: ['10.0.0.0/8'] }, { ipAddresses: ['::ffff:10.0.0.1'] }],
  ['PGTLS-B04', { ipAddresses: ['fe80::1%eth0'] }, { ipAddresses: ['fe80::1'] }],
  ['PGTLS-B05', { emailAddresses: ['Orders <orders@example.com>'] }, { emailAddresses: ['orders@example.com'] }],
  ['PGTLS-B05', { emailAddresses: ['orders.@example.com'] }, { emailAddresses: ["o'rder+s@[10.0.0.1]"] }],
  ['PGTLS-B06', { uris: ['spiffe://exämple'] }, { uris: ['spiffe://xn--exmple-cua'] }],
  ['PGTLS-B06', { dnsNames: ['exämple.com'] }, { dnsNames: ['xn--exmple-cua.com'] }],
  ['PGTLS-B06', { emailAddresses: ['ä@example.com'] }, { emailAddresses: ['ae@example.com'] }],
  ['PGTLS-B07', { dnsNames: ['db.*.com'] }, { dnsNames: ['*.db.com'] }],
  ['PGTLS-B07', { dnsNames: ['*'] }, { dnsNames: ['*.db'] }],
  ['PGTLS-B07', { dnsNames: ['db:5432'] }, { dnsNames: ['db-5432'] }],
  ['PGTLS-B08', { uris: ['HTTPS://db'] }, { uris: ['https://db'] }],
  ['PGTLS-B08', { uris: ['spiffe://cluster.local/ns/{demo}'] }, { uris: ['spiffe://cluster.local/ns/%7Bdemo%7D'] }],
  ['PGTLS-B12', { ...server, dnsNames: undefined }, { dnsNames: undefined }],
  ['PGTLS-B12', { ...server, dnsNames: [], uris: ['spiffe://db'] }, { ...server, dnsNames: [], ipAddresses: ['10.0.0.1'] }],
  ['PGTLS-B14', { otherNames: [{ oid: '1.2.x', utf8Value: 'a' }] }, { otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] }],
  ['PGTLS-B14', { otherNames: [{ oid: '1.2.3', utf8Value: '' }] }, { otherNames: [] }],
  ['PGTLS-B14', { otherNames: [{ utf8Value: 'a' }] }, { otherNames: null }],
  ['PGTLS-B20', { dnsNames: ['orders_db.demo.svc'] }, { dnsNames: ['orders-db.demo.svc'] }],
  // The name of a role, which some operators demand.
  ['PGTLS-B20', { commonName: '_replicator', dnsNames: ['_replicator'], usages: ['digital signature', 'server auth', 'client auth'] },
    { commonName: '_replicator', dnsNames: ['_replicator'], usages: ['digital signature', 'client auth'] }],
  ['PGTLS-B20', { commonName: '_replicator', dnsNames: ['_replicator'] }, { commonName: undefined, literalSubject: 'CN=_replicator', dnsNames: ['_replicator'], usages: ['signing', 'client auth'] }],
  ['PGTLS-B20', { commonName: 'app', dnsNames: ['app', '_replicator'], usages: ['signing', 'client auth'] }, { commonName: 'Orders', dnsNames: ['Orders'], usages: ['signing', 'client auth'] }],
  ['PGTLS-B20', { commonName: '_a', dnsNames: ['_a'], usages: ['signing', 'client auth', 'any'] }, { commonName: '_a', dnsNames: ['_a'], usages: ['signing', 'email protection'] }],
  ['PGTLS-B20', { dnsNames: ['db.demo.svc.'] }, { dnsNames: ['db.demo.svc'] }],
  ['PGTLS-B20', { dnsNames: ['DB.example.com'] }, { dnsNames: ['db.example.com'] }],
  ['PGTLS-B21', literal('CN=db,1.40=a'), literal('CN=db,2.40=a')],
  ['PGTLS-B21', literal('CN=\\FF'), literal('CN=\\C3\\BF')],
  ['PGTLS-B21', { otherNames: [{ oid: '1', utf8Value: 'a' }] }, { otherNames: [{ oid: '1.0', utf8Value: 'a' }] }],
  ['PGTLS-B21', { otherNames: [{ oid: '1.02.3', utf8Value: 'a' }] }, { otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] }],
  ['PGTLS-B21', { otherNames: [{ oid: '1.2.2147483648', utf8Value: 'a' }] }, { otherNames: [{ oid: '1.2.2147483647', utf8Value: 'a' }] }],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});

describe('PGTLS-B13', () => {
  const chain = (leaf: object, above: object = {}) => codesOf([root(above), issuer(), certificate(leaf)]);

  test.each<[object, object, object]>([
    [{ commonName: 'postgres' }, { commonName: 'postgres' }, { commonName: 'postgres CA' }],
    [{ commonName: 'db', subject: { organizations: ['o'] } }, { commonName: undefined, literalSubject: 'CN=db,O=o' }, { commonName: undefined, literalSubject: 'O=o,CN=db' }],
  ])('a leaf with %j is refused under a CA with %j and accepted under one with %j', (leaf, equal, other) => {
    expect(chain(leaf, equal)).toEqual(['PGTLS-B13']);
    expect(chain(leaf, other)).toEqual([]);
  });

  test('an intermediate with the subject of its root', () => {
    const intermediate = (commonName: string) => root({ commonName, issuerRef: { name: 'ca', kind: 'Issuer' }, secretName: 'sub-pair', duration: '8000h', renewBefore: '2000h' }, { name: 'sub' });
    expect(codesOf([root(), issuer(), intermediate('root CA')])).toContain('PGTLS-B13');
    expect(codesOf([root(), issuer(), intermediate('root CA 2')])).toEqual([]);
  });

  test('a root has no finding: it signs itself', () => {
    expect(codesOf([root(), issuer({ selfSigned: {} }, { name: 'self' })])).toEqual([]);
  });
});

test('messages name the entry and what is wrong with it', () => {
  expect(messagesOf([certificate({ emailAddresses: ['a@b@c'] })])[0]).toContain("emailAddresses entry 'a@b@c' has the invalid local part 'a@b'");
  expect(messagesOf([certificate(literal('Cn=db'))])[0]).toContain("literalSubject 'Cn=db' has the attribute type 'Cn', which cert-manager does not know in this spelling");
  expect(messagesOf([certificate({ literalSubject: 'CN=db', subject: { countries: ['DE'] } })])[0]).toContain("literalSubject 'CN=db' is set together with commonName, countries");
});

// As Go's net.ParseIP decides.
test.each<[string, boolean]>([
  ['10.0.0.1', true], ['010.0.0.1', false], ['10.0.0', false], ['10.0.0.1 ', false], ['::', true], ['1::8', true], ['1:2:3:4:5:6:7:8', true],
  ['1:2:3:4:5:6:7', false], ['1::2::3', false], ['::1.2.3.4', true], ['::01.2.3.4', false], ['[::1]', false], ['fe80::1%1', false], ['12345::', false], ['', false],
])('IP address %j: %p', (address, is) => {
  expect(isIpAddress(address)).toBe(is);
});

// As Go's mail.ParseAddress decides, where what it reads must be the whole text.
test.each<[string, boolean]>([
  ['a@b', true], ['a.b@c.d', true], ['a..b@c', false], ['.a@c', false], ['a@c.', false], ['a', false], ['@b', false], ['a@', false], ['<a@b>', false],
  ['"a b"@c', false], ['a@b (c)', false], [' a@b', false], ['a@[::1]', true], ['a@[b]', false], ['a@b,c@d', false], ['a!#$%&\'*+-/=?^_`{|}~@b', true], ['a:b@c', false],
])('email address %j: %p', (address, is) => {
  expect(bareAddressError(address) === undefined).toBe(is);
});

// Go must read and print it alike.
test.each<[string, boolean]>([
  ['spiffe://cluster.local/ns/demo/sa/db', true], ['https://db:8080/a?b=c#d', true], ['https://[::1]:80/', true], ['urn:uuid:f81d4fae', true], ['mailto:a@b', true],
  ['file:///a', true], ['https://db/%2F', true], ['https://db/%2', false], ['https://db/a#', false], ['https://db/a b', false], ['db', false], ['/a/b', false],
  ['https://db./', false], ['https://[db]/', false], ['https://db:x/', false], ['https://a"b/', false], ['https://u:p@db/', true], ['https:', false],
])('URI %j: %p', (uri, is) => {
  expect(unissuableUri(uri) === undefined).toBe(is);
});

describe('literal subjects, read as cert-manager does', () => {
  test.each<[string, Array<[string, string]>]>([
    ['CN=db,O=orders', [['CN', 'db'], ['O', 'orders']]],
    ['CN = db ; O=a+OU=b', [['CN', 'db'], ['O', 'a'], ['OU', 'b']]],
    ['CN=a\\,b\\20,O=x=y', [['CN', 'a,b '], ['O', 'x=y']]],
    ['CN=\\C3\\A4,UID=#0c0161', [['CN', 'ä'], ['UID', 'a']]],
    ['CN=a\\ ,DC=', [['CN', 'a '], ['DC', '']]],
    ['  ', []],
  ])('%j', (text, parts) => {
    expect(parseLiteralSubject(text).parts?.map(({ type, value }) => [type, value])).toEqual(parts);
  });

  test.each(['db', '=db', 'CN=db,,O=a', 'CN=db\\', 'CN=\\zz', 'o=a', 'CN=#0g', 'CN=#0c05'])('%j is refused', (text) => {
    expect(parseLiteralSubject(text).fault).toBeDefined();
  });

  test.each(['CN=\\FF', 'CN=#0201ff', '1=a', '3.1=a', '1.02=a'])('%j passes the webhook and fits no certificate', (text) => {
    expect(parseLiteralSubject(text)).toEqual({ unencodable: expect.any(String) });
  });

  test('are encoded in reverse order, with attribute types by name', () => {
    expect(subjectOf({ literalSubject: '2.5.4.3=db,O=orders' })).toEqual([{ type: 'O', value: 'orders' }, { type: 'CN', value: 'db' }]);
  });
});
