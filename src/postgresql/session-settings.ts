import { identifiersIn } from './parameters/list-text';
import { isExtensionParameter, lookUpParameter, majorsOf, unfitValue } from './parameters/parameter-catalog';

/** Parameters whose values are lists of names, which PostgreSQL takes one by one. Source: PostgreSQL src/backend/utils/misc/guc_tables.c, GUC_LIST_QUOTE. */
const LISTS: ReadonlySet<string> = new Set(['local_preload_libraries', 'search_path', 'session_preload_libraries', 'temp_tablespaces']);

/** Contexts of parameters that only the configuration of the server sets. */
const OF_THE_SERVER: ReadonlySet<string> = new Set(['internal', 'postmaster', 'sighup']);

/** A parameter that pg_settings does not show: the role that sessions take on. Source: PostgreSQL src/backend/utils/misc/guc_tables.c, GUC_NO_SHOW_ALL. */
const ROLE = 'role';

/** The words of a value, as `ALTER ROLE … SET` takes them: several for a list of names. */
export function settingWords(name: string, value: string): string[] {
  return LISTS.has(name.toLowerCase()) ? identifiersIn(value) ?? [value] : [value];
}

/** Why `ALTER ROLE … SET` or `ALTER DATABASE … SET` cannot set a parameter; undefined if it can, as far as that is known without the server. */
export function settingFault(major: number, name: string, value?: string): string | undefined {
  const known = lookUpParameter(major, name);
  if (known === undefined) {
    if (isExtensionParameter(name) || name.toLowerCase() === ROLE) { return value !== undefined && /\0/.test(value) ? 'has a NUL character in its value' : undefined; }
    const majors = majorsOf(name);
    return `does not exist in PostgreSQL ${major}${majors === undefined ? '' : `; it exists in ${majors}`}`;
  }
  if (OF_THE_SERVER.has(known.context)) { return 'can only be set for the whole server, in parameters'; }
  const fault = value === undefined ? undefined : unfitValue(known, value);
  return fault === undefined ? undefined : `has the value '${value}', which ${fault}`;
}
