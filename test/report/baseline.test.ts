import { finding } from './reports';
import { baselineText, compareWithBaseline, fingerprintOf, parseBaseline } from '../../src/report';

const at = (line: number, file = 'apps/db.yaml') => ({ path: 'x', file, line, column: 1 });
const roundTrip = (findings: Parameters<typeof baselineText>[0]) => parseBaseline('b.json', baselineText(findings));

test('a fingerprint does not depend on lines, indices and words', () => {
  const one = finding({ field: 'spec.dnsNames[0]', location: at(3) });
  expect(fingerprintOf(finding({ field: 'spec.dnsNames[7]', location: at(90), problem: 'other words', fix: 'another fix' }))).toBe(fingerprintOf(one));
});

test.each([
  ['rule', { rule: { ...finding().rule, id: 'another' } }],
  ['field', { field: 'spec.renewBefore' }],
  ['file', { location: at(12, 'apps/other.yaml') }],
  ['object', { target: { ...finding().target!, name: 'other' } }],
  ['namespace', { target: { ...finding().target!, namespace: 'other' } }],
])('it depends on the %s', (_, fields) => {
  expect(fingerprintOf(finding(fields))).not.toBe(fingerprintOf(finding()));
});

test('known findings are left out, as many as there were', () => {
  const baseline = roundTrip([finding({ location: at(3) }), finding({ location: at(9) })]);
  expect(baseline).toMatchObject([{ rule: 'duration-invalid', file: 'apps/db.yaml', target: 'Certificate/shop/db', field: 'spec.duration', count: 2 }]);
  const { fresh, known, gone } = compareWithBaseline([finding({ location: at(5) }), finding({ location: at(20) }), finding({ location: at(21) })], baseline);
  expect([fresh.length, known.length, gone]).toEqual([1, 2, []]);
});

test('what is gone is named, with its number', () => {
  const baseline = roundTrip([finding({ location: at(3) }), finding({ location: at(9) }), finding({ field: 'spec.renewBefore' })]);
  expect(compareWithBaseline([finding()], baseline).gone).toMatchObject([{ field: 'spec.duration', count: 1 }, { field: 'spec.renewBefore', count: 1 }]);
});

test('acknowledged findings are neither written nor compared', () => {
  const acknowledged = finding({ acknowledged: 'on purpose' });
  expect(roundTrip([acknowledged])).toEqual([]);
  expect(compareWithBaseline([acknowledged], roundTrip([finding()]))).toMatchObject({ fresh: [acknowledged], known: [], gone: [{ count: 1 }] });
});

test('the text does not depend on the order of findings', () => {
  const findings = [finding(), finding({ field: 'spec.renewBefore' }), finding({ location: at(1, 'a.yaml') })];
  expect(baselineText([...findings].reverse())).toBe(baselineText(findings));
});

test.each([
  ['', '[b.json] the baseline is not JSON ('],
  ['{"version":2,"findings":[]}', '[b.json] baseline of version 2, not 1; write it anew with --write-baseline'],
  ['[]', '[b.json] baseline of version unknown'],
  ['{"version":1}', '[b.json] baseline without a list of findings'],
  ['{"version":1,"findings":[{"fingerprint":"f","count":0}]}', '[b.json] findings[0] of the baseline has no fingerprint or no count'],
])('%s is refused', (text, message) => {
  expect(() => parseBaseline('b.json', text)).toThrow(message);
});
