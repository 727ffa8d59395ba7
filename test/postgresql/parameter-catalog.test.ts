import { isExtensionParameter, lookUpParameter, majorsOf, numberIn, unfitValue } from '../../src/postgresql';

test('the context of a parameter depends on the major version: 18 changes autovacuum_max_workers without a restart', () => {
  expect(lookUpParameter(17, 'autovacuum_max_workers')?.context).toBe('postmaster');
  expect(lookUpParameter(18, 'autovacuum_max_workers')?.context).toBe('sighup');
});

test('majorsOf names the major versions with a parameter', () => {
  expect(lookUpParameter(17, 'io_method')).toBeUndefined();
  expect(majorsOf('io_method')).toBe('18 to 18');
  expect(majorsOf('shared_bufers')).toBeUndefined();
});

test('names are not case-sensitive', () => {
  expect(lookUpParameter(18, 'Work_Mem')).toBeDefined();
  expect(lookUpParameter(18, 'datestyle')).toBeDefined();
});

test('a name with a prefix is a parameter of an extension', () => {
  expect(isExtensionParameter('pg_stat_statements.max')).toBe(true);
  expect(isExtensionParameter('work_mem')).toBe(false);
  expect(isExtensionParameter('.max')).toBe(false);
});

test.each<[string, string, string | undefined]>([
  ['work_mem', '64MB', undefined],
  ['work_mem', '64', undefined],
  ['work_mem', '63', 'is not between 64 and'],
  ['work_mem', '1kB', 'is not between 64 and'],
  ['work_mem', '64mb', 'is not a number with an optional, matching unit'],
  ['work_mem', '1s', 'is not a number with an optional, matching unit'],
  ['shared_buffers', '1GB', undefined],
  ['statement_timeout', '30s', undefined],
  ['statement_timeout', '5min', undefined],
  ['max_connections', '0', 'is not between 1 and 262143'],
  ['max_connections', 'many', 'is not a number'],
  ['random_page_cost', '1.1', undefined],
  ['autovacuum', 'on', undefined],
  ['autovacuum', 'maybe', 'is not a boolean (on or off)'],
  ['wal_level', 'logical', undefined],
  ['wal_level', 'hot', 'is not one of minimal, replica, logical'],
  ['wal_compression', 'zstd', undefined],
  ['synchronous_commit', 'off', undefined],
  ['search_path', 'a, b', undefined],
  ['search_path', 'a\nssl = off', 'has more than one line'],
])('%s = %j: %p', (name, value, fault) => {
  const result = unfitValue(lookUpParameter(18, name)!, value);
  if (fault) { expect(result).toContain(fault); } else { expect(result).toBeUndefined(); }
});

test('numberIn converts to the unit of the parameter', () => {
  expect(numberIn('128MB', '8kB')).toBe(16_384);
  expect(numberIn('1min', 'ms')).toBe(60_000);
  expect(numberIn('1.5GB', 'MB')).toBe(1536);
});
