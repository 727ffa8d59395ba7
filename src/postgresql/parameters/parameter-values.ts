import { fileNamesIn, identifiersIn } from './list-text';
import { booleanIn, integerIn, isBuildDependent } from './parameter-catalog';
import { isRecoveryTime } from './recovery-time';
import { timeZoneFault } from './time-zone';
import type { ValueFault } from './value-fault';
import { hasLibrary, hasLocale, isOfficialImage, POSTGRES_UID } from '../images/official-image';

/** The properties of a database on which the validity of a value depends. */
export interface ValueContext {
  readonly major: number;
  readonly image: string;
  /** Writable directories of the database container. */
  readonly writable: ReadonlyArray<string>;
  /** Whether the logging collector is on. */
  readonly collectsLog: boolean;
  /** The encoding of its databases. */
  readonly encoding: string;
  /** Whether WAL archiving is on. */
  readonly archives: boolean;
  /** Whether it serves TLS. */
  readonly servesTls: boolean;
  /** The group of the process; undefined if the platform chooses it. */
  readonly groupId?: number;
}

type Check = (value: string, context: ValueContext) => string | ValueFault | undefined;

/** Source: PostgreSQL src/backend/utils/mb/encnames.c, without what cannot be the encoding of a client. */
const ENCODINGS = new Set((
  'abc alt big5 euccn eucjis2004 eucjp euckr euctw gb18030 gbk iso88591 iso885910 iso885913 iso885914 iso885915 iso885916 iso88592 iso88593 iso88594 iso88595 iso88596 iso88597 iso88598 '
  + 'iso88599 johab koi8 koi8r koi8u latin1 latin10 latin2 latin3 latin4 latin5 latin6 latin7 latin8 latin9 mskanji muleinternal shiftjis shiftjis2004 sjis sqlascii tcvn tcvn5712 uhc unicode '
  + 'utf8 vscii win win1250 win1251 win1252 win1253 win1254 win1255 win1256 win1257 win1258 win866 win874 win932 win936 win949 win950 windows1250 windows1251 windows1252 windows1253 '
  + 'windows1254 windows1255 windows1256 windows1257 windows1258 windows866 windows874 windows932 windows936 windows949 windows950'
).split(' '));

/** Source: PostgreSQL src/include/access/rmgrlist.h, the resource managers that can be masked. */
const MASKED = ['all', 'heap2', 'heap', 'btree', 'hash', 'gin', 'gist', 'sequence', 'spgist', 'brin', 'generic'];

/** Buffers that are handed out in banks. Source: PostgreSQL src/backend/access/transam/slru.c, check_slru_buffers. */
const BANK = 16;

/** Checks of values that the server only performs at startup. */
const CHECKS: Readonly<Record<string, Check>> = {
  archive_library: (value, context) => (value === '' || !context.archives ? undefined : library(value, context)),
  backtrace_functions: (value) => (/^[\w, \n\t]*$/.test(value) ? undefined : 'is not a list of function names without quotes'),
  bonjour: (value, { image }) => (booleanIn(value) !== true ? undefined : isOfficialImage(image) ? 'requires a server that is built with Bonjour' : { fault: 'requires a server that is built with Bonjour', depends: true }),
  client_encoding: clientEncoding,
  commit_timestamp_buffers: banks,
  createrole_self_grant: listOf('set', 'inherit'),
  datestyle: dateStyle,
  debug_io_direct: listOf('data', 'wal', 'wal_init'),
  default_table_access_method: (value) => (value === '' ? 'is empty' : undefined),
  default_toast_compression: builtFor('default_toast_compression'),
  io_max_concurrency: (value) => (integerIn(value, '') === 0 ? 'is 0, but must be -1 or a positive number' : undefined),
  io_method: (value) => (value.toLowerCase() === 'io_uring' ? "requires system calls that the pod's seccomp profile RuntimeDefault blocks: could not setup io_uring queue" : undefined),
  lc_messages: (value, context) => (value === '' ? 'is empty' : locale(value, context)),
  lc_monetary: locale,
  lc_numeric: locale,
  lc_time: locale,
  local_preload_libraries: plugins,
  log_connections: (value, { major }) => (major < 18 || LOG_ALL_OR_NOTHING.test(value) ? undefined
    : listOf('receipt', 'authentication', 'authorization', 'setup_durations', 'all')(value)),
  log_destination: (value, { major }) => listOf('stderr', 'csvlog', 'syslog', ...(major >= 15 ? ['jsonlog'] : []))(value),
  log_directory: (value, context) => (context.collectsLog ? directory(value, context) : undefined),
  log_filename: (value, { collectsLog }) => (!collectsLog ? undefined : value === '' ? 'is empty' : value.includes('/') ? 'contains a directory below log_directory, which does not exist' : undefined),
  log_timezone: (value) => timeZoneFault(value, true),
  multixact_member_buffers: banks,
  multixact_offset_buffers: banks,
  notify_buffers: banks,
  primary_slot_name: (value) => (value === '' || SLOT.test(value) ? undefined : 'is not a valid slot name: a to z, 0 to 9 and _, at most 63 characters'),
  recovery_target: (value) => (['', 'immediate'].includes(value) ? undefined : "is neither empty nor 'immediate'"),
  recovery_target_lsn: (value) => (value === '' || /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i.test(value) ? undefined : 'is not a WAL position, such as 0/3000000'),
  recovery_target_name: (value) => (Buffer.byteLength(value) <= 63 ? undefined : 'is longer than 63 bytes'),
  recovery_target_time: (value) => (value === '' || isRecoveryTime(value) ? undefined : 'is not an ISO 8601 time, such as 2026-01-31 12:00:00+00'),
  recovery_target_timeline: (value) => (['latest', 'current'].includes(value) ? undefined : counter(value)),
  recovery_target_xid: (value) => (value === '' ? undefined : counter(value)),
  restrict_nonsystem_relation_kind: listOf('view', 'foreign-table'),
  search_path: (value) => (identifiersIn(value) ? undefined : 'is not a list of schema names'),
  serializable_buffers: banks,
  session_preload_libraries: libraries,
  shared_preload_libraries: libraries,
  ssl_dh_params_file: (value, { servesTls }) => (value === '' || !servesTls ? undefined : { fault: `requires the file '${value}'`, depends: true }),
  stats_temp_directory: directory,
  subtransaction_buffers: banks,
  // Every other value names a standby to wait for.
  synchronous_standby_names: (value) => (value !== '' && value.trim() === '' ? 'is neither empty nor a list of standbys' : undefined),
  synchronized_standby_slots: (value) => (identifiersIn(value)?.every((slot) => SLOT.test(slot)) === true ? undefined : 'is not a list of replication slots'),
  temp_tablespaces: (value) => (identifiersIn(value) ? undefined : 'is not a list of tablespaces'),
  timezone: (value) => timeZoneFault(value, false),
  timezone_abbreviations: (value) => (['Default', 'Australia', 'India'].includes(value) ? undefined : 'is not one of Default, Australia, India'),
  transaction_buffers: banks,
  unix_socket_group: (value, { image, groupId }) => {
    const own = groupId === undefined ? [] : [String(groupId), ...(groupId === POSTGRES_UID && isOfficialImage(image) ? ['postgres'] : [])];
    return value === '' || own.includes(value) ? undefined : 'is not a group of the server process';
  },
  vacuum_buffer_usage_limit: (value) => {
    const amount = integerIn(value, 'kB') ?? 0;
    return amount <= 0 || amount >= LEAST_RING_KIB ? undefined : `is neither 0 nor at least ${LEAST_RING_KIB}kB`;
  },
  wal_compression: builtFor('wal_compression'),
  wal_consistency_checking: listOf(...MASKED),
};

const SLOT = /^[a-z0-9_]{1,63}$/;
const LOG_ALL_OR_NOTHING = /^\s*"?(on|off|true|false|yes|no|1|0)"?\s*$/i;

/** Source: PostgreSQL src/include/storage/bufmgr.h, MIN_BAS_VAC_RING_SIZE_KB. */
const LEAST_RING_KIB = 128;

/** Why the server does not start with a value, or why that depends on the image; undefined if no fault is known. */
export function startFault(name: string, value: string, context: ValueContext): ValueFault | undefined {
  const found = CHECKS[name.toLowerCase()]?.(value, context);
  return typeof found === 'string' ? { fault: found } : found;
}

/** A list of known words, not case-sensitive. */
function listOf(...known: string[]): (value: string) => string | undefined {
  return (value) => {
    const words = identifiersIn(value);
    if (words === undefined) { return `is not a list of ${known.join(', ')}`; }
    const unknown = words.find((word) => !known.includes(word.toLowerCase()));
    return unknown === undefined ? undefined : `contains '${unknown}', which is not one of ${known.join(', ')}`;
  };
}

/** A value that a server supports only if it was built with it, as in the official image. */
function builtFor(name: string): Check {
  return (value, { image }) => (isBuildDependent(name, value) && !isOfficialImage(image) ? { fault: `requires a server that is built with ${value.toLowerCase()}`, depends: true } : undefined);
}

/** The server converts between UTF8 and all but one; between others not always. Source: PostgreSQL src/include/catalog/pg_conversion.dat. */
function clientEncoding(value: string, { encoding }: ValueContext): string | ValueFault | undefined {
  const [client, server] = [value, encoding].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, '')) as [string, string];
  if (!ENCODINGS.has(client)) { return 'is not a valid client encoding'; }
  if ([client, server].some((name) => name === 'sqlascii' || ['utf8', 'unicode'].includes(name))) {
    return [client, server].includes('muleinternal') && ![client, server].includes('sqlascii') ? `cannot be converted to ${encoding}: no session could start` : undefined;
  }
  return client === server ? undefined : { fault: `requires a conversion to ${encoding}`, depends: true };
}

function banks(value: string): string | undefined {
  const amount = integerIn(value, '8kB');
  return amount === undefined || amount % BANK === 0 ? undefined : `is not a multiple of ${BANK} (in 8kB)`;
}

/** As C's `strtoul`: the number that the text begins with, or 0; an error only beyond 64 bits. */
function counter(value: string): string | undefined {
  const digits = /^\s*[+-]?(0x[0-9a-f]+|\d+)/i.exec(value)?.[1];
  return digits !== undefined && BigInt(digits) >= 2n ** 64n ? 'is a number of more than 64 bits' : undefined;
}

/** The server ignores an invalid list completely. */
function libraries(value: string, context: ValueContext): ValueFault | undefined {
  return fileNamesIn(value)?.map((word) => library(word, context)).find((fault) => fault !== undefined);
}

function plugins(value: string, { image }: ValueContext): string | ValueFault | undefined {
  const names = fileNamesIn(value) ?? [];
  const outside = names.find((name) => name.replace(/^\$libdir\/plugins\//, '').includes('/'));
  if (outside !== undefined) { return `contains '${outside}', which is not in $libdir/plugins`; }
  if (names.length === 0) { return undefined; }
  return isOfficialImage(image) ? `contains '${names[0]!}', but the official image has no $libdir/plugins: every session would fail` : { fault: `requires the library '${names[0]!}' in $libdir/plugins`, depends: true };
}

function library(name: string, { major, image }: ValueContext): ValueFault | undefined {
  if (hasLibrary(major, name)) { return undefined; }
  return isOfficialImage(image) ? { fault: `contains the library '${name}', which the official image of PostgreSQL ${major} does not have` } : { fault: `requires the library '${name}'`, depends: true };
}

function locale(value: string, { image }: ValueContext): ValueFault | undefined {
  if (value === '' || hasLocale(value)) { return undefined; }
  return isOfficialImage(image) ? { fault: 'is a locale that the official image does not have; it has C, POSIX, C.UTF-8 and en_US.UTF-8' } : { fault: `requires the locale '${value}'`, depends: true };
}

function directory(value: string, { writable }: ValueContext): string | undefined {
  if (value === '') { return 'is empty, which means the root directory of the container'; }
  const isWritable = !value.startsWith('/') || writable.some((folder) => value === folder || value.startsWith(`${folder}/`));
  return isWritable ? undefined : `is not a writable directory: the root filesystem is read-only, and the writable volumes are ${writable.join(', ')}`;
}

/** Source: PostgreSQL src/backend/commands/variable.c, check_datestyle. */
function dateStyle(value: string): string | undefined {
  const styles = new Set<string>();
  const orders = new Set<string>();
  const words = identifiersIn(value);
  if (words === undefined) { return 'is not a list of date styles and orders'; }
  for (const word of words.map((found) => found.toLowerCase())) {
    const style = ['iso', 'sql', 'german'].find((known) => word === known) ?? (word.startsWith('postgres') ? 'postgres' : undefined);
    const order = word === 'ymd' ? 'ymd' : word === 'dmy' || word.startsWith('euro') ? 'dmy' : ['mdy', 'us'].includes(word) || word.startsWith('noneuro') ? 'mdy' : undefined;
    if (style !== undefined) { styles.add(style); } else if (order !== undefined) { orders.add(order); } else if (word !== 'default') { return `contains '${word}', which is not a date style or order`; }
  }
  return styles.size > 1 || orders.size > 1 ? 'has two date styles, or two orders' : undefined;
}
