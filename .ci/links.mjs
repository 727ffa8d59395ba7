// Every relative link of the documents of an installed package leads to a file of it, and so does every page that a finding can name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const documents = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/README.md', ...readdirSync(join(folder, 'docs'), { recursive: true }).filter((file) => file.endsWith('.md')).map((file) => join('docs', file))];
const links = documents.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => ({ file, target })));
const dead = links.filter(({ file, target }) => !existsSync(join(folder, dirname(file), target)));

const require = createRequire(join(folder, '..', 'project.js'));
const program = readFileSync(join(folder, 'lib/src/index.js'), 'utf8');
const ofRules = [...program.matchAll(/"PGTLS-\w\d{2,3}": \["\w+", "([\w-]+)"\]/g)].map(([, page]) => `docs/rules/${page}.md`);
if (ofRules.length === 0) { throw new Error('no page of a rule is found in the program'); }
const pages = [...new Set([...ofRules, ...program.match(/(?<![\w/.-])docs\/(?:rules\/)?[\w-]+\.md/g)])];
for (const page of pages) { require.resolve(`cdk8s-postgres-tls/${page}`); }

for (const { file, target } of dead) { console.error(`${file} links to ${target}, which is not in the package`); }
if (dead.length > 0) { process.exit(1); }
console.log(`pack: ${links.length} links and ${pages.length} pages of findings lead to files of the package`);
