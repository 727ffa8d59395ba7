import { hasLibrary, hasLocale, isOfficialImage } from './official-image';

/** What of a database decides whether its server starts with a value. */
export interface ValueContext {
  readonly major: number;
  readonly image: string;
  /** Directories of the database container that can be written. */
  readonly writable: ReadonlyArray<string>;
  /** Whether the server collects its log in files. */
  readonly collectsLog: boolean;
}

/** What a value would do: the server refuses it for sure, or only the image can tell. */
export interface ValueFault {
  readonly fault: string;
  /** Whether it depends on what the image holds. */
  readonly depends?: boolean;
}

type Check = (value: string, context: ValueContext) => string | ValueFault | undefined;

/** Source: PostgreSQL src/backend/utils/mb/encnames.c, without what cannot be the encoding of a client. */
const ENCODINGS = new Set((
  'abc alt big5 euccn eucjis2004 eucjp euckr euctw gb18030 gbk iso88591 iso885910 iso885913 iso885914 iso885915 iso885916 iso88592 iso88593 iso88594 iso88595 iso88596 iso88597 iso88598 '
  + 'iso88599 johab koi8 koi8r koi8u latin1 latin10 latin2 latin3 latin4 latin5 latin6 latin7 latin8 latin9 mskanji muleinternal shiftjis shiftjis2004 sjis sqlascii tcvn tcvn5712 uhc unicode '
  + 'utf8 vscii win win1250 win1251 win1252 win1253 win1254 win1255 win1256 win1257 win1258 win866 win874 win932 win936 win949 win950 windows1250 windows1251 windows1252 windows1253 '
  + 'windows1254 windows1255 windows1256 windows1257 windows1258 windows866 windows874 windows932 windows936 windows949 windows950 auto'
).split(' '));

/** Source: PostgreSQL src/include/access/rmgrlist.h, the resource managers that can be masked. */
const MASKED = ['all', 'heap2', 'heap', 'btree', 'hash', 'gin', 'gist', 'sequence', 'spgist', 'brin', 'generic'];

const TEXT_SEARCH = new Set([
  'simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian',
  'lithuanian', 'nepali', 'norwegian', 'portuguese', 'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish',
]);

/** Values that nothing but the start looks at. */
const CHECKS: Readonly<Record<string, Check>> = {
  archive_library: (value, context) => (value === '' ? undefined : library(value, context)),
  client_encoding: (value) => (ENCODINGS.has(value.toLowerCase().replace(/[^a-z0-9]/g, '')) ? undefined : 'is no character set that a client can have'),
  datestyle: dateStyle,
  default_text_search_config: (value, { major }) => {
    const name = value.replace(/^pg_catalog\./, '');
    const isKnown = TEXT_SEARCH.has(name) || (name === 'estonian' && major >= 18);
    return value === name || isKnown ? undefined : 'is no text search configuration of this major';
  },
  io_method: (value) => (value.toLowerCase() === 'io_uring' ? "needs system calls that the pod's seccomp profile RuntimeDefault forbids: could not setup io_uring queue" : undefined),
  lc_messages: locale,
  lc_monetary: locale,
  lc_numeric: locale,
  lc_time: locale,
  local_preload_libraries: (value) => words(value).map((word) => (word.replace(/^\$libdir\/plugins\//, '').includes('/') ? `names '${word}', which is not in $libdir/plugins` : undefined)).find(Boolean),
  log_destination: (value, { major }) => {
    const known = ['stderr', 'csvlog', 'syslog', ...(major >= 15 ? ['jsonlog'] : [])];
    const unknown = words(value).find((word) => !known.includes(word.toLowerCase()));
    return unknown === undefined ? undefined : `names '${unknown}', which is none of ${known.join(', ')}`;
  },
  log_directory: (value, context) => (context.collectsLog ? directory(value, context) : undefined),
  log_timezone: timeZone,
  recovery_target: (value) => (['', 'immediate'].includes(value) ? undefined : "is neither empty nor 'immediate'"),
  recovery_target_lsn: (value) => (value === '' || /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i.test(value) ? undefined : 'is no position in the WAL such as 0/3000000'),
  recovery_target_name: (value) => (Buffer.byteLength(value) <= 63 ? undefined : 'is longer than 63 bytes'),
  recovery_target_time: (value) => (value === '' || /^\s*\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?\s*([A-Za-z/_]+|[+-]\d{1,2}(:?\d{2})?)?\s*$/.test(value) ? undefined : 'is no time such as 2026-01-31 12:00:00+00'),
  recovery_target_timeline: (value) => (/^(latest|current|\d+|0x[0-9a-f]+)$/.test(value) ? undefined : "is neither 'latest', 'current' nor a number"),
  recovery_target_xid: (value) => (value === '' || /^\d+$/.test(value) ? undefined : 'is no transaction id'),
  search_path: (value) => (identifiers(value) ? undefined : 'is no list of schema names'),
  session_preload_libraries: libraries,
  shared_preload_libraries: libraries,
  stats_temp_directory: directory,
  temp_tablespaces: (value) => (value === '' || identifiers(value) ? undefined : 'is no list of tablespaces'),
  timezone: timeZone,
  timezone_abbreviations: (value) => (['Default', 'Australia', 'India'].includes(value) ? undefined : 'is none of Default, Australia, India'),
  unix_socket_group: (value) => (value === '' ? undefined : 'names a group, and the server belongs to one alone'),
  wal_consistency_checking: (value) => {
    const unknown = words(value).find((word) => !MASKED.includes(word.toLowerCase()));
    return unknown === undefined ? undefined : `names '${unknown}', which is none of ${MASKED.join(', ')}`;
  },
};

/** Why the server does not start with a value, or why only the image can tell; undefined where nothing is known to be wrong. */
export function startFault(name: string, value: string, context: ValueContext): ValueFault | undefined {
  const found = CHECKS[name.toLowerCase()]?.(value, context);
  return typeof found === 'string' ? { fault: found } : found;
}

/** The words of a list; an empty text has none. */
function words(value: string): string[] {
  return value.split(',').map((word) => word.trim().replace(/^"(.*)"$/, '$1')).filter((word) => word !== '');
}

/** Source: PostgreSQL src/backend/utils/adt/varlena.c, SplitIdentifierString. */
function identifiers(value: string): boolean {
  return /^\s*(?:(?:"(?:[^"]|"")*"|[^\s",]+)\s*(?:,\s*(?:"(?:[^"]|"")*"|[^\s",]+)\s*)*)?$/.test(value);
}

function libraries(value: string, context: ValueContext): ValueFault | undefined {
  return words(value).map((word) => library(word, context)).find((fault) => fault !== undefined);
}

function library(name: string, { major, image }: ValueContext): ValueFault | undefined {
  if (hasLibrary(major, name)) { return undefined; }
  return isOfficialImage(image) ? { fault: `names the library '${name}', which the official image of PostgreSQL ${major} does not have` } : { fault: `names the library '${name}'`, depends: true };
}

function locale(value: string, { image }: ValueContext): ValueFault | undefined {
  if (value === '' || hasLocale(value)) { return undefined; }
  return isOfficialImage(image) ? { fault: 'is a locale that the official image does not have: it has C, POSIX, C.UTF-8 and en_US.UTF-8' } : { fault: `names the locale '${value}'`, depends: true };
}

function directory(value: string, { writable }: ValueContext): string | undefined {
  const isWritable = !value.startsWith('/') || writable.some((folder) => value === folder || value.startsWith(`${folder}/`));
  return isWritable ? undefined : `is a directory that cannot be written: the root filesystem is read-only, and of its volumes the container can write ${writable.join(', ')}`;
}

/** Source: PostgreSQL src/backend/commands/variable.c, check_datestyle. */
function dateStyle(value: string): string | undefined {
  const styles = new Set<string>();
  const orders = new Set<string>();
  for (const word of value.split(',').map((part) => part.trim().toLowerCase())) {
    const style = ['iso', 'sql', 'german'].find((known) => word === known) ?? (word.startsWith('postgres') ? 'postgres' : undefined);
    const order = word === 'ymd' ? 'ymd' : word === 'dmy' || word.startsWith('euro') ? 'dmy' : ['mdy', 'us'].includes(word) || word.startsWith('noneuro') ? 'mdy' : undefined;
    if (style !== undefined) { styles.add(style); } else if (order !== undefined) { orders.add(order); } else if (word !== 'default') { return `has the word '${word}', which is no style or order of dates`; }
  }
  return styles.size > 1 || orders.size > 1 ? 'has two styles, or two orders' : undefined;
}

/** Names that Debian 13 moved into a package of their own, tzdata-legacy, which the image does not have (docker-library/postgres issue 1355). */
const LEGACY_AREA = /^(US|Brazil|Canada|Chile|Mexico)\//;
const LEGACY_NAMES = new Set((
  'Cuba Egypt Eire GB GB-Eire Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya NZ NZ-CHAT Navajo PRC Poland Portugal ROC ROK Singapore Turkey W-SU'
).split(' '));

function timeZone(value: string): string | ValueFault | undefined {
  // POSIX specifications and offsets need no file: EST5EDT, <+03>-3, 5.5.
  if (/^[+-]?\d+(\.\d+)?$|^(<[^>]+>|[A-Za-z]{3,})[+-]?\d|^INTERVAL /.test(value)) { return undefined; }
  if (LEGACY_AREA.test(value) || LEGACY_NAMES.has(value)) { return { fault: `is a former name of a time zone ('${value}'), which images from Debian 13 on do not have`, depends: true }; }
  try {
    new Intl.DateTimeFormat('en', { timeZone: value.replace(/^(posix|right)\//, '') });
    return undefined;
  } catch {
    return ['GMT', 'UTC', 'UCT', 'ZULU', 'DEFAULT'].includes(value.toUpperCase()) ? undefined : 'is no time zone';
  }
}
