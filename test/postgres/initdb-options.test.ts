import { Size } from 'cdk8s';
import { DatabaseLocale, PostgresInit } from '../../src';
import { initdbOptions } from '../../src/postgres/features/initialization/initdb-options';
import { initdbSettings } from '../../src/postgres/features/initialization/initdb-settings';

const COMMON = ['--username=postgres', '--auth-local=peer', '--auth-host=reject'];

test.each<[string, number, PostgresInit | undefined, string[]]>([
  ['18 by default', 18, undefined, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8']],
  ['16 by default', 16, undefined, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C.UTF-8']],
  ['ICU', 16, { locale: DatabaseLocale.icu('de-DE') }, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale-provider=icu', '--icu-locale=de-DE', '--locale=C.UTF-8']],
  ['another encoding', 18, { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') }, ['--data-checksums', '--encoding=LATIN1', '--no-instructions', '--set=huge_pages=off', '--locale=C']],
  ['no checksums, 18', 18, { dataChecksums: false, locale: DatabaseLocale.libc('C') }, ['--no-data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C']],
  ['no checksums, 17', 17, { dataChecksums: false, locale: DatabaseLocale.libc('C') }, ['--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C']],
  ['larger WAL segments', 16, { walSegmentSize: Size.mebibytes(64) }, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C.UTF-8', '--wal-segsize=64']],
])('%s', (_, major, init, options) => {
  expect(initdbOptions(major, init)).toEqual([...COMMON, ...options]);
});

// What initdb writes into a file that the server does not read.
test.each<[string, PostgresInit, Record<string, string>]>([
  ['the default', {}, { default_text_search_config: 'pg_catalog.english' }],
  ['a locale of libc', { locale: DatabaseLocale.libc('de_DE.utf8') },
    { datestyle: 'iso, dmy', lc_messages: 'de_DE.utf8', lc_monetary: 'de_DE.utf8', lc_numeric: 'de_DE.utf8', lc_time: 'de_DE.utf8', default_text_search_config: 'pg_catalog.german' }],
  ['a language without a configuration', { locale: DatabaseLocale.libc('pl_PL.utf8') },
    { datestyle: 'iso, dmy', lc_messages: 'pl_PL.utf8', lc_monetary: 'pl_PL.utf8', lc_numeric: 'pl_PL.utf8', lc_time: 'pl_PL.utf8', default_text_search_config: 'pg_catalog.simple' }],
  ['a locale of ICU, which decides about sorting alone', { locale: DatabaseLocale.icu('de-DE') }, { default_text_search_config: 'pg_catalog.english' }],
  ['WAL segments of 64 MiB', { walSegmentSize: Size.mebibytes(64) }, { default_text_search_config: 'pg_catalog.english', min_wal_size: '320MB', max_wal_size: '4096MB' }],
  ['WAL segments of the default size', { walSegmentSize: Size.mebibytes(16) }, { default_text_search_config: 'pg_catalog.english' }],
])('%s', (_, init, settings) => {
  expect(Object.fromEntries(initdbSettings(18, init))).toEqual(settings);
});

test.each<[string, string | undefined]>([
  ['en_US.utf8', undefined], ['en_GB.utf8', 'iso, dmy'], ['sv_SE', 'iso, ymd'], ['fr_CA@euro', 'iso, ymd'], ['th_TH.utf8', undefined], ['C.UTF-8', undefined], ['german', undefined],
])('the order of dates of %s: %s', (locale, expected) => {
  expect(Object.fromEntries(initdbSettings(18, { locale: DatabaseLocale.libc(locale) }))['datestyle']).toBe(expected);
});

test.each([[17, 'simple'], [18, 'estonian']])('Estonian on %d', (major, configuration) => {
  expect(initdbSettings(major, { locale: DatabaseLocale.libc('et_EE.utf8') })).toContainEqual(['default_text_search_config', `pg_catalog.${configuration}`]);
});

// A log that cannot grow: the share of a volume that it may take, never less than two segments.
test.each<[string, number, number, boolean, Record<string, string>]>([
  ['a large volume', 16, 100, true, {}],
  ['a data volume of 1 GiB', 16, 1, false, { max_wal_size: '256MB' }],
  ['a WAL volume of 1 GiB', 16, 1, true, { max_wal_size: '512MB' }],
  ['a WAL volume of 128 MiB', 16, 0.125, true, { min_wal_size: '64MB', max_wal_size: '64MB' }],
  ['large segments on a small volume', 64, 1, true, { min_wal_size: '320MB', max_wal_size: '512MB' }],
])('%s', (_, segment, gibibytes, isOwn, settings) => {
  const found = initdbSettings(18, { walSegmentSize: Size.mebibytes(segment) }, { sizeKib: gibibytes * 1024 * 1024, isOwn });
  expect(Object.fromEntries(found.filter(([name]) => name.endsWith('wal_size')))).toEqual(settings);
});
