import * as fc from 'fast-check';
import { dnsLabelError, dnsSubdomainError, serviceNameError, serviceNameLike, unmatchableDnsName } from '../../src/formats';

test.each([
  ['db', undefined],
  ['1db', undefined],
  ['a'.repeat(63), undefined],
  ['a'.repeat(64), 'is 64 characters long, at most 63 are allowed'],
  ['my_db', 'is not a DNS label'],
  ['my.db', 'is not a DNS label'],
  ['-db', 'is not a DNS label'],
  ['Db', 'is not a DNS label'],
  ['', 'is not a DNS label'],
])('label %p: %p', (text, fault) => {
  if (fault) { expect(dnsLabelError(text)).toContain(fault); } else { expect(dnsLabelError(text)).toBeUndefined(); }
});

test('a Service name starts with a letter', () => {
  expect(serviceNameError('1db')).toContain('RFC 1035');
  expect(serviceNameError('db1')).toBeUndefined();
});

test('a subdomain is labels joined by dots, of 253 characters at most', () => {
  expect(dnsSubdomainError('my.db')).toBeUndefined();
  expect(dnsSubdomainError('my..db')).toBeDefined();
  expect(dnsSubdomainError(`${'a.'.repeat(127)}a`)).toContain('255 characters');
});

test.each([
  ['db.example.com', undefined],
  ['*.db.example.com', undefined],
  ['localhost', undefined],
  ['db.example.com.', undefined],
  ['', 'is empty'],
  ['dätabase', 'is not ASCII'],
  ['10.0.0.1', 'is an IP address'],
  ['db:5432', 'has a port'],
  ['d*b.example.com', 'wildcard'],
  ['a.*.example.com', 'wildcard'],
  ['https//db', "has the label 'https//db'"],
  [`${'a'.repeat(64)}.com`, 'not a host name label'],
])('certificate name %p: %p', (text, fault) => {
  if (fault) { expect(unmatchableDnsName(text)).toContain(fault); } else { expect(unmatchableDnsName(text)).toBeUndefined(); }
});

describe('serviceNameLike', () => {
  test.each([
    ['OrdersDb', 'orders-db'], ['orders_db', 'orders-db'], ['orders.db', 'orders-db'], ['HTTPServer2Db', 'httpserver2-db'], ['bücher', 'bucher'], ['1db', 'db-1db'], ['', 'db'],
    ['--', 'db'], ['日本', 'db'], [`${'d'.repeat(51)}-x`, 'd'.repeat(51)], ['Team A / Orders', 'team-a-orders'],
  ])('of %j is %j', (text, name) => { expect(serviceNameLike(text, 52)).toBe(name); });

  test('is a valid name for every input', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 40, maxLength: 300 })), (text) => {
      expect(serviceNameError(serviceNameLike(text, 52), 52)).toBeUndefined();
    }), { numRuns: 2_000, seed: 7 });
  });

  test('is the name itself where that is valid', () => {
    for (const name of ['db', 'orders-db-2', 'a'.repeat(52)]) { expect(serviceNameLike(name, 52)).toBe(name); }
  });
});
