import type { Refusal, StepResult } from './access-step';
import type { ClientView } from '../client-view';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import { SSL_MODES } from '../../postgresql';

/** Whether the driver knows the sslmode. */
export function sslmode({ client }: ConnectionPath): StepResult {
  return unknownSslMode(client) ?? 'admitted';
}

/** The sslmode of a client that its driver refuses, whatever it connects to. Some drivers have further modes, so that only misspelled ones are certain. */
export function unknownSslMode(client: ClientView): Refusal | undefined {
  const { driver: { modes }, isJdbc } = client;
  const mode = client.setting('sslmode');
  // A driver without any mode does not have the option: PGTLS-B40.
  if (mode === undefined || modes?.size === 0 || (modes === undefined && !/^verify/i.test(mode))) { return undefined; }
  if ((modes ?? SSL_MODES).has(isJdbc ? mode.toLowerCase() : mode)) { return undefined; }
  return {
    field: client.fieldOf('sslmode'), problem: `${describeClient(client)} has sslmode '${mode}', which does not exist`,
    error: isJdbc ? `Invalid sslmode value: ${mode}` : `invalid sslmode value: "${mode}"`,
  };
}
