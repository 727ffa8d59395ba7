import fc from 'fast-check';
import { offsetInYaml, parseCompleteYaml } from '../../src/reading/complete-yaml';
import { duplicatesInJson, offsetInJson } from '../../src/reading/json-places';
import { readTexts } from '../../src/reading';

/** All paths of a value. */
function pathsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) { return [path]; }
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

test('fields of JSON are where they are in the same text as YAML', () => {
  const key = fc.string({ unit: fc.constantFrom(...'ab"\\{}[],: é'), maxLength: 3 }).filter((text) => text !== '<<');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 3 }, fc.string({ unit: fc.constantFrom(...'ab"\\{}[],: é') }), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(key, tie('tree'), { maxKeys: 3 })),
  }));
  fc.assert(fc.property(fc.dictionary(key, tree), fc.constantFrom(undefined, 2), (value, indent) => {
    const text = JSON.stringify(value, null, indent);
    for (const path of [...pathsIn(value), ['none'], [0]]) { expect([path, offsetInJson(text, path)]).toEqual([path, offsetInYaml(text, path)]); }
    expect(duplicatesInJson(text)).toEqual([]);
  }), { numRuns: 300 });
});

test.each(['{"a":1,"a":2}', '{"a":[{"b":{}},{"b":1,"c":[1,"b"],"b":2}],"b":"a"}', '{"\\u0061":1,"a":2}', '{"a":{"a":1,"a":[]},"b":1,"a":1}'])('keys that occur twice are found: %s', (text) => {
  expect(duplicatesInJson(text)).toEqual(parseCompleteYaml(text).duplicates);
  expect(duplicatesInJson(text).length).toBeGreaterThan(0);
});

test('and are faults', () => {
  const { faults, manifests } = readTexts([['a.json', '\n{"apiVersion":"v1","kind":"A","kind":"B","metadata":{"name":"a"}}']]);
  expect(manifests[0]!.content['kind']).toBe('B');
  expect(faults).toEqual([expect.objectContaining({ path: ['kind'], position: { file: 'a.json', line: 2, column: 31 } })]);
});
