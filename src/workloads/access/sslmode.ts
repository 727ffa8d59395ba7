import type { Refusal, StepResult } from './access-step';
import type { ClientView } from '../client-view';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import { isSslMode } from '../../postgresql';

/** Whether the driver knows the sslmode. */
export function sslmode({ client }: ConnectionPath): StepResult {
  return unknownSslMode(client) ?? 'admitted';
}

/** The sslmode of a client that its driver refuses, whatever it connects to. Other drivers than libpq and pgjdbc have further modes. */
export function unknownSslMode(client: ClientView): Refusal | undefined {
  const { sslMode, isLibpq, isJdbc } = client;
  const known = isSslMode(isJdbc ? sslMode.toLowerCase() : sslMode);
  if (known || !(isLibpq || isJdbc || /^verify/i.test(sslMode))) { return undefined; }
  return {
    field: client.fieldOf('sslmode'), problem: `${describeClient(client)} has sslmode '${sslMode}', which does not exist`,
    error: isJdbc ? `Invalid sslmode value: ${sslMode}` : `invalid sslmode value: "${sslMode}"`,
  };
}
