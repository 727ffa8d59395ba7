import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeServerParameters } from '../../tools/parameters';
import { REPOSITORY } from '../support/repository';

test('the catalog of parameters equals pg_settings of each major version', async () => {
  const committed = readFileSync(join(REPOSITORY, 'src/postgresql/generated/server-parameters.ts'), 'utf8');
  expect(await describeServerParameters()).toBe(committed);
});
