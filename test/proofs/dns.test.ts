import { notDnsLabel, notDnsSubdomain, notServiceName, unmatchableDnsName } from '../../src/proofs/private/dns';

test.each([
  ['db', undefined],
  ['1db', undefined],
  ['a'.repeat(63), undefined],
  ['a'.repeat(64), 'is 64 characters long, at most 63 fit'],
  ['my_db', 'is not a DNS label'],
  ['my.db', 'is not a DNS label'],
  ['-db', 'is not a DNS label'],
  ['Db', 'is not a DNS label'],
  ['', 'is not a DNS label'],
])('label %p: %p', (text, fault) => {
  if (fault) { expect(notDnsLabel(text)).toContain(fault); } else { expect(notDnsLabel(text)).toBeUndefined(); }
});

test('a Service name starts with a letter', () => {
  expect(notServiceName('1db')).toContain('RFC 1035');
  expect(notServiceName('db1')).toBeUndefined();
});

test('a subdomain is labels joined by dots, of 253 characters at most', () => {
  expect(notDnsSubdomain('my.db')).toBeUndefined();
  expect(notDnsSubdomain('my..db')).toBeDefined();
  expect(notDnsSubdomain(`${'a.'.repeat(127)}a`)).toContain('255 characters');
});

test.each([
  ['db.example.com', undefined],
  ['*.db.example.com', undefined],
  ['localhost', undefined],
  ['db.example.com.', undefined],
  ['', 'is empty'],
  ['dätabase', 'is not ASCII'],
  ['10.0.0.1', 'is an address'],
  ['db:5432', 'carries a port'],
  ['d*b.example.com', 'wildcard'],
  ['a.*.example.com', 'wildcard'],
  ['https//db', "has the label 'https//db'"],
  [`${'a'.repeat(64)}.com`, 'not a host name label'],
])('certificate name %p: %p', (text, fault) => {
  if (fault) { expect(unmatchableDnsName(text)).toContain(fault); } else { expect(unmatchableDnsName(text)).toBeUndefined(); }
});
