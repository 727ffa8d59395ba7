import * as fc from 'fast-check';

/** A text of characters that are drawn from an alphabet. */
export function textOf(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
}

export const LABEL = fc.tuple(textOf('abcdefghijklmnopqrstuvwxyz', 1, 1), textOf('abcdefghijklmnopqrstuvwxyz0123456789-', 0, 8))
  .map(([first, rest]) => `${first}${rest}`.replace(/-+$/, ''));
export const HOST = fc.array(LABEL, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
export const IPV4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => bytes.join('.'));
export const IPV6 = fc.oneof(fc.constantFrom('::', '::1', 'fd00::1', '::ffff:10.0.0.1', '2001:DB8::1', '1:2:3:4:5:6:7:8'), fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
  .map((words) => words.map((word) => word.toString(16)).join(':')));

/** Durations as Go reads them, and as people write them. */
export const ODD_DURATION: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    '90d', 'P90D', '2160', 2160, '2160H', '2160 h', ' 2160h', '2160h ', '+2160h', '-2160h', '0', '-0', '+0', '', '1h 30m', '1.5h', '.5h', '1.h', '.h', 'h', '1e3h',
    '60m', '59m59.999999999s', '59m59.9999999999s', '3600s', '3600000ms', '3600000000us', '3600000000µs', '3600000000μs', '3600000000000ns', '59m60s', '1h0m0s',
    '1h1h', '1m1h', '2562047h', '2562048h', '9223372036854775808ns', '99999999999999999999h', '0h', '0s', '5m', '4m59s',
    '300s', '299.999999999s', '1w', '1y', '1month', '٣h', '0x10h', '1_000h', '1,5h', '1h-30m', '--1h', null, true, [], {}, ['1h'],
  ),
  fc.array(fc.tuple(fc.oneof(fc.nat(5000).map(String), fc.nat(999).map((n) => `${n}.${n}`), fc.constantFrom('', '.', '1.', '.5')), fc.constantFrom('h', 'm', 's', 'ms', 'us', 'ns', 'd', 'H', '')),
    { minLength: 1, maxLength: 3 }).map((parts) => parts.flat().join('')),
);

/** Names of objects, valid and invalid. */
export const ODD_NAME: fc.Arbitrary<unknown> = fc.constantFrom(
  '', 'Upper', 'under_score', '-a', 'a-', 'a..b', '.a', 'a.', 'a b', 'ä', 'a'.repeat(253), 'a'.repeat(254), `${'a'.repeat(64)}.b`, '1', '1.2.3', 'a/b', 'a.b-c.d', 7, null,
);
