import type { AccessConnection, StepResult } from './access-step';
import { connectionFailed } from './libpq-error';
import { trustedRoots } from './trusted-roots';
import type { ClientView } from '../client-view';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import { verifiedInVain } from '../self-signed-trust';
import { displayName } from '../../kubernetes';
import { lacksExtendedUsage, rootCertificateOf } from '../../pki';

/** Whether the certificate of the server may be that of a server; PGTLS-E17 finds the server. */
export function serverUsage(connection: ConnectionPath): StepResult {
  const { client, server: { certificate } } = connection;
  if (!verifiesChain(client) || certificate === undefined) { return 'admitted'; }
  return lacksExtendedUsage(certificate, 'server auth')
    ? { field: client.fieldOf('host'), problem: `${displayName(certificate.at)} is no server certificate`, error: connectionFailed(connection, VERIFY_FAILED) }
    : 'admitted';
}

/** Whether the client trusts a self-signed certificate other than that of the server. */
export function selfSignedServer(connection: AccessConnection): StepResult {
  const [misuse] = verifiedInVain(connection.client, connection.server);
  return misuse === undefined ? 'admitted' : { field: misuse.field, problem: misuse.fault, error: connectionFailed(connection, VERIFY_FAILED) };
}

/** Whether the CA certificates of the client verify the server. */
export function serverChain(connection: ConnectionPath): StepResult {
  const { client, host, server: { certificate } } = connection;
  if (!verifiesChain(client)) { return 'admitted'; }
  const root = certificate && rootCertificateOf(certificate);
  const trusted = root && trustedRoots(client, connection.from.manifests);
  if (root === undefined || trusted === undefined) { return 'unknown'; }
  if (trusted.roots.includes(root)) { return 'admitted'; }
  return {
    field: client.fieldOf('sslrootcert'),
    problem: `${describeClient(client)} connects to '${host}' and trusts ${trusted.description}, but the server's ${displayName(certificate!.at)} is issued below ${displayName(root.at)}`,
    error: connectionFailed(connection, VERIFY_FAILED),
  };
}

const VERIFY_FAILED = 'SSL error: certificate verify failed';

/** libpq verifies with a file of CA certificates for sslmode=require as well. Source: PostgreSQL, libpq SSL Support. */
function verifiesChain({ verifies, isLibpq, sslMode, caFile }: ClientView): boolean {
  return verifies || (isLibpq && sslMode === 'require' && caFile !== undefined);
}
