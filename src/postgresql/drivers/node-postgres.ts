import type { ConnectionTarget } from './connection-target';
import { hostAndPort, percentEncode, queryOf, userInfo } from './percent-encode';
import { noDotSegment, onlyHost, anySession, unsupported } from './unsupported';

const DRIVER = 'node-postgres';

/**
 * The `connectionString` of node-postgres. Its client reads the files whenever it is made, so a pool with this text connects with renewed files.
 *
 * pg-connection-string decodes the name of the database with `decodeURI`, which leaves `%2F` and the like as they are.
 */
export function nodePostgresUri(target: ConnectionTarget): string {
  const { port, database, user, password, tls, caFile, identity } = target;
  const host = onlyHost(DRIVER, target);
  anySession(DRIVER, target);
  noDotSegment(DRIVER, target);
  if (/[?#]/.test(database)) {
    unsupported(DRIVER, 'database', `'${database}' has a '?' or '#', which its connection string cannot hold`, 'rename the database, or give PGDATABASE and a URL without a database');
  }
  const path = percentEncode(database).replace(/%(?:2F|3B|3A|40|26|3D|2B|24|2C)/g, decodeURIComponent);
  return `postgresql://${userInfo(user, password)}${hostAndPort(host, port)}/${path}${queryOf([
    ['sslmode', tls ? 'verify-full' : 'disable'],
    ...(caFile === undefined ? [] : [['sslrootcert', caFile] as const]),
    ...(identity === undefined ? [] : [['sslcert', identity.certificateFile], ['sslkey', identity.keyFile]] as const),
  ])}`;
}
