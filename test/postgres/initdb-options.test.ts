import { Size } from 'cdk8s';
import { DatabaseLocale, PostgresInit } from '../../src';
import { initdbOptions } from '../../src/postgres/private/initdb-options';

const COMMON = ['--username=postgres', '--auth-local=peer', '--auth-host=reject'];

test.each<[string, number, PostgresInit | undefined, string[]]>([
  ['18 by default', 18, undefined, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-ctype=C.UTF-8']],
  ['16 by default', 16, undefined, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C.UTF-8']],
  ['ICU', 16, { locale: DatabaseLocale.icu('de-DE') }, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale-provider=icu', '--icu-locale=de-DE', '--locale=C', '--lc-ctype=C.UTF-8']],
  ['another encoding', 18, { encoding: 'LATIN1', locale: DatabaseLocale.libc('C') }, ['--data-checksums', '--encoding=LATIN1', '--no-instructions', '--set=huge_pages=off', '--locale=C']],
  ['no checksums, 18', 18, { dataChecksums: false, locale: DatabaseLocale.libc('C') }, ['--no-data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C']],
  ['no checksums, 17', 17, { dataChecksums: false, locale: DatabaseLocale.libc('C') }, ['--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C']],
  ['larger WAL segments', 16, { walSegmentSize: Size.mebibytes(64) }, ['--data-checksums', '--encoding=UTF8', '--no-instructions', '--set=huge_pages=off', '--locale=C.UTF-8', '--wal-segsize=64']],
])('%s', (_, major, init, options) => {
  expect(initdbOptions(major, init)).toEqual([...COMMON, ...options]);
});
