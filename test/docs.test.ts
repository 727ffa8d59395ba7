import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './support/repository';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const unindented = (text: string) => text.replace(/^ +/gm, '');

test.each([['docs/authority-roll.md', 'examples/authority-roll.ts'], ['docs/server-names.md', 'examples/public-name.ts']])('%s shows what %s says', (document, example) => {
  const blocks = [...read(document).matchAll(/<!-- program: .* -->\n```ts\n([\s\S]*?)```/g)].map(([, block]) => block!);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) { expect(unindented(read(example))).toContain(unindented(block)); }
});
