import { isIP } from 'node:net';
import type { AccessConnection } from './access-step';

/**
 * An error before the login, as libpq begins it: with hostaddr instead of the host where it is given. The address of a host name is not known here.
 * Source: PostgreSQL src/interfaces/libpq/fe-connect.c, emitHostIdentityInfo.
 */
export function connectionFailed({ client, host, place }: Pick<AccessConnection, 'client' | 'host' | 'place'>, error: string): string {
  const given = client.setting('hostaddr') === undefined ? host : place;
  const address = isIP(given) === 0 && isIP(place) !== 0 ? ` (${place})` : '';
  return `connection to server at "${given}"${address}, port ${client.portOf(host)} failed: ${error}`;
}
