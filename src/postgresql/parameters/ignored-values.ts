import { fileNamesIn, identifiersIn } from './list-text';
import { booleanIn, numberIn } from './parameter-catalog';
import { timeZoneSurprise } from './time-zone';

/** Effective settings beside a value. */
export interface OtherParameters {
  readonly major: number;
  /** The effective value of a parameter; empty if it is not set. */
  readonly of: (name: string) => string;
}

type Check = (value: string, others: OtherParameters) => string | undefined;

/** Source: PostgreSQL src/backend/snowball, the configurations that every database has. */
const TEXT_SEARCH = new Set([
  'simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian',
  'lithuanian', 'nepali', 'norwegian', 'portuguese', 'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish',
]);

/** Parameters that only apply to log files of the logging collector. */
const OF_COLLECTOR = ['log_directory', 'log_file_mode', 'log_filename', 'log_rotation_age', 'log_rotation_size', 'log_truncate_on_rotation'];
/** Parameters that only a standby or a recovery from a backup uses; this package has neither. */
const OF_RECOVERY = [
  'archive_cleanup_command', 'primary_conninfo', 'primary_slot_name', 'promote_trigger_file', 'recovery_end_command', 'recovery_target', 'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time',
  'recovery_target_xid', 'restore_command',
];
const OF_SYSLOG = ['syslog_facility', 'syslog_ident', 'syslog_sequence_numbers', 'syslog_split_messages'];

const all = (names: readonly string[], check: Check): Record<string, Check> => Object.fromEntries(names.map((name) => [name, check]));
const when = (condition: boolean, fault: string): string | undefined => (condition ? fault : undefined);

/** Values that the server accepts but does not use. */
const CHECKS: Readonly<Record<string, Check>> = {
  ...all(OF_COLLECTOR, (_, { of }) => when(booleanIn(of('logging_collector')) !== true, 'has no effect while logging_collector is off: the log goes to standard error')),
  ...all(OF_RECOVERY, (value) => when(value !== '', 'has no effect: only a standby or a recovery uses it')),
  ...all(OF_SYSLOG, () => 'has no effect: a container has no syslog'),
  ...all(['bonjour_name', 'event_source'], (value) => when(value !== '' && value !== 'PostgreSQL', 'has no effect on Linux')),
  ...all(['transaction_deferrable', 'transaction_isolation', 'transaction_read_only'], () => 'has no effect: every transaction starts with the value of the parameter default_transaction_…'),
  ...all(['session_preload_libraries', 'shared_preload_libraries', 'local_preload_libraries'], (value) => when(fileNamesIn(value) === undefined, 'is not a valid list of libraries: the server loads none of them')),
  ...all(['application_name', 'cluster_name'], (value, { major }) => (Buffer.byteLength(value) > MOST_BYTES ? `is longer than ${MOST_BYTES} bytes and is truncated`
    : when(/[^ -~]/.test(value), `contains characters outside of ASCII, which the server replaces with ${major >= 16 ? 'hexadecimal escapes' : 'question marks'}`))),
  ...all(['archive_command', 'archive_library'], (value, { of }) => when(value !== '' && (of('archive_mode') === '' || booleanIn(of('archive_mode')) === false),
    'has no effect while archive_mode is off: nothing is archived')),
  autovacuum_max_workers: (value, { major, of }) => when(major >= 18 && (numberIn(value, '') ?? 0) > (numberIn(of('autovacuum_worker_slots'), '') ?? 16), 'is above autovacuum_worker_slots, which limits the number of workers'),
  default_table_access_method: (value) => when(value !== 'heap', 'is an access method that only an extension provides: without it no table can be created'),
  default_tablespace: (value) => when(value !== '' && value !== 'pg_default', 'is a tablespace that may not exist in the database: the server then uses pg_default'),
  default_text_search_config: (value, { major }) => {
    const name = value.replace(/^"?pg_catalog"?\./, '').replace(/^"([a-z_]+)"$/, '$1');
    return when(!TEXT_SEARCH.has(name) && !(name === 'estonian' && major >= 18), 'is a text search configuration that may not exist in the database: text search then fails');
  },
  dynamic_library_path: (value, { major }) => {
    const folders = value === '' ? [] : value.split(':');
    const relative = folders.find((folder) => !/^\/|^\$libdir(\/|$)/.test(folder));
    if (relative !== undefined) { return `contains '${relative}', which is not an absolute path: libraries cannot be loaded by name`; }
    // From 18 on it also applies to the server's own libraries.
    return major < 18 || folders.includes('$libdir') ? undefined : 'does not contain $libdir: the server cannot find its own libraries';
  },
  extension_control_path: (value) => when(!value.split(':').includes('$system'), 'does not contain $system: the extensions of the image cannot be created'),
  huge_page_size: (value, { of }) => when((numberIn(value, 'kB') ?? 0) > 0 && (of('huge_pages') === '' || booleanIn(of('huge_pages')) === false), 'has no effect: the property hugePages gives the pod huge pages'),
  io_combine_limit: (value, { major, of }) => when(major >= 18 && (numberIn(value, '8kB') ?? 0) > (numberIn(of('io_max_combine_limit'), '8kB') ?? 16), 'is above io_max_combine_limit, which limits it'),
  jit_provider: (value) => when(value !== 'llvmjit', 'is a provider that the image does not have: queries are not compiled'),
  log_destination: (value, { of }) => {
    const words = (identifiersIn(value) ?? []).map((word) => word.toLowerCase());
    if (words.includes('syslog')) { return 'contains syslog, which a container does not have'; }
    const file = words.find((word) => ['csvlog', 'jsonlog'].includes(word));
    return when(file !== undefined && booleanIn(of('logging_collector')) !== true, `contains ${file!}, but logging_collector is off: the log goes to standard error as text`);
  },
  log_timezone: (value) => timeZoneSurprise(value, true),
  recovery_target_timeline: (value) => when(!['latest', 'current'].includes(value) && !/^(\d+|0x[0-9a-f]+)$/i.test(value), 'is not a number: the server uses the digits that it begins with, or 0'),
  temp_tablespaces: (value) => when((identifiersIn(value) ?? []).some((name) => name !== '' && name !== 'pg_default'), 'contains a tablespace that may not exist in the database: the server skips those that do not exist'),
  timezone: (value) => timeZoneSurprise(value, false),
};

/** Source: PostgreSQL src/include/pg_config_manual.h, NAMEDATALEN. */
const MOST_BYTES = 63;

/** Why a value that the server accepts has no effect or another one; undefined if it is used as given. */
export function ignoredFault(name: string, value: string, others: OtherParameters): string | undefined {
  return CHECKS[name.toLowerCase()]?.(value, others);
}
