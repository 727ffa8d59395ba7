import type { StepResult } from './access-step';
import { connectionFailed } from './libpq-error';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';

/** Whether the server offers TLS. */
export function tlsOff(connection: ConnectionPath): StepResult {
  const { client, host, server } = connection;
  if (server.tls !== false) { return server.tls === true ? 'admitted' : 'unknown'; }
  return {
    field: client.fieldOf('sslmode'),
    problem: `${describeClient(client)} connects to '${host}' with sslmode '${client.sslMode}', but the server has ssl = off`,
    error: client.isJdbc ? 'The server does not support SSL.' : connectionFailed(connection, 'server does not support SSL, but SSL was required'),
  };
}
