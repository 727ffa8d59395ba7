/** The connection parameters of a client; missing ones come from other sources. */
export interface ConnectionSettings {
  readonly host?: string;
  /** Where to connect instead of to what the host resolves to. */
  readonly hostaddr?: string;
  readonly port?: string;
  readonly user?: string;
  readonly dbname?: string;
  readonly sslmode?: string;
  readonly sslcert?: string;
  readonly sslkey?: string;
  readonly sslrootcert?: string;
}

/** libpq's environment variables. Source: PostgreSQL, libpq Environment Variables. */
export const ENVIRONMENT: Readonly<Record<string, keyof ConnectionSettings>> = {
  PGHOST: 'host', PGHOSTADDR: 'hostaddr', PGPORT: 'port', PGUSER: 'user', PGDATABASE: 'dbname', PGSSLMODE: 'sslmode', PGSSLCERT: 'sslcert', PGSSLKEY: 'sslkey', PGSSLROOTCERT: 'sslrootcert',
};

/** The values of sslmode. Source: PostgreSQL, libpq SSL Support. */
const SSL_MODES = new Set(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']);

/** Whether libpq knows an sslmode; case matters. */
export function isSslMode(text: string): boolean {
  return SSL_MODES.has(text);
}

const NAMES = new Set<string>(Object.values(ENVIRONMENT));

/** Programs whose connection libpq makes. */
const LIBPQ_PROGRAMS = new Set([
  'psql', 'pg_dump', 'pg_dumpall', 'pg_restore', 'pg_basebackup', 'pg_receivewal', 'pg_recvlogical', 'pg_amcheck', 'createdb', 'dropdb', 'createuser', 'dropuser',
  'vacuumdb', 'reindexdb', 'clusterdb', 'pgbench',
]);

export function isLibpqProgram(word: string): boolean {
  return LIBPQ_PROGRAMS.has(word.slice(word.lastIndexOf('/') + 1));
}

/** The settings of a URI or a `name=value` text, or undefined where a text is neither. */
export function parseConnection(value: string): ConnectionSettings | undefined {
  if (value.includes('://')) { return parseUri(value.trim()); }
  return value.includes('=') && value.includes(' ') ? parseConninfo(value) : undefined;
}

const URI = /^(?:jdbc:)?postgres(?:ql)?(?:\+\w+)?:\/\/(?:([^/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#\s]*))?/;

function parseUri(value: string): ConnectionSettings | undefined {
  const match = URI.exec(value);
  if (!match) { return undefined; }
  const [, login = '', hosts = '', database = '', query = ''] = match;
  const places = hosts.split(',').map((place) => /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(place) ?? [place, place]);
  const parameters = query.split('&').map((pair) => pair.split('=')).map(([name = '', ...rest]) => [name, decoded(rest.join('='))] as const);
  return connectionSettings([
    ['host', places.map(([, host = '']) => decoded(host.replace(/^\[(.*)\]$/, '$1'))).join(',')],
    ['port', places.map(([, , port = '']) => port).join(',')],
    ['user', decoded(login.split(':')[0]!)],
    ['dbname', decoded(database)],
    ...parameters,
  ]);
}

function parseConninfo(value: string): ConnectionSettings | undefined {
  const pairs = [...value.matchAll(/(?:^|\s)(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))/g)]
    .map(([, name, quoted, bare]) => [name!, (quoted ?? bare ?? '').replace(/\\(.)/g, '$1')] as const);
  // One pair alone could be anything; a connection has a host or a file of its own and something else.
  return pairs.filter(([name]) => NAMES.has(name)).length > 1 ? connectionSettings(pairs) : undefined;
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

/** Complete values only: a value that contains a variable is unknown here. */
export function connectionSettings(pairs: ReadonlyArray<readonly [string, string]>): ConnectionSettings {
  return Object.fromEntries(pairs.filter(([name, value]) => NAMES.has(name) && value !== '' && !value.includes('$')));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
