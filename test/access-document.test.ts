import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printed } from './support/document-program';
import { markedBlock, REPOSITORY } from './support/repository';

const DOCUMENT = readFileSync(join(REPOSITORY, 'docs/access.md'), 'utf8');

test('the table of docs/access.md is what its program prints', () => {
  const table = DOCUMENT.split('<!-- table: access -->\n')[1]!.split('<!-- end of table -->')[0]!;
  expect(table.trim()).toBe(printed(markedBlock(DOCUMENT, 'program: access')).trim());
});
