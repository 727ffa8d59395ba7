import { Size } from 'cdk8s';
import { DatabaseLocale } from '../../src';
import { initdbParameters } from '../../src/postgres/private/initdb-parameters';
import { layoutOf } from '../../src/postgres/private/layout';
import { serverParameters } from '../../src/postgres/private/parameters';
import { ClientAuthMode } from '../../src/postgres/ssl-mode';

test.each<[number, DatabaseLocale | undefined, string, string, string]>([
  [18, undefined, 'C', 'english', 'mdy'],
  [14, undefined, 'C.UTF-8', 'english', 'mdy'],
  [18, DatabaseLocale.icu('de-DE'), 'C', 'english', 'mdy'],
  [18, DatabaseLocale.libc('en_US.utf8'), 'en_US.utf8', 'english', 'mdy'],
  [18, DatabaseLocale.libc('de_DE.UTF-8@euro'), 'de_DE.UTF-8@euro', 'german', 'dmy'],
  [18, DatabaseLocale.libc('sv_SE.utf8'), 'sv_SE.utf8', 'swedish', 'ymd'],
  [18, DatabaseLocale.libc('ja_JP.utf8'), 'ja_JP.utf8', 'simple', 'ymd'],
  [18, DatabaseLocale.libc('et_EE.utf8'), 'et_EE.utf8', 'estonian', 'dmy'],
  [17, DatabaseLocale.libc('et_EE.utf8'), 'et_EE.utf8', 'simple', 'dmy'],
])('%d, %j', (major, locale, lc, search, order) => {
  const parameters = Object.fromEntries(initdbParameters(major, { locale }));
  expect(parameters).toMatchObject({ lc_messages: lc, lc_monetary: lc, lc_numeric: lc, lc_time: lc, default_text_search_config: `pg_catalog.${search}`, datestyle: `iso, ${order}` });
  expect(parameters).not.toHaveProperty('min_wal_size');
});

test('sizes of the log fit a segment of another size', () => {
  expect(initdbParameters(18, { walSegmentSize: Size.gibibytes(1) })).toEqual(expect.arrayContaining([['min_wal_size', '5120MB'], ['max_wal_size', '65536MB']]));
});

test("the user's own win", () => {
  const parameters = serverParameters({
    major: 18, layout: layoutOf(18), clientAuthMode: ClientAuthMode.SCRAM, access: [], init: { walSegmentSize: Size.mebibytes(64) },
    own: { TimeZone: 'Europe/Berlin', min_wal_size: '1GB', default_text_search_config: 'simple' },
  });
  expect(parameters.filter(([name]) => /^(timezone|min_wal_size|default_text_search_config)$/i.test(name)))
    .toEqual([['TimeZone', 'Europe/Berlin'], ['default_text_search_config', 'simple'], ['min_wal_size', '1GB']]);
});
