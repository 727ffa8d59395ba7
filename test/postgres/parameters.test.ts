import { Size } from 'cdk8s';
import { memoryParameters } from '../../src/postgres/features/resources/memory';
import { renderParameters, restartParameters } from '../../src/postgres/plan/parameters';
import type { Parameter } from '../../src/postgresql';
import { PostgresVersion } from '../../src';
import { planOf } from '../support/plan';

const valueOf = (parameters: ReadonlyArray<Parameter>, name: string) => parameters.find(([other]) => other === name)?.[1];

test('strings are quoted, quotes doubled, booleans on and off', () => {
  expect(renderParameters([['a', "it's"], ['b', 5], ['c', true], ['d', false]])).toBe("a = 'it''s'\nb = 5\nc = on\nd = off\n");
});

test.each([
  [512, { max_connections: 51, shared_buffers: '128MB', effective_cache_size: '384MB', maintenance_work_mem: '32MB' }],
  [1024, { max_connections: 102, shared_buffers: '256MB', effective_cache_size: '768MB', maintenance_work_mem: '64MB' }],
  [65_536, { max_connections: 500, shared_buffers: '16384MB', effective_cache_size: '49152MB', maintenance_work_mem: '1024MB' }],
])('a memory limit of %d Mi gives %j', (mebibytes, expected) => {
  const { parameters } = planOf({ resources: { memory: { limit: Size.mebibytes(mebibytes) } } });
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, valueOf(parameters, name)]))).toEqual(expected);
});

test('without a limit PostgreSQL decides', () => {
  expect(valueOf(planOf({ resources: { memory: {} } }).parameters, 'shared_buffers')).toBeUndefined();
  expect(memoryParameters(undefined)).toEqual([]);
});

test('parameters of the user come last, sorted, and replace those derived from memory', () => {
  const { parameters } = planOf({ parameters: { work_mem: '8MB', Shared_Buffers: '1GB' } });
  expect(parameters.slice(-2)).toEqual([['Shared_Buffers', '1GB'], ['work_mem', '8MB']]);
  expect(valueOf(parameters, 'shared_buffers')).toBeUndefined();
});

test('parameters that need a restart differ by major; those of unknown extensions may need one', () => {
  const parameters: Parameter[] = [['work_mem', '8MB'], ['shared_buffers', '1GB'], ['autovacuum_max_workers', '5'], ['pg_stat_statements.max', '100'], ['pg_stat_statements.track', 'all'], ['cron.database_name', 'a']];
  expect(restartParameters(parameters, 17).map(([name]) => name)).toEqual(['shared_buffers', 'autovacuum_max_workers', 'pg_stat_statements.max', 'cron.database_name']);
  expect(restartParameters(parameters, 18).map(([name]) => name)).toEqual(['shared_buffers', 'pg_stat_statements.max', 'cron.database_name']);
});

test('every parameter that the package writes is reserved or a default that users may replace', () => {
  const { parameters, reservedParameters } = planOf();
  const owned = parameters.map(([name]) => name).filter((name) => reservedParameters[name] === undefined);
  expect(owned).toEqual(['reserved_connections', 'allow_alter_system', 'default_text_search_config', 'max_connections', 'shared_buffers', 'effective_cache_size', 'maintenance_work_mem', 'huge_pages']);
});

test.each<[string, number, Record<string, string>, Array<string | undefined>]>([
  ['from 16 on connections are reserved', 16, {}, ['3', undefined]],
  ['from 17 on ALTER SYSTEM is off too', 17, {}, ['3', 'false']],
  ['before 16 there is neither', 15, {}, [undefined, undefined]],
  ["the user's own come first", 18, { reserved_connections: '9', allow_alter_system: 'on' }, ['9', 'on']],
  ['few connections leave no room', 18, { max_connections: '6' }, [undefined, 'false']],
  ['and those left for superusers count', 18, { max_connections: '20', superuser_reserved_connections: '17' }, [undefined, 'false']],
  ['beside one more there is room', 18, { max_connections: '7' }, ['3', 'false']],
])('%s', (_, major, own, expected) => {
  const parameters = new Map(planOf({ version: PostgresVersion.of(major, `docker.io/library/postgres:${major}.1`), parameters: own }).parameters);
  expect(['reserved_connections', 'allow_alter_system'].map((name) => parameters.get(name)?.toString())).toEqual(expected);
});
