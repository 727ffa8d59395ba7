import { isIP } from 'node:net';
import type { ConnectionPath } from '../pod-context';

/** An error before the server answers, as libpq begins it. The address of a host name is not known. Source: PostgreSQL src/interfaces/libpq/fe-connect.c. */
export function connectionFailed({ client, host, place }: ConnectionPath, error: string): string {
  const address = isIP(host) === 0 && isIP(place) !== 0 ? ` (${place})` : '';
  return `connection to server at "${host}"${address}, port ${client.portOf(host)} failed: ${error}`;
}
