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
    const [, name, value = ''] = /^\s*("(?:[^"]|"")+"|[^\s=;#"[%]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) { continue; }
    if (section === 'pgbouncer') { settings.set(name.toLowerCase(), value); }
    if (section === 'databases') { databases.push(pgBouncerDatabase(name.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'), value)); }
  }
  return { settings, databases };
}

/** The entry of a database; its name is the default of the database that it leads to. */
export function pgBouncerDatabase(name: string, value: string): PgBouncerDatabase {
  return { name, settings: { ...(name === '*' || name.includes('$') ? {} : { dbname: name }), ...connectionSettings(conninfoPairs(value)) } };
}

/** A pgbouncer.ini. Source: PgBouncer 1.26, doc/config.md: names are quoted as in SQL, values stand as they are. */
export function printPgBouncer(settings: ReadonlyArray<readonly [string, string | number]>, databases: ReadonlyArray<PgBouncerDatabase>): string {
  const entries = databases.map(({ name, settings: { host, port } }) => `"${name.replaceAll('"', '""')}" = host=${host} port=${port}`);
  return ['[databases]', ...entries, '', '[pgbouncer]', ...settings.map(([name, value]) => `${name} = ${value}`), ''].join('\n');
}

/** The roles that may log in, none with a password. Source: PgBouncer 1.26, doc/config.md, Authentication file format. */
export function printUserList(roles: ReadonlyArray<string>): string {
  return roles.map((role) => `"${role.replaceAll('"', '""')}" ""\n`).join('');
}
