import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseBlockYaml, Places } from '../../src/reading/block-yaml';
import { offsetInYaml, parseCompleteYaml, YamlError } from '../../src/reading/complete-yaml';
import { splitDocuments } from '../../src/reading/split-documents';
import { REPOSITORY } from '../support/repository';

/** What the complete parser reads; undefined if it refuses the text. */
function complete(text: string): unknown {
  try {
    return parseCompleteYaml(text).value;
  } catch (error) {
    if (error instanceof YamlError) { return undefined; }
    throw error;
  }
}

function documentsIn(folder: string, pattern: RegExp): [string, string][] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file)).flatMap((file) => {
    const text = readFileSync(join(REPOSITORY, folder, file), 'utf8');
    const yaml = file.endsWith('.md') ? [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block]) => block!) : [text];
    return yaml.flatMap((block) => splitDocuments(block).map(({ start, end }, index): [string, string] => [`${folder}/${file} ${index}`, block.slice(start, end)]));
  });
}

describe('the fast parser reads what the complete one reads', () => {
  const DIST = documentsIn('dist', /\.yaml$/);
  const OTHERS = [...documentsIn('docs', /\.md$/), ...documentsIn('imports', /\.yaml$/), ...documentsIn('test', /\.ya?ml$/)];

  test('and all that this package prints', () => {
    expect(DIST.length).toBeGreaterThan(30);
    expect(DIST.filter(([, text]) => parseBlockYaml(text) === undefined).map(([name]) => name)).toEqual([]);
  });

  test('in all YAML of this repository', () => {
    expect(OTHERS.length).toBeGreaterThan(30);
    for (const [name, text] of [...DIST, ...OTHERS]) {
      const fast = parseBlockYaml(text);
      if (fast !== undefined) { expect({ name, value: fast.value }).toEqual({ name, value: complete(text) }); }
    }
  });

  test('and finds each field where it is', () => {
    for (const [, text] of DIST.slice(0, 12)) {
      const places: Places = new Map();
      const visit = (value: unknown, path: (string | number)[]) => {
        if (typeof value !== 'object' || value === null) { return; }
        for (const [key, inner] of Object.entries(value)) {
          const step = Array.isArray(value) ? Number(key) : key;
          expect([...path, step, places.get(value)!.get(step)]).toEqual([...path, step, offsetInYaml(text, [...path, step])]);
          visit(inner, [...path, step]);
        }
      };
      visit(parseBlockYaml(text, places)!.value, []);
    }
  });

  const scalar = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ab0 :#-"\'\\|>{}[],&*!%@`?=~.\n\t/é<'), maxLength: 8 }), fc.constantFrom('yes', 'on', '0440', '0o644', '1e3', '.5', '~', 'null', 'true', '-', '', '1_0', '::1', '- a', 'a: b', '<<'),
    fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.string(),
  );
  const key = fc.oneof(fc.stringMatching(/^[a-z][a-zA-Z0-9_./-]{0,8}$/), fc.string({ unit: fc.constantFrom(...'ab0:.-"\' '), minLength: 1, maxLength: 4 }), fc.constantFrom('on', 'y', '12', '__proto__', '<<', 'f:a{}'));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(key, tie('tree'), { maxKeys: 4 })),
  }));

  test('for random documents as programs print them', () => {
    let isRead = 0;
    fc.assert(fc.property(fc.dictionary(key, tree, { maxKeys: 5 }), fc.boolean(), fc.constantFrom(0, 40), (document, isFlat, lineWidth) => {
      const text = stringify(document, { version: '1.1', indentSeq: !isFlat, lineWidth, aliasDuplicateObjects: false });
      const fast = parseBlockYaml(text);
      if (fast === undefined) { return; }
      isRead++;
      expect(JSON.stringify(fast.value)).toBe(JSON.stringify(complete(text)));
    }), { numRuns: 1000 });
    expect(isRead).toBeGreaterThan(100);
  });

  test('for random lines, valid or not', () => {
    const part = fc.constantFrom('a', 'b', 'a:', 'b:', ' ', '  ', '    ', '- ', '-', '\n', '\n\n', '\n  ', '\n    ', ': ', ':', '#', ' # c', '|', '|-', '|+', '>', '"', "'", '""', "''", '{}', '[]', '{', '}', '0440', 'yes', '"a"', "'it''s'", '&x', '*x', '!t', '\t', '?', '~', '\n- ', '\na: ', '\nb: ', '\\n', '<<: ');
    let isRead = 0;
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 14 }), (parts) => {
      const text = `${parts.join('')}\n`;
      const fast = parseBlockYaml(text);
      if (fast === undefined) { return; }
      isRead++;
      expect([text, JSON.stringify(fast.value)]).toEqual([text, JSON.stringify(complete(text))]);
    }), { numRuns: 8000 });
    expect(isRead).toBeGreaterThan(400);
  });

  test.each([
    ['a key twice', 'a: 1\na: 2'], ['an anchor', 'a: &b c'], ['an alias', 'a: *b'], ['a tag', 'a: !!str 1'], ['a merge', '<<: {}'], ['a folded block', 'a: >\n  b'], ['a flow mapping', 'a: { b: c }'],
    ['a text on two lines', 'a: b\n  c'], ['a tab', 'a:\tb'], ['a complex key', '? a\n: b'], ['a key that is no string', 'on: 1'], ['infinity', 'a: .inf'], ['a template', 'a: {{ b }}'],
    ['a scalar alone', 'a'], ['text after quotes', 'a: "b" c'], ['a mapping in a line', 'a: b: c'],
  ])('%s is left to the complete one', (_, text) => { expect(parseBlockYaml(`${text}\n`)).toBeUndefined(); });
});
