import type { ConnectionTarget } from './connection-target';
import { hostAndPort, percentEncode, queryOf, userInfo } from './percent-encode';

type Setting = readonly [string, string];

/**
 * The settings of TLS and of the session by libpq's keywords; pgx and lib/pq have the same ones.
 *
 * `gssencmode` is not among them: pgx and lib/pq send a keyword that they do not know to the server, which refuses it.
 */
export function tlsAndSession({ tls, caFile, identity, sessionAttributes = 'any' }: ConnectionTarget): Setting[] {
  return [
    ['sslmode', tls ? 'verify-full' : 'disable'],
    // `system` is libpq's since 16, pgx's and lib/pq's.
    ...(tls ? [['sslrootcert', caFile ?? 'system'] as const] : []),
    ...(identity === undefined ? [] : [['sslcert', identity.certificateFile], ['sslkey', identity.keyFile]] as const),
    ...(sessionAttributes === 'any' ? [] : [['target_session_attrs', sessionAttributes] as const]),
  ];
}

/**
 * Channel binding binds the password exchange to the TLS connection. A server that asks for a certificate alone does not exchange anything
 * that can be bound, so `require` would refuse it. Source: PostgreSQL, libpq `channel_binding`.
 */
export function channelBinding({ tls, password }: ConnectionTarget): Setting[] {
  return tls && password !== undefined ? [['channel_binding', 'require']] : [];
}

/**
 * libpq's environment variables, which psql, psycopg, pgx, lib/pq and sqlx read.
 *
 * `PGCHANNELBINDING` and `PGGSSENCMODE` are not among them: lib/pq refuses to connect where one of them is set. Source: lib/pq 1.12, `Config.fromEnv`.
 */
export function libpqEnvironment(target: ConnectionTarget): Record<string, string> {
  const names: Readonly<Record<string, string>> = {
    sslmode: 'PGSSLMODE', sslrootcert: 'PGSSLROOTCERT', sslcert: 'PGSSLCERT', sslkey: 'PGSSLKEY', target_session_attrs: 'PGTARGETSESSIONATTRS',
  };
  return Object.fromEntries([
    ['PGHOST', target.hosts.join(',')],
    ['PGPORT', String(target.port)],
    ['PGDATABASE', target.database],
    ['PGUSER', target.user],
    ...(target.password === undefined ? [] : [['PGPASSWORD', target.password]]),
    ...tlsAndSession(target).map(([name, value]) => [names[name]!, value]),
  ]);
}

/** Where and as whom, by libpq's keywords. */
export function loginSettings({ hosts, port, database, user, password }: ConnectionTarget): Setting[] {
  return [
    ['host', hosts.join(',')], ['port', String(port)], ['dbname', database], ['user', user],
    ...(password === undefined ? [] : [['password', password] as const]),
  ];
}

/** `name=value` pairs as libpq, psycopg, pgx, lib/pq and tokio-postgres read them. */
export function dsnOf(settings: readonly Setting[]): string {
  return settings.map(([name, value]) => `${name}=${dsnValue(value)}`).join(' ');
}

/** A value with a space, a quote or a backslash needs quotes; inside, both have a backslash before them. Source: PostgreSQL, Keyword/Value Connection Strings. */
function dsnValue(value: string): string {
  // Anything beyond ASCII may be a space for a parser that knows Unicode, such as lib/pq's.
  return /^[\x21-\x7e]+$/.test(value) && !/['\\]/.test(value) ? value : `'${value.replace(/['\\]/g, '\\$&')}'`;
}

/** The connection string of libpq, psycopg and pgx. */
export function libpqDsn(target: ConnectionTarget): string {
  return dsnOf([...loginSettings(target), ...tlsAndSession(target), ...channelBinding(target)]);
}

/** The same as a URI. */
export function libpqUri(target: ConnectionTarget): string {
  const { hosts, port, database, user, password } = target;
  const places = hosts.map((host) => hostAndPort(host, port)).join(',');
  return `postgresql://${userInfo(user, password)}${places}/${percentEncode(database)}${queryOf([...tlsAndSession(target), ...channelBinding(target)])}`;
}
