import { isIP } from 'node:net';
import type { ConnectionPath } from '../pod-context';

/** An error before the server answers, as libpq begins it: with the value of hostaddr where it is given. The address of a host name is not known here. Source: PostgreSQL src/interfaces/libpq/fe-connect.c. */
export function connectionFailed({ client, host, place }: ConnectionPath, error: string): string {
  const given = client.setting('hostaddr') === undefined ? host : place;
  const address = isIP(given) === 0 && isIP(place) !== 0 ? ` (${place})` : '';
  return `connection to server at "${given}"${address}, port ${client.portOf(host)} failed: ${error}`;
}
