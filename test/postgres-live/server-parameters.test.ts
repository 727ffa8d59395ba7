import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeServerParameters } from '../../tools/parameters';
import { REPOSITORY } from '../support/repository';

test('the catalogue of parameters is what the servers of each major say', async () => {
  const committed = readFileSync(join(REPOSITORY, 'src/postgresql/generated/server-parameters.ts'), 'utf8');
  expect(await describeServerParameters()).toBe(committed);
});
