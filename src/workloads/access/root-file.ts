import type { Refusal, StepResult } from './access-step';
import type { ClientView } from '../client-view';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import { lacksFile } from '../lacks-file';

/** Whether the file with the CA certificates exists. */
export function rootFile({ client }: ConnectionPath): StepResult {
  return missingRootFile(client) ?? (client.caFile === undefined ? 'unknown' : 'admitted');
}

/** The file of a client that verifies its server, where the issuer does not provide it. */
export function missingRootFile(client: ClientView): Refusal | undefined {
  const { verifies, caFile } = client;
  if (!verifies || caFile === undefined || !lacksFile(client, caFile)) { return undefined; }
  return {
    field: client.fieldOf('sslrootcert'),
    problem: `${describeClient(client)} reads sslrootcert from ${caFile.key} of Secret '${caFile.source.name}', which its issuer does not provide`,
    error: `root certificate file "${caFile.path}" does not exist`,
  };
}
