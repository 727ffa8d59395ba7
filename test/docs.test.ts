import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { AVOIDED, avoidedLines } from './support/avoided-words';
import { filesBelow, REPOSITORY } from './support/repository';
import { describeReference, REFERENCE } from '../tools/reference';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const unindented = (text: string) => text.replace(/^ +/gm, '');

test.each([['docs/ca-rotation.md', 'examples/ca-rotation.ts'], ['docs/server-names.md', 'examples/public-name.ts']])('%s has the code of %s', (document, example) => {
  const blocks = [...read(document).matchAll(/<!-- program: .* -->\n```ts\n([\s\S]*?)```/g)].map(([, block]) => block!);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) { expect(unindented(read(example))).toContain(unindented(block)); }
});

test('the reference is what `npm run reference` writes from the docstrings', () => {
  expect(filesBelow(join(REPOSITORY, REFERENCE))).toEqual(describeReference());
});

test('every `npm run` of the documents is a script of this package', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const documents = ['README.md', 'CONTRIBUTING.md', 'examples/README.md', ...Object.keys(filesBelow(join(REPOSITORY, 'docs'))).map((file) => join('docs', file))];
  const named = documents.flatMap((document) => [...read(document).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script]) => `${document}: ${script}`));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !(name.split(': ')[1]! in scripts))).toEqual([]);
});

test.each([
  'README.md', 'CHANGELOG.md', 'SECURITY.md', 'examples/README.md', 'docs/access.md', 'docs/ca-rotation.md', 'docs/drivers.md', 'docs/gitops.md', 'docs/high-availability.md', 'docs/issuers.md', 'docs/kubedb.md', 'docs/operations.md', 'docs/performance.md', 'docs/postgres.md', 'docs/prove.md',
  'docs/server-names.md', 'docs/validation.md', 'docs/versions.md', 'dist/quickstart.k8s.yaml',
  ...Object.keys(filesBelow(join(REPOSITORY, 'docs/rules'))).map((file) => `docs/rules/${file}`),
])('%s uses none of the words that the house style avoids', (document) => {
  expect(avoidedLines(read(document), AVOIDED)).toEqual([]);
});

test('docs/high-availability.md has every message that only the pods of Patroni have', () => {
  const scripts = ['init-member.sh', 'member.sh'].map((name) => read(`src/postgres/engines/patroni/scripts/${name}`)).join('\n');
  const substitution = /\$\((?:[^()"]|"[^"]*")*\)|\$\{[^}]*\}|\$\w+/g;
  const reported = [...scripts.matchAll(/\b(?:fail|problem) (?:"((?:\$\((?:[^()"]|"[^"]*")*\)|[^"$]|\$\{[^}]*\}|\$\w+)*)"|'([^']*)')/g)]
    .map(([, filled, plain]) => (plain ?? filled!).replace(substitution, '…'));
  const documents = `${read('docs/high-availability.md')}\n${read('docs/operations.md')}`;
  const words = (message: string) => message.split('…').map((part) => part.trim()).filter((part) => part.length > 3);
  expect(reported.length).toBeGreaterThan(8);
  expect(reported.filter((message) => !words(message).every((part) => documents.includes(part)))).toEqual([]);
});

describe('the messages of the pod in docs/operations.md', () => {
  const config = parseAllDocuments(read('dist/quickstart.k8s.yaml')).map((document) => document.toJS()).find(({ kind }) => kind === 'ConfigMap');
  const scripts = `${config.data['init.sh']}\n${config.data['reload.sh']}\n${read('src/postgres/engines/pods/scripts/declarations.sh')}`;
  // A string of the shell that a function of the scripts reports, with what is filled in as `…`.
  const substitution = /\$\((?:[^()"]|"[^"]*")*\)|\$\{[^}]*\}|\$\w+/g;
  const reported = [...scripts.matchAll(/\b(?:fail|problem|log) (?:"((?:\$\((?:[^()"]|"[^"]*")*\)|[^"$]|\$\{[^}]*\}|\$\w+)*)"|'([^']*)')/g)]
    .map(([, filled, plain]) => (plain ?? filled!).replace(substitution, '…').replace(/%s/g, '…')).filter((message) => /[a-z]/.test(message));
  const documented = [...read('docs/operations.md').matchAll(/`(?:init|reloader): ([^`]+)`/g)].map(([, message]) => message!);

  test('are all that the scripts have', () => {
    expect(reported.length).toBeGreaterThan(35);
    expect(reported.filter((message) => !documented.some((text) => text.trim() === message.trim()))).toEqual([]);
  });

  test('are messages that the scripts have', () => {
    const lines = scripts.split('\n');
    const isPrinted = (message: string) => lines.some((line) => {
      let from = 0;
      return message.split('…').every((part) => {
        const found = line.indexOf(part.trim(), from);
        from = found + part.trim().length;
        return found >= 0;
      });
    });
    expect(documented.filter((message) => !isPrinted(message))).toEqual([]);
  });
});
