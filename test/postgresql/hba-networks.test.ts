import { networkAddressError } from '../../src/postgresql';

test.each(['all', 'samenet', 'samehost', '10.0.0.0/8', '0.0.0.0/0', '10.0.0.1/32', '::/0', 'fd00::/8', '::1/128', '2001:db8:0:1::/64'])('%s', (text) => {
  expect(networkAddressError(text)).toBeUndefined();
});

test.each([
  ['10.0.0.0', 'is not a network in CIDR notation'],
  ['10.0.0.0/33', 'is not a network in CIDR notation'],
  ['10.0.0.0/8/8', 'is not a network in CIDR notation'],
  ['db.example.com', 'is not a network in CIDR notation'],
  ['10.0.0.1/8', 'has bits set to the right of its mask'],
  ['fd00::1/64', 'has bits set to the right of its mask'],
])('%s %s', (text, fault) => {
  expect(networkAddressError(text)).toBe(fault);
});
