import { NotCheckedReason as Reason, readTexts } from '../../src/reading';
import { joinedQuotes } from '../../src/reading/joined-quotes';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n';
const read = (data: string) => readTexts([['a.yaml', head + data]]);
const dataOf = (data: string) => read(data).manifests.map(({ content }) => content['data']);

describe('quoted texts with lines that are not indented', () => {
  // Values measured with sigs.k8s.io/yaml 1.6.
  test.each<[string, string, object]>([
    ['in single quotes', "  a: 'one\n  two'\n  b: three\n", { a: 'one two', b: 'three' }],
    ['in double quotes', '  a: "one\n two"\n  b: three\n', { a: 'one two', b: 'three' }],
    ['with quotes', "  a: 'it''s\n\n  {\n  }'\n", { a: "it's\n{ }" }],
    ['with an escaped break', '  a: "one\\\n  two \\"three\\"\n  four"\n', { a: 'onetwo "three" four' }],
    ['with a backslash before a break', '  a: "one\\\\\n  two"\n', { a: 'one\\ two' }],
    ['beside a text in block style', "  c: |\n    x: 'y\n  a: 'one\n  two'\n", { c: "x: 'y\n", a: 'one two' }],
    ['under a quoted key', '  "a b": \'one\n  two\'\n', { 'a b': 'one two' }],
  ])('%s', (_, data, expected) => { expect(dataOf(data)).toEqual([expected]); });

  test('keep the places of what follows', () => {
    const { manifests: [, second] } = readTexts([['a.yaml', `${head}  a: 'one\n  two'\n---\n${head}  b: 'one\n\n  two'\n  c: three\n`]]);
    expect(second!.locate(['data', 'c'])).toEqual({ file: 'a.yaml', line: 17, column: 3 });
  });

  test('a quote that is not closed is invalid', () => {
    expect(read("  a: 'one\n  two\n").notChecked).toEqual([expect.objectContaining({ reason: Reason.INVALID_YAML, problem: expect.stringContaining('closing') })]);
    expect(joinedQuotes('a: "one"\nb: \'two\'\n')).toBeUndefined();
  });
});
