import { INITIAL_DATABASE } from './managed-roles';
import { optionsOf } from './pod-traffic';
import type { DatabasePlan } from '../../plan/database-plan';

type Entry = readonly [field: string, value: string | number | boolean];

/** Options of initdb that a field of the Cluster has, by what precedes their value. */
const FIELDS: ReadonlyArray<readonly [prefix: string, entry: (value: string) => Entry]> = [
  ['--data-checksums', () => ['dataChecksums', true]],
  ['--no-data-checksums', () => ['dataChecksums', false]],
  ['--encoding=', (value) => ['encoding', value]],
  ['--locale-provider=', (value) => ['localeProvider', value]],
  ['--builtin-locale=', (value) => ['builtinLocale', value]],
  ['--icu-locale=', (value) => ['icuLocale', value]],
  ['--locale=', (value) => ['locale', value]],
  ['--wal-segsize=', (value) => ['walSegmentSize', Number(value)]],
];

/** Options that the operator gives itself, or that a parameter has. */
const LEFT_OUT = ['--username=', '--auth-local=', '--auth-host=', '--no-instructions', '--set=huge_pages='];

/** `bootstrap.initdb`: the options of initdb as fields. */
export function initdb(plan: DatabasePlan): Record<string, unknown> {
  const { initialDatabase = INITIAL_DATABASE } = optionsOf(plan);
  const entries = plan.initdbOptions.filter((option) => !LEFT_OUT.some((prefix) => option.startsWith(prefix))).map(entryOf);
  return { database: initialDatabase, owner: initialDatabase, ...Object.fromEntries(entries) };
}

function entryOf(option: string): Entry {
  const field = FIELDS.find(([prefix]) => (prefix.endsWith('=') ? option.startsWith(prefix) : option === prefix));
  if (field === undefined) { throw new Error(`a Cluster of CloudNativePG has no field for the option '${option}' of initdb`); }
  const [prefix, entry] = field;
  return entry(option.slice(prefix.length));
}
