import { type ConnectionSettings, connectionSettings } from './connection-settings';
import { parseConnection } from './read-connection';

/** Programs whose connection libpq makes. */
const LIBPQ_PROGRAMS = new Set([
  'psql', 'pg_dump', 'pg_dumpall', 'pg_restore', 'pg_basebackup', 'pg_receivewal', 'pg_recvlogical', 'pg_amcheck', 'createdb', 'dropdb', 'createuser', 'dropuser',
  'vacuumdb', 'reindexdb', 'clusterdb', 'pgbench',
]);

export function isLibpqProgram(word: string): boolean {
  return LIBPQ_PROGRAMS.has(word.slice(word.lastIndexOf('/') + 1));
}

/** The settings among the options of a program such as psql. */
export function parseProgramOptions(words: ReadonlyArray<string>): ConnectionSettings | undefined {
  const options: Readonly<Record<string, keyof ConnectionSettings>> = { h: 'host', p: 'port', U: 'user', d: 'dbname' };
  const found: Array<readonly [string, string]> = [];
  let inner: ConnectionSettings = {};
  words.forEach((word, index) => {
    const match = /^-([hpUd])(.*)$/.exec(word) ?? /^--(host|port|username|dbname)(?:=(.*))?$/.exec(word);
    if (!match) {
      inner = { ...inner, ...parseConnection(word) };
      return;
    }
    const name = options[match[1]!] ?? (match[1] === 'username' ? 'user' : match[1]!);
    const value = match[2] === undefined || match[2] === '' ? words[index + 1] ?? '' : match[2];
    if (parseConnection(value) === undefined) { found.push([name, value]); } else { inner = { ...inner, ...parseConnection(value) }; }
  });
  const all = { ...connectionSettings(found), ...inner };
  return Object.keys(all).length > 0 ? all : undefined;
}
