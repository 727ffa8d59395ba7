import type { ConnectionTarget, SessionAttributes } from './connection-target';
import { hostAndPort, percentEncode, queryOf } from './percent-encode';
import { unsupported } from './unsupported';

const DRIVER = 'pgjdbc';

/** pgjdbc distinguishes servers by whether they accept writes. Source: pgjdbc, Connecting to the Database, `targetServerType`. */
const SERVER_TYPES: Readonly<Record<SessionAttributes, string>> = {
  'any': 'any', 'read-write': 'primary', 'primary': 'primary', 'read-only': 'secondary', 'standby': 'secondary', 'prefer-standby': 'preferSecondary',
};

/** The JDBC URL with everything but user, password and the properties of `jdbcProperties`. */
export function jdbcServerUrl({ hosts, port, database }: ConnectionTarget): string {
  return `jdbc:postgresql://${hosts.map((host) => hostAndPort(host, port)).join(',')}/${percentEncode(database)}`;
}

/** The connection properties of pgjdbc. */
export function jdbcProperties(target: ConnectionTarget): Record<string, string> {
  const { user, password } = target;
  return { user, ...(password === undefined ? {} : { password }), ...tlsProperties(target) };
}

/** The JDBC URL with the user; with a password, if one is given. */
export function jdbcUrl(target: ConnectionTarget): string {
  return jdbcServerUrl(target) + queryOf(Object.entries(jdbcProperties(target)));
}

/** The JDBC URL for frameworks that have user and password apart. */
export function jdbcUrlWithoutLogin(target: ConnectionTarget): string {
  return jdbcServerUrl(target) + queryOf(Object.entries(tlsProperties(target)));
}

function tlsProperties({ tls, caFile, identity, password, sessionAttributes = 'any' }: ConnectionTarget): Record<string, string> {
  if (tls && caFile === undefined && identity !== undefined) {
    unsupported(DRIVER, 'caFile', 'is not given: public CAs come from the trust store of Java, with which pgjdbc reads no file of a client certificate', 'give a file of the public CAs');
  }
  return {
    sslmode: tls ? 'verify-full' : 'disable',
    ...(caFile === undefined ? {} : { sslrootcert: caFile }),
    // Without it, pgjdbc looks for root.crt in the home directory alone.
    ...(tls && caFile === undefined ? { sslfactory: 'org.postgresql.ssl.DefaultJavaSSLFactory' } : {}),
    ...keyProperties(identity),
    ...(sessionAttributes === 'any' ? {} : { targetServerType: SERVER_TYPES[sessionAttributes] }),
    ...(tls && password !== undefined ? { channelBinding: 'require' } : {}),
  };
}

/** A key in PEM needs its algorithm beside it (pgjdbc 42.7.9 and later). Source: pgjdbc, `LibPQFactory` and `PEMKeyManager`. */
function keyProperties(identity: ConnectionTarget['identity']): Record<string, string> {
  if (identity === undefined) { return {}; }
  const { certificateFile, keyFile, derKeyFile, keyAlgorithm = 'EC' } = identity;
  return {
    sslcert: certificateFile,
    ...(derKeyFile === undefined ? { sslkey: keyFile, pemKeyAlgorithm: keyAlgorithm } : { sslkey: derKeyFile }),
  };
}
