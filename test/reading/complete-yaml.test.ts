import { parseCompleteYaml, YamlError } from '../../src/reading/complete-yaml';
import { splitDocuments } from '../../src/reading/split-documents';

function refusal(text: string): YamlError {
  try {
    parseCompleteYaml(text);
  } catch (error) {
    if (error instanceof YamlError) { return error; }
    throw error;
  }
  throw new Error('it is read');
}

// Measured with sigs.k8s.io/yaml 1.6.0.
describe('a document is read as Kubernetes reads it', () => {
  test.each<[string, string, unknown]>([
    ['keys are strings', 'on: 1\n0440: 2\n1.5: 3', { true: 1, 288: 2, 1.5: 3 }],
    ['quoted scalars are strings', 'a: "yes"\nb: \'0440\'', { a: 'yes', b: '0440' }],
    ['known tags', 'a: !!str 1\nb: !!int "0o17"\nc: !!binary aGk=\nd: !!bool "on"', { a: '1', b: 15, c: 'hi', d: true }],
    ['other tags mean nothing', 'a: !vault |\n  b\nc: !d { e: f }', { a: 'b\n', c: { e: 'f' } }],
    ['the last of equal keys counts', 'a: 1\nb: 2\na: 3', { a: 3, b: 2 }],
    ['a merge key overrides the fields above it', 'a: 1\n<<: { a: 2, b: 3 }', { a: 2, b: 3 }],
    ['fields below a merge key override it', '<<: { a: 2 }\na: 1', { a: 1 }],
    ['of several merged mappings the first counts', '<<: [{ a: 1 }, { a: 2, b: 3 }]', { a: 1, b: 3 }],
    ['a quoted << is a field', '"<<": 1', { '<<': 1 }],
    ['aliases', 'a: &x { b: [1] }\nc: *x', { a: { b: [1] }, c: { b: [1] } }],
    ['a prototype is a field', JSON.stringify({ a: 1 }).replace('a', '__proto__'), JSON.parse('{"__proto__":1}')],
    ['Unicode', 'a: "\\u263a"\nb: é', { a: '☺', b: 'é' }],
  ])('%s', (_, text, value) => { expect(parseCompleteYaml(`${text}\n`).value).toEqual(value); });

  test('equal keys are found where the last one stands', () => {
    expect(parseCompleteYaml('a:\n  - b: 1\n    b: 2\n').duplicates).toEqual([{ path: ['a', 0, 'b'], offset: 16 }]);
    expect(parseCompleteYaml('1: a\n"1": b\n').duplicates).toHaveLength(1);
    expect(parseCompleteYaml('a: 1\n<<: { a: 2 }\n').duplicates).toEqual([]);
  });

  test.each<[string, string, RegExp, number]>([
    ['a wildcard without quotes', 'a:\n  - *.example.com\n', /'\*\.example\.com' needs quotes/, 7],
    ['an anchor of another document', 'a: *b\n', /no anchor '&b' above it/, 3],
    ['an anchor below', 'a: *b\nc: &b d\n', /no anchor '&b' above it/, 3],
    ['an anchor in itself', 'a: &b [*b]\n', /contains itself/, 7],
    ['a merge of no mapping', '<<: 5\n', /merge key/, 4],
    ['a number that JSON does not have', 'a: .inf\n', /'\.inf' is a number that JSON does not have/, 3],
    ['a key that is missing', ': a\n', /a key is null/, 0],
    ['a bracket that does not close', 'a: [b\n', /flow/, 6],
  ])('%s is refused where it stands', (_, text, message, offset) => {
    expect(refusal(text).message).toMatch(message);
    expect(refusal(text).offset).toBe(offset);
    expect(refusal(text).fix).not.toBe('');
  });

  test('a mapping as key, as {{ name }} is, is found', () => {
    expect(parseCompleteYaml('a:\n  b: {{ c }}\n').collectionKey).toBe(9);
    expect(parseCompleteYaml('a: { b }\n').collectionKey).toBeUndefined();
  });
});

describe('bounded', () => {
  test('aliases that repeat aliases', () => {
    const bomb = `a: &a [${'x,'.repeat(9)}]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]!},`.repeat(9)}]`).join('\n')}\n`;
    expect(refusal(bomb).message).toMatch(/aliases repeat more than/);
  });

  test('not aliases of a scalar or a small mapping, however many', () => {
    const text = `a: &a { b: c }\nlist: [${'*a, '.repeat(5000)}]\n`;
    expect((parseCompleteYaml(text).value as { readonly list: unknown[] }).list).toHaveLength(5000);
  });

  test.each([['lists', '[', ']'], ['mappings', '{a: ', '}']])('nested %s', (_, open, close) => {
    for (const depth of [600, 20_000]) { expect(refusal(`${open.repeat(depth)}${close.repeat(depth)}\n`).message).toMatch(/nested too deeply/); }
  });

  test('a mapping with many keys', () => {
    const text = `a: { ${Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join(', ')} }\n`;
    expect((parseCompleteYaml(text).value as { readonly a: Record<string, number> }).a['k19999']).toBe(1);
  });
});

describe('documents', () => {
  const parts = (text: string) => splitDocuments(text).map(({ start, end }) => text.slice(start, end));
  test.each<[string, string, string[]]>([
    ['one', 'a: 1\n', ['a: 1\n']],
    ['two', 'a: 1\n---\nb: 2\n', ['a: 1\n', '\nb: 2\n']],
    ['a separator at the beginning, with a comment', '--- # one\na: 1\n', ['', ' # one\na: 1\n']],
    ['text on the line of the separator', '--- {a: 1}\n', ['', ' {a: 1}\n']],
    ['an end mark', 'a: 1\n...\nb: 2\n', ['a: 1\n', '\nb: 2\n']],
    ['dashes that are no separator', 'a: 1\n----\n---b\n ---\n', ['a: 1\n----\n---b\n ---\n']],
    ['directives', '%YAML 1.1\n---\na: 1\n', ['\na: 1\n']],
    ['directives below a comment', '# c\n\n%YAML 1.1\n---\na: 1\n', ['\na: 1\n']],
    ['separators alone', '---\n---\n', ['', '\n', '\n']],
  ])('%s', (_, text, expected) => { expect(parts(text)).toEqual(expected); });
});
