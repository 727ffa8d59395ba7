import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { ManifestPrinter } from '../../src/synthesis';

/** `RUNS=50000 SEED=7 npx jest manifest-printer` asks more, or other questions. */
const RUNS = Number(process.env['RUNS'] ?? 500);
const SEED = Number(process.env['SEED'] ?? 20_261_129);

/** Texts that YAML reads as something else, or writes in its own way. */
const WORDS = [
  'true', 'True', 'TRUE', 'no', 'No', 'off', 'y', 'Y', 'n', 'on', 'null', 'Null', '~', '', '0', '00', '0755', '0o17', '0x1f', '0b11', '1_000', '1e3', '1.', '.5', '.inf', '-.INF', '.nan',
  '12:30:45', '1:2', '2001-01-01', '2001-12-14t21:59:43.10-05:00', '<<', '=', '-', '--', '---', '...', '--- a', 'a\n---\nb', '%a', '\n', ' ', '\n\n', 'a\n', 'a\n\n', ' a\nb', '\na', 'a\n ',
  '\n a\n\n b', 'a: b', 'a #b', '-1', '+1', '- a', '? a', 'a:', '!a', '&a', '*a', '@a', '`a', 'a\tb', '#a', 'x'.repeat(1100), 'word '.repeat(100), 'a line\n'.repeat(40), '"a"', "'a'",
  '"a" \'b\'', '"a\n"', "'a'\n  b", '{}', '[]', 'false-', 'falsey', '2160h0m0s', '100m', '1Gi', 'docker.io/a:1@sha256:ff', 'a\r\nb', 'toJSON', 'constructor', 'null\n', 'a \nb', '\t', '\ta\nb',
  'a\n\tb', 'éèà ü ö\nß', 'a\u2028---', '\u0000', '\ud800', '\ufeffa', '\u0085',
];
const CHARACTERS = ['a', 'Z', '0', '-', ' ', '\n', '\t', ':', '#', '"', "'", '\\', '\r', 'é', '漢', '😀', '\u2028', '[', '}', ',', '&', '!', '|', '>', '%', '?', '.', '=', '_', 'e', '+'];
const TEXT = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...'abcXYZ019./_@=-'), minLength: 4, maxLength: 12 }),
);
const NUMBER = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** 53, 1e21, 1e-7));
const SCALAR = fc.oneof({ weight: 5, arbitrary: TEXT }, NUMBER, fc.boolean(), fc.constant(null));
/** Keys that manifests have, words, and any text. */
const KEY = fc.oneof({ weight: 12, arbitrary: fc.stringMatching(/^[a-z][\w./-]{0,12}$/) }, { weight: 3, arbitrary: fc.constantFrom(...WORDS.filter((word) => !word.includes('\n'))) }, TEXT);
const { value: VALUE } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, SCALAR, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(KEY, tie('value'), { maxKeys: 4, noNullPrototype: true })),
}));
const DOCUMENT = fc.dictionary(KEY, VALUE, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

/** A printer that counts what it leaves to cdk8s. */
function counting() {
  const left: unknown[] = [];
  const printer = new ManifestPrinter((document) => {
    left.push(document);
    return Yaml.stringify(document);
  });
  return { printer, left };
}

test(`${RUNS} random documents of seed ${SEED} are printed as cdk8s prints them`, () => {
  const { printer, left } = counting();
  fc.assert(fc.property(DOCUMENT, (document) => { expect(printer.print(document)).toBe(Yaml.stringify(document)); }), { seed: SEED, numRuns: RUNS });
  expect(left.length).toBeLessThan(RUNS / 2);
});

test.each(WORDS)('the text %j, at every depth', (word) => {
  const { printer, left } = counting();
  const document = { top: word, map: { nested: word, list: [word, [word], { first: word, second: [[word]] }] } };
  for (let time = 0; time < 2; time += 1) { expect(printer.print(document)).toBe(Yaml.stringify(document)); }
  expect(left).toEqual([]);
});

test.each(WORDS)('the key %j, at every depth', (word) => {
  const { printer } = counting();
  const document = { [word]: 1, map: { [word]: [{ [word]: { [word]: null } }] } };
  for (let time = 0; time < 2; time += 1) { expect(printer.print(document)).toBe(Yaml.stringify(document)); }
});

const shared = { a: 1 };
const circular: Record<string, unknown> = {};
circular['self'] = circular;
class Point { public constructor(public readonly x = 1) {} }
const withToJson = Object.defineProperty({ a: 1 }, 'toJSON', { enumerable: false, value: () => 'short' });

test.each<[string, unknown]>([
  ['one object twice', { one: shared, two: shared }],
  ['one empty list twice', ((list: unknown[]) => ({ one: list, two: [list] }))([])],
  ['an object in itself', circular],
  ['an instance of a class', { point: new Point() }],
  ['a date', { when: new Date(0) }],
  ['bytes', { bytes: new Uint8Array([1, 2]) }],
  ['a map and a set', { map: new Map([['a', 1]]), set: new Set([1]) }],
  ['a big integer', { big: 2n ** 70n }],
  ['undefined', { nothing: undefined, list: [undefined] }],
  // eslint-disable-next-line no-sparse-arrays
  ['a hole', { list: [1, , 2] }],
  ['an object without prototype', { map: Object.assign(Object.create(null) as object, { a: 1 }) }],
  ['an object that renders itself', { map: withToJson }],
  ['an iterable', { map: { *[Symbol.iterator]() { yield 1; } } }],
  ['a wrapped text', { text: Object('a') as unknown }],
  ['a key of several lines', { 'a\nb': 1 }],
  ['a long key', { ['k'.repeat(1100)]: 1 }],
  ['a key that ends documents', { '---': 1 }],
  ['the key of a prototype', JSON.parse('{ "__proto__": { "a": 1 } }') as unknown],
  ['a text', 'text'],
  ['a list', [1]],
  ['nothing', null],
  ['an empty mapping', {}],
])('left to cdk8s: %s', (_, document) => {
  const { printer, left } = counting();
  expect(printer.print(document)).toBe(Yaml.stringify(document));
  expect(left).toEqual([document]);
  // What was begun is forgotten.
  expect(printer.print({ a: shared })).toBe('a:\n  a: 1\n');
});

test('a function is refused by cdk8s, and by this printer', () => {
  const document = { call: () => 1 };
  const outcome = (print: () => string) => { try { return print(); } catch (error) { return String(error); } };
  expect(outcome(() => new ManifestPrinter().print(document))).toBe(outcome(() => Yaml.stringify(document)));
});

test('more texts than are remembered', () => {
  const { printer, left } = counting();
  const documents = Array.from({ length: 30 }, (_, index) => ({ text: `${index}\n${'x'.repeat(200_000)}` }));
  for (const document of [...documents, ...documents]) { expect(printer.print(document) === Yaml.stringify(document)).toBe(true); }
  expect(left).toEqual([]);
});
