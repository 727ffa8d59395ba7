import type { AccessConnection, StepResult } from './access-step';
import { channelsOf, describeLogin, rowsFor } from './login';
import { describeClient } from '../describe-client';
import type { Channel } from '../../postgresql';

/** Whether the first row of pg_hba.conf that matches admits the login. */
export function hbaRow(connection: AccessConnection, channel: Channel): StepResult {
  const { client, host } = connection;
  const rows = rowsFor(connection, channel);
  if (rows === undefined) { return 'unknown'; }
  if (rows.some(({ method }) => method !== 'reject')) { return 'admitted'; }
  const rejecting = rows.at(-1);
  const isPlaintext = channelsOf(client).every((other) => other === 'plaintext');
  const who = `${client.user === undefined ? '' : ` as '${client.user}'`}${isPlaintext ? ' without TLS' : ''}`;
  return {
    field: client.fieldOf(isPlaintext ? 'sslmode' : 'user'),
    problem: `${describeClient(client)} connects to '${host}'${who}, but ${rejecting ? `the pg_hba.conf row '${rejecting.text}' of the server rejects the connection` : 'no pg_hba.conf row of the server matches'}`,
    error: `FATAL: ${rejecting ? 'pg_hba.conf rejects connection' : 'no pg_hba.conf entry'} for ${describeLogin(connection, channel)}`,
  };
}
