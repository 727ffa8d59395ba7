import { dateStyleOf, Parameter } from '../../../postgresql';
import type { WalVolume } from '../../plan/wal-volume';
import { libcLocaleOf } from './initdb-options';
import { kibibytes } from '../../plan/quantity';
import type { PostgresInit } from './initialization';

/** The text search configuration for a language. Source: PostgreSQL src/bin/initdb/initdb.c, tsearch_config_languages. */
const TEXT_SEARCH: Readonly<Record<string, string>> = {
  ar: 'arabic', c: 'english', ca: 'catalan', da: 'danish', de: 'german', el: 'greek', en: 'english', es: 'spanish', et: 'estonian', eu: 'basque', fi: 'finnish', fr: 'french', ga: 'irish',
  hi: 'hindi', hu: 'hungarian', hy: 'armenian', id: 'indonesian', it: 'italian', lt: 'lithuanian', ne: 'nepali', nl: 'dutch', no: 'norwegian', posix: 'english', pt: 'portuguese',
  ro: 'romanian', ru: 'russian', sr: 'serbian', sv: 'swedish', ta: 'tamil', tr: 'turkish', yi: 'yiddish',
};

/** Segments between which initdb lets the log grow; source: PostgreSQL src/include/access/xlog_internal.h, DEFAULT_MIN_WAL_SEGS and DEFAULT_MAX_WAL_SEGS. */
const [MIN_SEGMENTS, MAX_SEGMENTS] = [5, 64];
const DEFAULT_SEGMENT = 16;

/** Locales that format as the server does without settings. */
const PLAIN = /^(C|POSIX)(\.|$)/i;

/**
 * What initdb writes into a postgresql.conf beside the data, which a server with a configuration file of its own never reads: the text
 * search configuration and the formats of the locale, the order in which a date such as 02/03/2026 is read, and how far the log may grow, by
 * the size of its segments.
 *
 * The time zone is left out: initdb takes that of the machine, which is UTC in a container, as without a setting.
 */
export function initdbSettings(major: number, init: PostgresInit, wal: WalVolume = {}): Parameter[] {
  const locale = libcLocaleOf(major, init.locale);
  const language = /^[a-z]+/i.exec(locale)?.[0].toLowerCase() ?? '';
  const dateStyle = dateStyleOf(locale);
  return [
    ...(dateStyle === undefined ? [] : [['datestyle', dateStyle] as const]),
    ...(PLAIN.test(locale) ? [] : ['lc_messages', 'lc_monetary', 'lc_numeric', 'lc_time'].map((name): Parameter => [name, locale])),
    ['default_text_search_config', `pg_catalog.${textSearch(major, language)}`],
    ...walSizes(init.walSegmentSize ? kibibytes(init.walSegmentSize) / 1024 : DEFAULT_SEGMENT, wal),
  ];
}

/** What differs from the server's own defaults: by the size of a segment, and by what fits the volume. A full log volume stops the server. */
function walSizes(segment: number, { sizeKib, isOwn = false }: WalVolume): Parameter[] {
  const share = sizeKib === undefined ? Infinity : Math.floor(sizeKib / 1024 / (isOwn ? 2 : 4));
  const max = Math.max(2 * segment, Math.min(MAX_SEGMENTS * segment, share));
  const min = Math.min(MIN_SEGMENTS * segment, max);
  return [
    ...(min === MIN_SEGMENTS * DEFAULT_SEGMENT ? [] : [['min_wal_size', `${min}MB`] as const]),
    ...(max === MAX_SEGMENTS * DEFAULT_SEGMENT ? [] : [['max_wal_size', `${max}MB`] as const]),
  ];
}

/** Estonian is new in 18. */
function textSearch(major: number, language: string): string {
  const configuration = TEXT_SEARCH[language] ?? 'simple';
  return configuration === 'estonian' && major < 18 ? 'simple' : configuration;
}
