import { ConstrainedType, isHostLike, nameConstraintsOf, outsideConstraints } from '../../src/pki';

const permitting = (type: ConstrainedType, ...names: string[]) => nameConstraintsOf({ nameConstraints: { permitted: { [type]: names } } });
const excluding = (type: ConstrainedType, ...names: string[]) => nameConstraintsOf({ nameConstraints: { excluded: { [type]: names } } });

test.each<[ConstrainedType, string, string, boolean]>([
  ['dnsDomains', 'example.com', 'example.com', true],
  ['dnsDomains', 'example.com', 'a.b.example.com', true],
  ['dnsDomains', 'example.com', '*.example.com', true],
  ['dnsDomains', 'Example.com', 'a.EXAMPLE.com', true],
  ['dnsDomains', 'example.com', 'badexample.com', false],
  ['dnsDomains', 'example.com', 'com', false],
  ['dnsDomains', '.example.com', 'a.example.com', true],
  ['dnsDomains', '.example.com', 'example.com', false],
  ['dnsDomains', 'svc', 'db.demo.svc', true],
  ['dnsDomains', 'svc', 'db.demo.svc.cluster.local', false],
  ['dnsDomains', '', 'anything', true],
  ['ipRanges', '10.0.0.0/8', '10.255.0.1', true],
  ['ipRanges', '10.0.0.0/8', '11.0.0.1', false],
  ['ipRanges', '10.1.2.3/8', '10.9.9.9', true],
  ['ipRanges', '10.0.0.0/8', '::1', false],
  ['ipRanges', '::/0', '10.0.0.1', false],
  ['ipRanges', '0.0.0.0/0', '127.0.0.1', true],
  ['ipRanges', '10.0.0.0/8', '::ffff:10.0.0.1', true],
  ['ipRanges', 'fd00::/8', 'fd12::1', true],
  ['ipRanges', 'fd00::/8', '10.0.0.1', false],
  ['emailAddresses', 'ops@example.com', 'ops@EXAMPLE.com', true],
  ['emailAddresses', 'ops@example.com', 'Ops@example.com', false],
  ['emailAddresses', 'example.com', 'orders@example.com', true],
  ['emailAddresses', 'example.com', 'orders@mail.example.com', false],
  ['emailAddresses', '.example.com', 'orders@mail.example.com', true],
  ['emailAddresses', '.example.com', 'orders@example.com', false],
  ['uriDomains', 'example.com', 'spiffe://example.com/db', true],
  ['uriDomains', 'example.com', 'https://example.com:8443/', true],
  ['uriDomains', 'example.com', 'https://user@example.com/', false],
  ['uriDomains', 'example.com', 'spiffe://a.example.com/db', false],
  ['uriDomains', '.example.com', 'spiffe://a.example.com/db', true],
  ['uriDomains', '.example.com', 'spiffe://example.com/db', false],
  ['uriDomains', 'example.com', 'urn:example:db', false],
])('of type %s, %p covers %p: %p', (type, constraint, name, covered) => {
  expect(outsideConstraints(type, name, permitting(type, constraint)) === undefined).toBe(covered);
  if (name !== 'urn:example:db') { expect(outsideConstraints(type, name, excluding(type, constraint)) === undefined).toBe(!covered); }
});

test('one of several permitted names is enough, and exclusion wins', () => {
  const constraints = nameConstraintsOf({ nameConstraints: { permitted: { dnsDomains: ['svc', 'local'] }, excluded: { dnsDomains: ['prod.svc'] } } });
  expect(outsideConstraints('dnsDomains', 'db.demo.svc', constraints)).toBeUndefined();
  expect(outsideConstraints('dnsDomains', 'db.prod.svc', constraints)).toBe('is excluded (dnsDomains: prod.svc)');
  expect(outsideConstraints('dnsDomains', 'localhost', constraints)).toBe('is not permitted (dnsDomains: svc, local)');
});

test('types without constraints are not constrained', () => {
  expect(outsideConstraints('ipRanges', '127.0.0.1', permitting('dnsDomains', 'svc'))).toBeUndefined();
  expect(outsideConstraints('uriDomains', 'urn:a', permitting('dnsDomains', 'svc'))).toBeUndefined();
  expect(outsideConstraints('dnsDomains', 'db', nameConstraintsOf({}))).toBeUndefined();
});

test('a wildcard is excluded where one of its names is', () => {
  expect(outsideConstraints('dnsDomains', '*.db.svc', excluding('dnsDomains', 'a.db.svc'))).toBeDefined();
  expect(outsideConstraints('dnsDomains', '*.db.svc', excluding('dnsDomains', 'a.b.svc'))).toBeUndefined();
});

test('unreadable names and constraints are not compared', () => {
  expect(outsideConstraints('ipRanges', '10.0.0.1', permitting('ipRanges', '11.0.0.0'))).toBeUndefined();
  expect(outsideConstraints('ipRanges', '10.0.0.256', excluding('ipRanges', '10.0.0.0/8'))).toBeUndefined();
  expect(outsideConstraints('dnsDomains', 'db', permitting('dnsDomains', 'exämple'))).toBeUndefined();
  expect(outsideConstraints('dnsDomains', 'db', nameConstraintsOf({ nameConstraints: { permitted: 'svc' } }))).toBeUndefined();
});

test.each([['db.demo.svc', true], ['a_b.c', true], ['db', false], ['Orders CA', false], ['a..b', false], ['.svc', false], ['*.svc', false], ['a-.svc', false], ['orders@x.y', false]])(
  'a common name %p counts as a host name: %p', (name, host) => { expect(isHostLike(name)).toBe(host); });
