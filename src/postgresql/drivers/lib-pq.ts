import type { ConnectionTarget } from './connection-target';
import { dsnOf, loginSettings, tlsAndSession } from './libpq';

/** The connection string of Go's lib/pq: it has no channel binding, and sends a keyword that it does not know to the server, which refuses it. */
export function libPqDsn(target: ConnectionTarget): string {
  return dsnOf([...loginSettings(target), ...tlsAndSession(target)]);
}
