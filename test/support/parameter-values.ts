import { ParameterRow, SERVER_PARAMETERS } from '../../src/postgresql';

/** Shapes of text that every parameter of type string is tested with. */
const TEXTS = ['', ' ', 'x', '0', '-1', 'on', 'all', 'none', 'default', 'a,b', 'a b', ' a , b ', 'a,,b', 'a,', ',', '"a"', '"a', 'a"b', '"a""b",c', '"a"b', "it's", 'a\\b', 'ü', '*', '/tmp', '%', 'x'.repeat(63), 'x'.repeat(64)];

/** Words that an enum may take without listing them, and that a boolean takes or does not. */
const WORDS = ['on', 'off', 'true', 'false', 'yes', 'no', '1', '0', 't', 'f', 'y', 'n', 'of', 'o', 'tru', 'fals', 'debug', 'info', 'fatal', 'panic', 'ON', ' on', 'on ', '', 'maybe', '2', 'none', 'default'];

/** Values of strings with a grammar of their own. */
const GRAMMARS: Readonly<Record<string, readonly string[]>> = {
  archive_library: ['basic_archive', 'nothing'],
  backtrace_functions: ['a,b', 'a:b', 'heap_insert, _bt_doinsert', 'a-b', 'A1'],
  client_encoding: ['UTF8', 'utf-8', 'Unicode', 'LATIN1', 'iso-8859-1', 'SQL_ASCII', 'UTF-9', 'UTF16', 'auto', 'EUC_JP', 'euc_jis_2004', 'MULE_INTERNAL', 'win1252', 'windows-1252', 'SJIS', 'shiftjis2004', 'KOI8', 'LATIN11', 'latin10', 'alt', 'abc', 'johab', 'UHC', 'GB18030'],
  cluster_name: ['naïve', 'a\tb', 'x'.repeat(64)],
  createrole_self_grant: ['set', 'inherit', 'set, inherit', 'SET', 'sets', 'admin', 'set inherit'],
  datestyle: ['ISO', 'iso, mdy', 'ISO,DMY', 'German', 'SQL, European', 'Postgres, US', 'postgresql', 'NonEuro', 'iso, german', 'dmy, mdy', 'default', 'ISO, default', 'foo', 'ymd', 'iso;mdy', 'dmy, dmy', 'europe', 'noneuropean', 'us', 'usa', 'postgre', 'ISO DMY', '"ISO"'],
  debug_io_direct: ['data', 'wal', 'wal_init', 'data, wal', 'data,wal,wal_init', 'DATA', 'log', 'data wal'],
  default_table_access_method: ['heap', 'columnar', 'x'.repeat(64)],
  default_tablespace: ['pg_default', 'fast', 'pg_global'],
  default_text_search_config: ['english', 'pg_catalog.english', 'public.mine', 'klingon', 'pg_catalog.klingon', 'estonian', 'pg_catalog.estonian', 'a.b.c', '"English"', 'pg_catalog.', '.english', 'English', 'pg_catalog.simple'],
  dynamic_library_path: ['$libdir', '/usr/lib:$libdir', '$libdir/plugins:/usr/lib', 'lib', '$libdir:', '$lib', ':', '/usr/lib'],
  extension_control_path: ['$system', '/usr/share:$system', 'lib', '$system:'],
  jit_provider: ['llvmjit', 'nothing'],
  lc_messages: ['C', 'POSIX', 'C.UTF-8', 'C.utf8', 'xx_YY.utf8', 'c', 'de_DE', 'C.UTF8', 'C.utf-8', 'posix'],
  lc_monetary: ['C', 'POSIX', 'C.UTF-8', 'xx_YY.utf8'],
  lc_numeric: ['C', 'POSIX', 'C.UTF-8', 'xx_YY.utf8'],
  lc_time: ['C', 'POSIX', 'C.UTF-8', 'xx_YY.utf8'],
  log_connections: ['receipt', 'receipt,authentication', 'setup_durations', 'authorization', 'all', 'ALL', 'true', '1', 'yes', 'no', 't', 'off, receipt', 'receipts', '"receipt"', 'on, receipt', 'all, receipt', 'none'],
  log_destination: ['stderr', 'STDERR', 'stderr,syslog', 'syslog', 'csvlog', 'jsonlog', 'eventlog', 'file', 'stdout', 'stderr csvlog', '"stderr"', '"STDERR"'],
  log_timezone: [],
  oauth_validator_libraries: ['my_validator', '$libdir/validator'],
  primary_conninfo: ['host=a port=5432', 'nonsense', 'host=a port=x', "host='a", 'postgres://a/b'],
  primary_slot_name: ['slot_1', 'Slot', 'a-b', 'pg_conflict_detection'],
  recovery_target: ['immediate', 'IMMEDIATE', 'latest'],
  recovery_target_lsn: ['0/3000000', 'A/b', '0/0', '0/123456789', '3000000', '0/', 'G/1', '00000000/00000001', ' 0/1'],
  recovery_target_name: ['before deploy', 'ü'.repeat(32)],
  recovery_target_time: [
    '2026-01-31 12:00:00+00', '2026-01-31', '2026-01-31T12:00:00Z', '2026-01-31 12:00', 'soon', 'now', 'today', 'tomorrow', 'yesterday', 'epoch', 'infinity', '2026-13-31', '2026-02-30', '31.01.2026', '01/31/2026',
    'Jan 31 2026', '31 January 2026 12:00', '2026-01-31 12:00:00.123456 Europe/Berlin', '2026-01-31 12:00:00 CET', '2026-01-31 25:00', '20260131', '20260131T120000', '12:00', '2026-01-31 12:00:00 Nowhere/City', '2026-01-31 12:00 PM',
    '2026-01-31 12:61', '2026-1-3', '2026-01-31 12:00:00+15:59', '2026-01-31 12:00:00+99', 'Saturday 2026-01-31', '2026-031',
  ],
  recovery_target_timeline: ['latest', 'LATEST', 'current', '1', '0x10', '3a', '4294967296', '-5', '99999999999999999999', '0'],
  recovery_target_xid: ['7', '0x7', '-1', '7x', '4294967296', '99999999999999999999', '0', '2', '3'],
  restrict_nonsystem_relation_kind: ['view', 'foreign-table', 'view, foreign-table', 'VIEW', 'table', 'foreign_table'],
  search_path: ['"$user", public', 'public', '', '"$user', 'a b', 'a.b', 'pg_catalog;x', 'schéma', 'public,', 'public,,x', '""'],
  shared_preload_libraries: [],
  ssl_dh_params_file: ['', 'dh.pem'],
  stats_temp_directory: ['pg_stat_tmp', '/dev/shm'],
  synchronized_standby_slots: ['slot_1', 'a, b', 'A', 'a-b', '*'],
  synchronous_standby_names: ['*', 's1', 's1, s2', 'FIRST 2 (s1, s2)', 'ANY 2 (s1, s2, s3)', '2 (s1, s2)', 'any 1 (*)', 'FIRST (s1)', 'FIRST 0 (s1)', 'FIRST 2 s1', '"s-1"', 's-1', 'ANY 1 ("a b")', '1', 'FIRST 3 (s1)', 's1 s2', '(s1)', 'ANY x (s1)'],
  temp_tablespaces: ['', 'a', 'a, b', '"a', 'pg_default', 'pg_global', '""', 'a,""'],
  timezone: [],
  timezone_abbreviations: ['Default', 'default', 'India', 'Australia', 'Europe', 'Asia', 'Mars', 'America', 'Etc', 'Default.txt', 'Africa', 'Antarctica', 'Atlantic', 'Indian', 'Pacific', 'Foo.bar'],
  unix_socket_group: [],
  wal_consistency_checking: ['all', 'heap', 'heap2', 'heap,btree', 'HEAP', 'xlog', 'transaction', 'spgist', 'logicalmsg', 'heap, nothing', 'generic', 'sequence', 'commit_ts', 'replorigin', 'brin,gin,gist,hash', 'all, heap', 'standby', 'multixact'],
};

/** A recovery has one target. */
export const RECOVERY_TARGETS = ['recovery_target', 'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time', 'recovery_target_xid'];

/** Values, good and bad, that a parameter is asked about. */
export function valuesToTry([, , name, type, , unit, range]: ParameterRow): string[] {
  switch (type) {
    case 'bool': return WORDS;
    case 'enum': return [...range.map(String), ...range.map((word) => String(word).toUpperCase()), ...WORDS];
    case 'string': return [...new Set([...(RECOVERY_TARGETS.includes(name) ? ['', ' ', 'x', '-1', 'ü'] : TEXTS), ...GRAMMARS[name.toLowerCase()] ?? []])];
    default: return numbers(unit, Number(range[0]), Number(range[1]), type === 'integer');
  }
}

function numbers(unit: string, min: number, max: number, isInteger: boolean): string[] {
  const least = String(min);
  const some = isInteger ? String(Math.min(max, Math.max(min, 8))) : String(min + (Math.min(max, min + 1) - min) / 2);
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'us', 'ms', 's', 'min', 'h', 'd', 'KB', 'mb', 'S', 'PB', unit];
  return [
    least, String(max), String(min - 1), String(min - 0.4), String(max + 1), `${max}.4`, some, ` ${some}`, `${some} `, `+${some}`, `${some}.0`, `${some}.`, `${some}e0`, `${some}e`, `0x${Number(min).toString(16)}`,
    '0x10', '010', '0640', '08', '0x', '0xg', '1e3', '.5', '-.5', '-0', '--1', '1_000', '1,5', '', ' ', 'on', 'x', 'nan', 'inf', 'infinity', '-inf', '0x1p3', '99999999999999999999', '1e400', '1e-400', '٣',
    ...units.map((word) => `${some}${word}`), `${some} ${unit}`, `${some} ${unit} `, `${some}${unit}${unit}`, `100${unit}`, '1TB',
  ];
}

/** The parameters of one major. */
export function rowsOf(major: number): ParameterRow[] {
  return SERVER_PARAMETERS.filter(([first, last]) => first <= major && major <= last);
}
