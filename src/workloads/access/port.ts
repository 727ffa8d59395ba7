import type { StepResult } from './access-step';
import { connectionFailed } from './libpq-error';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';

/** Whether anything listens at the port. */
export function port(connection: ConnectionPath): StepResult {
  const { client, host, closedPort } = connection;
  if (closedPort === undefined) { return 'admitted'; }
  return {
    field: client.fieldOf(client.setting('port') === undefined ? 'host' : 'port'),
    problem: `${describeClient(client)} connects to port ${closedPort.port} of '${host}', but ${closedPort.reason}`,
    error: connectionFailed(connection, closedPort.isRejected ? 'Connection refused' : 'Connection timed out'),
  };
}
