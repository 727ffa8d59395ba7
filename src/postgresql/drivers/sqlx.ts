import type { ConnectionTarget } from './connection-target';
import { hostAndPort, percentEncode, queryOf, userInfo } from './percent-encode';
import { anySession, noDotSegment, onlyHost } from './unsupported';

const DRIVER = 'sqlx';

/** The URL of sqlx, which ignores what it does not know with a warning. Its CA file adds to the public CAs and does not replace them. Source: sqlx-core, `tls_rustls.rs`. */
export function sqlxUrl(target: ConnectionTarget): string {
  const { port, database, user, password, tls, caFile, identity } = target;
  const host = onlyHost(DRIVER, target);
  anySession(DRIVER, target);
  noDotSegment(DRIVER, target);
  return `postgresql://${userInfo(user, password)}${hostAndPort(host, port)}/${percentEncode(database)}${queryOf([
    ['sslmode', tls ? 'verify-full' : 'disable'],
    ...(caFile === undefined ? [] : [['sslrootcert', caFile] as const]),
    ...(identity === undefined ? [] : [['sslcert', identity.certificateFile], ['sslkey', identity.keyFile]] as const),
  ])}`;
}
