import { stringify } from 'yaml';
import { NotCheckedReason as Reason, readTexts } from '../../src/reading';

const COUNT = 2000;
const item = (index: number) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${index}`, namespace: 'team' }, data: { 'a.conf': 'x = y\n- z\n' } });
const listOf = (change: (text: string) => string, indentSeq: boolean) =>
  change(stringify({ apiVersion: 'v1', items: Array.from({ length: COUNT }, (_, index) => item(index)), kind: 'List', metadata: { resourceVersion: '' } }, { indentSeq }));

/** A list of more than 200,000 characters is read item by item. */
describe.each([['as kubectl prints it', false], ['with items that are indented', true]])('a long list %s', (_, indentSeq) => {
  const margin = indentSeq ? '  ' : '';

  test('has all items, at their positions', () => {
    const text = listOf((whole) => whole, indentSeq);
    const { manifests, documents, notChecked } = readTexts([['a.yaml', `# exported\n---\n${text}---\n${stringify(item(-1))}`]]);
    expect([manifests.length, documents, notChecked]).toEqual([COUNT + 1, 2, []]);
    expect(manifests.map(({ content }) => content)).toEqual([...Array.from({ length: COUNT }, (_unused, index) => item(index)), item(-1)]);
    const { line, column } = manifests[1000]!.position;
    expect([line, column]).toEqual([5 + 9 * 1000, 3 + margin.length]);
    expect(manifests[1000]!.locate(['metadata', 'name'])).toEqual({ file: 'a.yaml', line: line + 3, column: 5 + margin.length });
  });

  test('with one item in another style, one that is invalid and one with a key twice', () => {
    const text = listOf((whole) => whole.replace('name: c7\n', 'name: "c\\x37"\n').replace('name: c8\n', 'name: *c8\n').replace('name: c9\n', `name: c8\n${margin}    name: c9\n`), indentSeq);
    const { manifests, notChecked, faults } = readTexts([['a.yaml', text]]);
    expect(manifests).toHaveLength(COUNT - 1);
    expect(manifests[7]!.content).toEqual(item(7));
    expect(notChecked).toEqual([expect.objectContaining({ reason: Reason.INVALID_YAML, isFinding: true, position: { file: 'a.yaml', line: 3 + 9 * 8 + 3, column: 11 + margin.length } })]);
    expect(faults.map(({ position, path }) => [position.line, path.at(-1)])).toEqual([[3 + 9 * 9 + 4, 'name']]);
  });

  test('has the position of every item', () => {
    const { manifests } = readTexts([['a.yaml', listOf((whole) => whole, indentSeq)]]);
    const lines = manifests.map((manifest) => manifest.locate(['metadata', 'name']).line);
    expect(new Set(lines).size).toBe(COUNT);
    expect(lines).toEqual([...lines].sort((one, other) => one - other));
  });
});

test('a long list of a type gives its kind to its items', () => {
  const items = Array.from({ length: 5000 }, (_, index) => ({ metadata: { name: `secret-with-a-name-${index}` } }));
  const { manifests } = readTexts([['a.yaml', stringify({ apiVersion: 'v1', kind: 'SecretList', items }, { indentSeq: false })]]);
  expect(manifests).toHaveLength(5000);
  expect(manifests[4999]!.content).toEqual({ apiVersion: 'v1', kind: 'Secret', ...items[4999] });
});

test('long settings with items are no list', () => {
  const { manifests, notChecked } = readTexts([['a.yaml', stringify({ items: Array.from({ length: 20_000 }, (_, index) => ({ index })), kind: 'menu' })]]);
  expect(manifests).toEqual([]);
  expect(notChecked).toEqual([expect.objectContaining({ reason: Reason.FRAGMENT, isFinding: false, documents: 1 })]);
});

test('a long list in JSON, with a key twice', () => {
  const items = Array.from({ length: COUNT }, (_, index) => item(index));
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { items: [] }, items }, null, 1).replace('"name": "c9"', '"name": "c8",\n    "name": "c9"');
  const { manifests, documents, faults } = readTexts([['a.json', text]]);
  expect([manifests.length, documents]).toEqual([COUNT, 1]);
  expect(manifests.map(({ content }) => content)).toEqual(items);
  expect(manifests[1]!.locate(['metadata', 'name'])).toEqual({ file: 'a.json', line: 23, column: 5 });
  expect(faults.map(({ position }) => position.line)).toEqual([8 + 9 * 11 + 5]);
  expect(new Set(manifests.map((manifest) => manifest.locate(['metadata', 'name']).line)).size).toBe(COUNT);
});
