import { Size } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { renderParameters } from '../../src/postgres/plan/parameters';
import { fileNamesIn, identifiersIn, isCurrentTimeZone } from '../../src/postgresql';
import { chartIn } from '../support/tree';

type Settings = { [name: string]: string };

function found(parameters: Settings, version = PostgresVersion.V18): string[] {
  const chart = chartIn();
  new Postgres(chart, 'db', { version, storage: PostgresStorage.durable({ size: Size.gibibytes(50) }), parameters });
  return Validation.of(chart).findings().map(({ rule: { code }, message }) => `${code}: ${message}`);
}

// The server starts with each; a little beside it nothing is found.
test.each<[Settings, string, Settings]>([
  [{ timezone: 'GMT-2' }, 'is a POSIX time zone specification: its offset is east of Greenwich', { timezone: '-2' }],
  [{ timezone: '+03:00' }, 'is a POSIX time zone specification: its offset is west of Greenwich', { timezone: '<+03>-03' }],
  [{ timezone: 'Etc/GMT-20' }, 'is a POSIX time zone specification', { timezone: 'Etc/GMT-14' }],
  [{ log_destination: 'csvlog' }, 'logging_collector is off', { log_destination: 'csvlog', logging_collector: 'on' }],
  [{ log_destination: 'stderr, syslog' }, 'contains syslog', { log_destination: 'stderr' }],
  [{ log_rotation_age: '1h' }, 'has no effect while logging_collector is off', { log_rotation_age: '1h', logging_collector: 'yes' }],
  [{ archive_command: 'cp %p /backup/%f' }, 'has no effect while archive_mode is off', { archive_command: 'cp %p /backup/%f', archive_mode: 'on' }],
  [{ archive_library: 'nothing' }, 'has no effect while archive_mode is off', { archive_library: 'basic_archive', archive_mode: 'on' }],
  [{ restore_command: 'cp /backup/%f %p' }, 'only a standby or a recovery uses it', { restore_command: '' }],
  [{ recovery_target_timeline: '3a' }, 'the server uses the digits that it begins with', { recovery_target_timeline: '3' }],
  [{ cluster_name: 'x'.repeat(64) }, 'is truncated', { cluster_name: 'x'.repeat(63) }],
  [{ cluster_name: 'Zürich' }, 'hexadecimal escapes', { cluster_name: 'Zurich' }],
  [{ shared_preload_libraries: 'auto_explain,' }, 'loads none of them', { shared_preload_libraries: 'auto_explain' }],
  [{ autovacuum_max_workers: '17' }, 'is above autovacuum_worker_slots', { autovacuum_max_workers: '17', autovacuum_worker_slots: '17' }],
  [{ default_tablespace: 'fast' }, 'may not exist in the database', { default_tablespace: 'pg_default' }],
  [{ default_text_search_config: 'pg_catalog.klingon' }, 'may not exist in the database', { default_text_search_config: 'pg_catalog.estonian' }],
  [{ transaction_isolation: 'serializable' }, 'has no effect', { default_transaction_isolation: 'serializable' }],
  [{ dynamic_library_path: '/opt/lib' }, 'does not contain $libdir', { dynamic_library_path: '/opt/lib:$libdir' }],
  [{ huge_page_size: '2MB' }, 'the property hugePages', { huge_page_size: '0' }],
])('PGTLS-P71: %j', (broken, message, met) => {
  const lines = found(broken).filter((line) => line.startsWith('PGTLS-P7'));
  expect(lines).toEqual([expect.stringContaining(message)]);
  expect(lines[0]).toMatch(/^PGTLS-P71: /);
  expect(found(met).filter((line) => line.startsWith('PGTLS-P7'))).toEqual([]);
});

test.each<[Settings, string | undefined]>([
  [{ unix_socket_permissions: '0077' }, 'PGTLS-P73'],
  [{ unix_socket_permissions: '0700' }, undefined],
  [{ transaction_timeout: '20ms' }, 'PGTLS-P73'],
  [{ unix_socket_group: '999' }, undefined],
  [{ unix_socket_group: 'postgres' }, undefined],
  [{ fsync: 'f' }, 'PGTLS-P25'],
  [{ timezone: 'Asia/Calcutta' }, 'PGTLS-P72'],
  [{ timezone: 'asia/kolkata' }, undefined],
  [{ timezone: 'EST' }, 'PGTLS-P72'],
  [{ timezone: 'JST' }, 'PGTLS-P70'],
  [{ timezone: 'right/UTC' }, 'PGTLS-P70'],
])('%j: %s', (parameters, code) => {
  expect(found(parameters).map((line) => line.slice(0, 9))).toEqual(code === undefined ? [] : [code]);
});

test('values that depend on the build are checked for the official image only', () => {
  expect(found({ wal_compression: 'zstd' })).toEqual([]);
  expect(found({ wal_compression: 'zstd' }, PostgresVersion.of(18, 'registry.example.com/postgres:18.4'))).toContainEqual(expect.stringContaining('PGTLS-P72'));
});

test.each<[string, string[] | undefined]>([
  ['', []], [' a , "B ""c""" ', ['a', 'B "c"']], ['A,b', ['a', 'b']], ['a,', undefined], ['a b', undefined], ['"a', undefined], ['a"b', ['a"b']], ['ü'.repeat(40), ['ü'.repeat(31)]],
])('identifiers in %j: %j', (text, words) => { expect(identifiersIn(text)).toEqual(words); });

test('file names may hold spaces', () => { expect(fileNamesIn(' /a b , C')).toEqual(['/a b', 'C']); });

test('a backslash reaches the server', () => {
  expect(renderParameters([['log_line_prefix', String.raw`a\b`]])).toBe(String.raw`log_line_prefix = 'a\\b'` + '\n');
});

test('time zone names of ICU that tzdata does not have are refused', () => {
  expect(['PST', 'SystemV/PST8PDT', 'US/Pacific-New', 'Europe/Kiev', 'Europe/Kyiv', 'Etc/GMT+12', 'GMT'].filter(isCurrentTimeZone)).toEqual(['Europe/Kyiv', 'Etc/GMT+12', 'GMT']);
});
