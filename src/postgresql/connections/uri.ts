import type { Connection, RejectedOption } from './connection';
import { connectionSettings, isSetting } from './connection-settings';
import { ASYNCPG, type Driver, LIBPQ, NODE_POSTGRES, PG8000, PGJDBC, PRISMA, R2DBC, UNKNOWN_DRIVER } from './driver';

const URI = /^(?:(jdbc|r2dbcs?(?::pool)?):)?(postgres(?:ql)?|postgis|pgsql|pdo-pgsql)(?:\+(\w+))?:\/\/(?:([^/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#\s]*))?/;

/** Drivers of SQLAlchemy that call libpq. */
const OF_LIBPQ = /^(psycopg\w*|pygresql)$/;
/** Options that only Prisma's engine has. Source: Prisma ORM 6, PostgreSQL connector, Arguments. */
const OF_PRISMA = ['sslaccept', 'sslidentity', 'connection_limit', 'pool_timeout', 'pgbouncer'];
/** The spellings of sqlx. Source: sqlx 0.8, sqlx-postgres/src/options/parse.rs. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'ssl-mode': 'sslmode', 'ssl-root-cert': 'sslrootcert', 'ssl-ca': 'sslrootcert', 'ssl-cert': 'sslcert', 'ssl-key': 'sslkey', database: 'dbname',
};
/** r2dbc-postgresql has libpq's options in camel case. */
const IN_CAMEL_CASE = /^ssl(Mode|RootCert|Cert|Key)$/;

/** The connection in a URI of libpq, JDBC, R2DBC or SQLAlchemy. Source: PostgreSQL, libpq, Connection URIs. */
export function parseUri(value: string): Connection | undefined {
  const match = URI.exec(value);
  if (!match) { return undefined; }
  const [, prefix = '', scheme = '', dialect = '', login = '', hosts = '', database = '', query = ''] = match;
  const places = hosts.split(',').map((place) => /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(place) ?? [place, place]);
  // A password that is not percent-encoded moves the end of the login: nothing of such a text is read.
  if (places.some(([, , port = '']) => !/^\d*$|\$|\{/.test(port)) || database.includes('@')) { return undefined; }
  const isR2dbc = prefix.startsWith('r2dbc');
  const parameters = new Map(query.split('&').map((pair) => pair.split('=')).map(([name = '', ...rest]) => [nameOf(name, isR2dbc), decoded(rest.join('='))] as const));
  const driver = prefix === 'jdbc' ? PGJDBC : isR2dbc ? R2DBC : driverOf(scheme, dialect, parameters);
  if (isR2dbc) { fitR2dbc(prefix, parameters); }
  const files = driver === PRISMA ? ['sslcert', 'sslkey', 'sslrootcert'] : [];
  const given = [...parameters].filter(([name]) => isSetting(name) && !files.includes(name));
  return {
    driver,
    settings: connectionSettings([
      ['host', places.map(([, host = '']) => decoded(host.replace(/^\[(.*)\]$/, '$1'))).join(',')],
      ['port', places.map(([, , port = '']) => port).join(',')],
      ['user', decoded(login.split(':')[0]!)],
      ['dbname', decoded(database)],
      ...given,
    ]),
    options: new Map([...parameters].filter(([name]) => !isSetting(name)).map(([name, option]) => [name.toLowerCase(), option])),
    rejected: rejectedOption(driver, given),
  };
}

function nameOf(name: string, isR2dbc: boolean): string {
  return isR2dbc && IN_CAMEL_CASE.test(name) ? name.toLowerCase() : SPELLINGS[name] ?? name;
}

function driverOf(scheme: string, dialect: string, parameters: ReadonlyMap<string, string>): Driver {
  if (dialect === 'asyncpg') { return ASYNCPG; }
  if (dialect === 'pg8000') { return PG8000; }
  // Django and PHP have schemes of their own.
  if (OF_LIBPQ.test(dialect) || !scheme.startsWith('postgres')) { return LIBPQ; }
  if (parameters.get('sslmode') === 'no-verify' || parameters.has('uselibpqcompat')) { return NODE_POSTGRES; }
  return OF_PRISMA.some((name) => parameters.has(name)) ? PRISMA : UNKNOWN_DRIVER;
}

/** `r2dbcs:` switches TLS on; modes are written in either case, with either dash. */
function fitR2dbc(prefix: string, parameters: Map<string, string>): void {
  if (prefix.startsWith('r2dbcs')) { parameters.set('ssl', 'true'); }
  const mode = parameters.get('sslmode');
  if (mode !== undefined) { parameters.set('sslmode', mode.toLowerCase().replace('_', '-')); }
}

/** The option that the driver does not have. */
function rejectedOption({ modes }: Driver, given: ReadonlyArray<readonly [string, string]>): RejectedOption | undefined {
  const [option] = modes?.size === 0 ? given.find(([name]) => name.startsWith('ssl')) ?? [] : [];
  return option === undefined || !isSetting(option) ? undefined : { setting: option, option, error: `connect() got an unexpected keyword argument '${option}'` };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
