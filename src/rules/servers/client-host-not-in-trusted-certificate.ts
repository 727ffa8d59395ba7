import { displayName } from '../../kubernetes';
import { issuerIdentity, issuerReference } from '../../pki';
import { libpqMatchesHost } from '../../postgresql';
import { describeClient, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const clientHostNotInTrustedCertificate: Rule<PodContext> = {
  id: 'client-host-not-in-trusted-certificate',
  code: 'PGTLS-E43',
  severity: Severity.WARNING,
  title: 'client trusts ca.crt of a server certificate and verifies a host that is not in it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
  // Where the manifests show which server the host leads to, PGTLS-B10 decides.
  check: ({ clients, connections, workloads, manifests }) => clients.filter(({ sslMode }) => sslMode === 'verify-full').flatMap((client) => {
    const trusted = client.caFile && client.certificateOf(client.caFile);
    if (trusted === undefined || trusted.isCa || !workloads.isServerCertificate(trusted)) { return []; }
    // A client that trusts an issuer accepts every certificate of it, for example of a pooler in front of the server.
    const issuer = issuerIdentity(issuerReference(trusted));
    const verified = manifests.certificates.filter((other) => issuerIdentity(issuerReference(other)) === issuer);
    return client.hosts.filter((host) => !verified.some((other) => libpqMatchesHost(host, other)) && !connections.some((way) => way.client === client && way.host === host))
      .map((host) => `${describeClient(client)} connects to '${host}' and trusts ca.crt in Secret '${trusted.secretName}' of a server, but the ${displayName(trusted.at)} does not contain that host`);
  }),
  fix: 'add the host to dnsNames of the Certificate (tls.serverNames of a Postgres), or acknowledge the warning if the client connects to another server of the same CA',
};
