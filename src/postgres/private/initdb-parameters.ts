import { localeOf } from './initdb-options';
import type { Parameter } from './parameter';
import { kibibytes } from './quantity';
import type { PostgresInit } from '../initialization';

/**
 * What initdb writes into a postgresql.conf of its own, which the server does not read here; without it the compiled defaults would hold:
 * text search without stemming, and sizes of the log that a larger segment does not start with. Source: PostgreSQL, src/bin/initdb/initdb.c.
 */
export function initdbParameters(major: number, init: PostgresInit = {}): Parameter[] {
  const { provider, name } = localeOf(major, init.locale);
  // With another provider libc is at `C`, but for its letters (initdb-options.ts).
  const locale = provider === 'libc' ? name : 'C';
  return [
    ['datestyle', `iso, ${dateOrder(locale)}`],
    ['default_text_search_config', `pg_catalog.${textSearch(major, locale)}`],
    ['lc_messages', locale],
    ['lc_monetary', locale],
    ['lc_numeric', locale],
    ['lc_time', locale],
    // What initdb finds in a container.
    ['log_timezone', 'Etc/UTC'],
    ['timezone', 'Etc/UTC'],
    ...logSizes(init),
  ];
}

/** 5 and 64 segments, as the defaults are for the usual 16 MiB. */
function logSizes({ walSegmentSize }: PostgresInit): Parameter[] {
  if (walSegmentSize === undefined) { return []; }
  const segment = kibibytes(walSegmentSize) / 1024;
  return [['max_wal_size', `${64 * segment}MB`], ['min_wal_size', `${5 * segment}MB`]];
}

/** The language of a locale as initdb reads it: what stands before the first of these characters. */
function languageOf(locale: string): string {
  return locale.split(/[_.@-]/, 1)[0]!.toLowerCase();
}

/** tsearch_config_languages of initdb; Estonian is new in 18. */
const TEXT_SEARCH: Readonly<Record<string, string>> = {
  ar: 'arabic', ca: 'catalan', c: 'english', posix: 'english', da: 'danish', nl: 'dutch', en: 'english', et: 'estonian', eu: 'basque', fi: 'finnish', fr: 'french', de: 'german',
  el: 'greek', hi: 'hindi', hu: 'hungarian', hy: 'armenian', id: 'indonesian', ga: 'irish', it: 'italian', lt: 'lithuanian', ne: 'nepali', no: 'norwegian',
  pt: 'portuguese', ro: 'romanian', ru: 'russian', sr: 'serbian', es: 'spanish', sv: 'swedish', ta: 'tamil', tr: 'turkish', yi: 'yiddish',
};

function textSearch(major: number, locale: string): string {
  const found = TEXT_SEARCH[languageOf(locale)] ?? 'simple';
  return found === 'estonian' && major < 18 ? 'simple' : found;
}

/** By `d_fmt` of glibc's locales: the year first, the month first, else the day. */
const YEAR_FIRST = new Set(['eu', 'hu', 'ja', 'ko', 'lt', 'mn', 'si', 'sv', 'zh', 'en_ca', 'fr_ca']);
const MONTH_FIRST = new Set(['c', 'posix', 'en_us', 'en_ph', 'es_us', 'es_pr', 'es_pa']);

function dateOrder(locale: string): string {
  const among = (set: ReadonlySet<string>) => set.has(languageOf(locale)) || set.has(locale.split(/[.@]/, 1)[0]!.toLowerCase());
  if (among(YEAR_FIRST)) { return 'ymd'; }
  return among(MONTH_FIRST) ? 'mdy' : 'dmy';
}
