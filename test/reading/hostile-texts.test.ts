import { readTexts } from '../../src/reading';

/** Reads a text, and the places of its first manifests. */
function answerTo(text: string): number {
  const { manifests, notChecked } = readTexts([['a.yaml', text]]);
  for (const manifest of manifests.slice(0, 2)) { manifest.locate(['spec', 'a', 0]); }
  return manifests.length + notChecked.length;
}

const MANIFEST = 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: a }\nspec:\n  secretName: a\n  commonName: ';
const quoted = (text: string) => `${MANIFEST}"${text}"\n`;

test.each<[string, (size: number) => string]>([
  ['closing brackets', (size) => ']'.repeat(size)], ['opening brackets', (size) => '['.repeat(size)], ['opening braces', (size) => '{'.repeat(size)], ['dashes', (size) => '- '.repeat(size / 2)], ['colons', (size) => ': '.repeat(size / 2)],
  ['quotes', (size) => '"'.repeat(size)], ['escaped quotes in JSON', (size) => `{"a":"${'\\"'.repeat(size / 2)}`], ['backslashes in JSON', (size) => `{"a":"${'\\'.repeat(size)}`], ['a long string in JSON', (size) => `{"a":"${'x'.repeat(size)}"}{`],
  ['open placeholders', (size) => quoted('${'.repeat(size / 2))], ['nested defaults', (size) => quoted(`${'${A:='.repeat(size / 6)}${'}'.repeat(size / 6)}`)], ['open templates', (size) => quoted('{{ '.repeat(size / 3))],
  ['open templates without quotes', (size) => `${MANIFEST}${'{{ '.repeat(size / 3)}\n`], ['angles', (size) => quoted('<a'.repeat(size / 2))], ['upper case', (size) => quoted('A_'.repeat(size / 2))], ['dollars', (size) => quoted('$A'.repeat(size / 2))],
  ['empty lines below a comment', (size) => `#\n${'\n'.repeat(size)}`], ['spaces', (size) => `#\n${' '.repeat(size)}\n`], ['comments', (size) => '#\n'.repeat(size / 2)], ['separators', (size) => '---\n'.repeat(size / 4)], ['end marks', (size) => `a: 1\n${'...\n'.repeat(size / 4)}`],
  ['carriage returns', (size) => '\r'.repeat(size)], ['tabs', (size) => `a:${'\t'.repeat(size)}b`], ['anchors', (size) => Array.from({ length: size / 12 }, (_, index) => `a${index}: &a${index} b`).join('\n')], ['aliases', (size) => `a: &a b\nb: [${'*a, '.repeat(size / 4)}]`],
  ['question marks', (size) => '? '.repeat(size / 2)], ['tags', (size) => `a: ${'!t '.repeat(size / 3)}`], ['equal keys', (size) => 'a: 1\n'.repeat(size / 5)], ['one long line', (size) => `${MANIFEST}${'x '.repeat(size / 2)}\n`], ['a deep block', (size) => Array.from({ length: Math.sqrt(size) }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('a long text of %s has an answer', (_, make) => {
  expect(answerTo(make(200_000))).toBeGreaterThan(0);
});
