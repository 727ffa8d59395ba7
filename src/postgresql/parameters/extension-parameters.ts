import { KnownParameter, unfitValue } from './parameter-catalog';

type Row = readonly [name: string, type: KnownParameter['type'], context: KnownParameter['context'], unit?: string, range?: ReadonlyArray<number | string>];

/** Parameters of the contrib modules. Source: contrib/ of PostgreSQL 14 to 18, DefineCustom…Variable. */
const ROWS: ReadonlyArray<Row> = [
  ['auth_delay.milliseconds', 'integer', 'sighup', 'ms', [0, 2_147_483]],
  ['auto_explain.log_analyze', 'bool', 'superuser'], ['auto_explain.log_buffers', 'bool', 'superuser'], ['auto_explain.log_format', 'enum', 'superuser', '', ['text', 'xml', 'json', 'yaml']],
  ['auto_explain.log_level', 'enum', 'superuser', '', ['debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'debug', 'info', 'notice', 'warning', 'log']],
  ['auto_explain.log_min_duration', 'integer', 'superuser', 'ms', [-1, 2_147_483_647]], ['auto_explain.log_nested_statements', 'bool', 'superuser'],
  ['auto_explain.log_parameter_max_length', 'integer', 'superuser', 'B', [-1, 2_147_483_647]], ['auto_explain.log_settings', 'bool', 'superuser'], ['auto_explain.log_timing', 'bool', 'superuser'],
  ['auto_explain.log_triggers', 'bool', 'superuser'], ['auto_explain.log_verbose', 'bool', 'superuser'], ['auto_explain.log_wal', 'bool', 'superuser'],
  ['auto_explain.sample_rate', 'real', 'superuser', '', [0, 1]],
  ['basic_archive.archive_directory', 'string', 'sighup'],
  ['isn.weak', 'bool', 'user'],
  ['passwordcheck.min_password_length', 'integer', 'superuser', 'B', [0, 2_147_483_647]],
  ['pg_prewarm.autoprewarm', 'bool', 'postmaster'], ['pg_prewarm.autoprewarm_interval', 'integer', 'sighup', 's', [0, 2_147_483]],
  ['pg_stat_statements.max', 'integer', 'postmaster', '', [100, 1_073_741_823]], ['pg_stat_statements.save', 'bool', 'sighup'],
  ['pg_stat_statements.track', 'enum', 'superuser', '', ['none', 'top', 'all']], ['pg_stat_statements.track_planning', 'bool', 'superuser'], ['pg_stat_statements.track_utility', 'bool', 'superuser'],
  ['pg_trgm.similarity_threshold', 'real', 'user', '', [0, 1]], ['pg_trgm.strict_word_similarity_threshold', 'real', 'user', '', [0, 1]], ['pg_trgm.word_similarity_threshold', 'real', 'user', '', [0, 1]],
  ['plpgsql.check_asserts', 'bool', 'user'], ['plpgsql.extra_errors', 'string', 'user'], ['plpgsql.extra_warnings', 'string', 'user'], ['plpgsql.print_strict_params', 'bool', 'user'],
  ['plpgsql.variable_conflict', 'enum', 'superuser', '', ['error', 'use_variable', 'use_column']],
  ['postgres_fdw.application_name', 'string', 'user'],
];

const BY_NAME = new Map(ROWS.map(([name, type, context, unit = '', range = []]) => [name, { type, context, unit, range }]));
const MODULES = new Set(ROWS.map(([name]) => name.split('.')[0]!));

/** The known parameter of a contrib module; undefined for other extensions. */
function lookUpExtensionParameter(name: string): KnownParameter | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Why the server ignores a parameter of a contrib module; undefined if no fault is known. */
export function extensionFault(name: string, value: string): string | undefined {
  const known = lookUpExtensionParameter(name);
  if (known !== undefined) { return unfitValue(known, value); }
  return MODULES.has(name.toLowerCase().split('.')[0]!) ? 'is set, but the module has no such parameter' : undefined;
}

/** Whether a change requires a restart. For parameters of unknown extensions, true is the safe answer. */
export function restartsExtension(name: string): boolean {
  return (lookUpExtensionParameter(name)?.context ?? 'postmaster') === 'postmaster';
}
