import { libcLocaleOf } from './initdb-options';
import type { Parameter } from './parameter';
import { kibibytes } from './quantity';
import type { PostgresInit } from '../initialization';

/** The text search configuration for a language. Source: PostgreSQL src/bin/initdb/initdb.c, tsearch_config_languages. */
const TEXT_SEARCH: Readonly<Record<string, string>> = {
  ar: 'arabic', c: 'english', ca: 'catalan', da: 'danish', de: 'german', el: 'greek', en: 'english', es: 'spanish', et: 'estonian', eu: 'basque', fi: 'finnish', fr: 'french', ga: 'irish',
  hi: 'hindi', hu: 'hungarian', hy: 'armenian', id: 'indonesian', it: 'italian', lt: 'lithuanian', ne: 'nepali', nl: 'dutch', no: 'norwegian', posix: 'english', pt: 'portuguese',
  ro: 'romanian', ru: 'russian', sr: 'serbian', sv: 'swedish', ta: 'tamil', tr: 'turkish', yi: 'yiddish',
};

/** Segments between which initdb lets the log grow; source: PostgreSQL src/include/access/xlog_internal.h, DEFAULT_MIN_WAL_SEGS and DEFAULT_MAX_WAL_SEGS. */
const WAL_SEGMENTS = { min_wal_size: 5, max_wal_size: 64 };

/** Locales that format as the server does without settings. */
const PLAIN = /^(C|POSIX)(\.|$)/i;

/**
 * What initdb writes into a postgresql.conf beside the data, which a server with a configuration file of its own never reads: the text
 * search configuration and the formats of the locale, and how far the log may grow, by the size of its segments.
 *
 * The time zone is left out: initdb takes that of the machine, which is UTC in a container, as without a setting. So is `datestyle`, whose
 * output is ISO either way.
 */
export function initdbSettings(major: number, init: PostgresInit): Parameter[] {
  const locale = libcLocaleOf(major, init.locale);
  const language = /^[a-z]+/i.exec(locale)?.[0].toLowerCase() ?? '';
  const megabytes = init.walSegmentSize && kibibytes(init.walSegmentSize) / 1024;
  return [
    ...(PLAIN.test(locale) ? [] : ['lc_messages', 'lc_monetary', 'lc_numeric', 'lc_time'].map((name): Parameter => [name, locale])),
    ['default_text_search_config', `pg_catalog.${textSearch(major, language)}`],
    ...(megabytes === undefined || megabytes === 16 ? [] : Object.entries(WAL_SEGMENTS).map(([name, segments]): Parameter => [name, `${megabytes * segments}MB`])),
  ];
}

/** Estonian is new in 18. */
function textSearch(major: number, language: string): string {
  const configuration = TEXT_SEARCH[language] ?? 'simple';
  return configuration === 'estonian' && major < 18 ? 'simple' : configuration;
}
