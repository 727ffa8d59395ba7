import type { StepResult } from './access-step';
import { connectionFailed } from './libpq-error';
import { trustedRoots } from './trusted-roots';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import { shownInVain } from '../self-signed-trust';
import { displayName } from '../../kubernetes';
import { lacksExtendedUsage, rootCertificateOf } from '../../pki';

/** Whether the certificate of the client may be that of a client; PGTLS-E17 finds it. */
export function clientUsage(connection: ConnectionPath): StepResult {
  const { client, server } = connection;
  const { certificate } = client;
  if (certificate === undefined || (server.setting('ssl_ca_file') ?? '') === '' || !lacksExtendedUsage(certificate, 'client auth')) { return 'admitted'; }
  return {
    field: client.fieldOf('sslcert'), problem: `${describeClient(client)} presents ${displayName(certificate.at)}, which is no client certificate`,
    error: connectionFailed(connection, 'SSL error: sslv3 alert unsupported certificate'), isFinal: true,
  };
}

/** Whether the client presents a self-signed certificate to a server that trusts another CA. */
export function selfSignedClient(connection: ConnectionPath): StepResult {
  const [misuse] = shownInVain(connection.client, connection.server);
  return misuse === undefined ? 'admitted' : { field: misuse.field, problem: misuse.fault, error: connectionFailed(connection, UNKNOWN_CA), isFinal: true };
}

/** Whether the server trusts the CA of the certificate that the client presents; it verifies each, whatever the rows of pg_hba.conf ask for. */
export function clientChain(connection: ConnectionPath): StepResult {
  const { client, host, server } = connection;
  const { certificate } = client;
  if (certificate === undefined) { return 'admitted'; }
  const trusted = trustedRoots(server, connection.from.manifests);
  const root = rootCertificateOf(certificate);
  if (root === undefined || trusted === undefined) { return 'unknown'; }
  if (trusted.roots.includes(root)) { return 'admitted'; }
  return {
    field: client.fieldOf('sslcert'),
    problem: `${describeClient(client)} connects to '${host}' with ${displayName(certificate.at)}, which is issued below ${displayName(root.at)}, but the server trusts ${trusted.description}`,
    error: connectionFailed(connection, UNKNOWN_CA), isFinal: true,
  };
}

const UNKNOWN_CA = 'SSL error: tlsv1 alert unknown ca';
