import { type ConnectionSettings, connectionSettings } from './connection-settings';
import { conninfoPairs } from './conninfo';

/** What a pgbouncer.ini states. */
export interface PgBouncerFile {
  /** Of the section `pgbouncer`, by lower-case name. */
  readonly settings: ReadonlyMap<string, string>;
  readonly databases: ReadonlyArray<PgBouncerDatabase>;
}

/** A database that clients of PgBouncer name, and where it leads. */
export interface PgBouncerDatabase {
  /** `*` for every other name. */
  readonly name: string;
  readonly settings: ConnectionSettings;
}

/** Source: PgBouncer 1.24, doc/config.md. Files that it includes are not read. */
export function parsePgBouncer(content: string): PgBouncerFile {
  const settings = new Map<string, string>();
  const databases: PgBouncerDatabase[] = [];
  let section = '';
  for (const line of content.split(/\r?\n/)) {
    const [, header] = /^\s*\[([^\]]+)\]\s*$/.exec(line) ?? [];
    if (header !== undefined) { section = header.trim(); }
    const [, name, value = ''] = /^\s*('[^']+'|"(?:[^"]|"")+"|[^\s=;#"'[%]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) { continue; }
    if (section === 'pgbouncer') { settings.set(name.toLowerCase(), value); }
    if (section === 'databases') { databases.push(pgBouncerDatabase(nameOf(name), value)); }
  }
  return { settings, databases };
}

/** In single quotes, as its parser has it, or in double quotes, as its documentation does. */
function nameOf(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1) : word.replace(/^"(.*)"$/, '$1').replaceAll('""', '"');
}

/** The entry of a database; its name is the default of the database that it leads to. */
export function pgBouncerDatabase(name: string, value: string): PgBouncerDatabase {
  return { name, settings: { ...(name === '*' || name.includes('$') ? {} : { dbname: name }), ...connectionSettings(conninfoPairs(value)) } };
}

/**
 * Why PgBouncer cannot have a database of a name; undefined if it can. Its documentation has double quotes for names, its parser single quotes, which a name then cannot contain.
 * Source: libusual, usual/cfparser.c; run with PgBouncer 1.26.1.
 */
export function pgBouncerDatabaseFault(name: string): string | undefined {
  if (name === 'pgbouncer') { return 'is that of the administration console of PgBouncer'; }
  if (name === '*') { return 'stands for every other database in pgbouncer.ini'; }
  return name.includes("'") ? 'has a single quote, which pgbouncer.ini cannot contain in a name' : undefined;
}

/** A pgbouncer.ini, for names without a fault. */
export function printPgBouncer(settings: ReadonlyArray<readonly [string, string | number]>, databases: ReadonlyArray<PgBouncerDatabase>): string {
  const entries = databases.map(({ name, settings: { host, port } }) => `${/^[\w.-]+$/.test(name) ? name : `'${name}'`} = host=${host} port=${port}`);
  return ['[databases]', ...entries, '', '[pgbouncer]', ...settings.map(([name, value]) => `${name} = ${value}`), ''].join('\n');
}

/** The roles that may log in, none with a password. Source: PgBouncer 1.26, doc/config.md, Authentication file format. */
export function printUserList(roles: ReadonlyArray<string>): string {
  return roles.map((role) => `"${role.replaceAll('"', '""')}" ""\n`).join('');
}
