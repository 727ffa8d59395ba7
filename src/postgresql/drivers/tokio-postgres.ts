import type { ConnectionTarget } from './connection-target';
import { channelBinding, dsnOf, loginSettings } from './libpq';
import { unsupported } from './unsupported';

const DRIVER = 'tokio-postgres';

/**
 * The connection string of tokio-postgres. It names no files and has no `verify-full`: TLS belongs to the connector of the program, and rustls verifies
 * chain and host name. A keyword that it does not know is an error. Source: tokio-postgres, `Config::param`.
 */
export function tokioPostgresDsn(target: ConnectionTarget): string {
  const { tls, sessionAttributes = 'any' } = target;
  if (!['any', 'read-write', 'read-only'].includes(sessionAttributes)) {
    unsupported(DRIVER, 'sessionAttributes', `is '${sessionAttributes}', which ${DRIVER} does not know`, "give 'read-write' or 'read-only'");
  }
  return dsnOf([
    ...loginSettings(target),
    ['sslmode', tls ? 'require' : 'disable'],
    ...(sessionAttributes === 'any' ? [] : [['target_session_attrs', sessionAttributes] as const]),
    ...channelBinding(target),
  ]);
}
