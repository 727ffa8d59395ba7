import type { AccessConnection, StepResult } from './access-step';
import { connectionFailed } from './libpq-error';
import { describeClient } from '../describe-client';
import { displayName } from '../../kubernetes';
import { type CertificateNames, libpqMatchesHost } from '../../postgresql';

/** Whether the certificate of the server has the host. */
export function hostName(connection: AccessConnection): StepResult {
  const { client, host, server: { certificate } } = connection;
  if (client.sslMode !== 'verify-full') { return 'admitted'; }
  if (certificate === undefined) { return 'unknown'; }
  if (libpqMatchesHost(host, certificate)) { return 'admitted'; }
  return {
    field: client.fieldOf('host'), problem: `${describeClient(client)} connects to '${host}', which the server's ${displayName(certificate.at)} does not contain`,
    error: connectionFailed(connection, hostMismatch(host, certificate)),
  };
}

/** Source: PostgreSQL src/interfaces/libpq/fe-secure-common.c, pq_verify_peer_name_matches_certificate. */
export function hostMismatch(host: string, { commonName, dnsNames, ipAddresses }: CertificateNames): string {
  const names = [...dnsNames, ...ipAddresses];
  const [first, ...others] = names.length > 0 ? names : commonName === '' ? [] : [commonName];
  if (first === undefined) { return "could not get server's host name from server certificate"; }
  const more = others.length === 0 ? '' : ` (and ${others.length} other ${others.length === 1 ? 'name' : 'names'})`;
  return `server certificate for "${first}"${more} does not match host name "${host}"`;
}
