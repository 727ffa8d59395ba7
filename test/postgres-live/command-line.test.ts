import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { misplacedSpaces } from '../../src/postgresql';
import { postgresBinaries } from '../local';

/** Arguments of `postgres`: PGTLS-T18 reports those with a space in a name. */
const ARGUMENTS = [
  ['-c ssl=on'], ['-c', ' ssl=on'], ['-c', 'ssl =on'], ['-c\tssl=on'], ['--ssl =on'], ['-D /data'], ['-c port=5432 -c ssl=on'],
  ['-c', 'ssl=on'], ['-cssl=on'], ['--ssl=on'], ['-c', 'port= 5432'], ['-p 5432'], ['-k /tmp'], ['-h localhost'], ['-N 20'],
];

/** `-C` as the first argument is allowed to root too, and without a data directory the server ends after it has read its arguments. */
function isRefused(major: number, words: string[]): boolean {
  const { binDir, libDir } = postgresBinaries(major);
  const { stderr } = spawnSync(join(binDir, 'postgres'), ['-C', 'port', ...words], { cwd: '/', encoding: 'utf8', env: { LD_LIBRARY_PATH: libDir } });
  if (!/does not know where to find the server configuration file|unrecognized configuration parameter|could not access directory/.test(stderr)) { throw new Error(stderr); }
  return !stderr.includes('does not know where');
}

test.each([14, 15, 16, 17, 18])('PostgreSQL %d refuses the arguments that PGTLS-T18 names, and no other', (major) => {
  expect(ARGUMENTS.map((words) => [words, isRefused(major, words)])).toEqual(ARGUMENTS.map((words) => [words, misplacedSpaces(words).length > 0]));
});
