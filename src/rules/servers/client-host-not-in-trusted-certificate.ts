import { groupBy, memoizeByObject } from '../../data';
import { displayName } from '../../kubernetes';
import { type CertificateNode, type IssuanceGraph, issuerIdentity, issuerReference } from '../../pki';
import { libpqMatchesHost } from '../../postgresql';
import { describeClient, hostMismatch, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const clientHostNotInTrustedCertificate: Rule<PodContext> = {
  id: 'client-host-not-in-trusted-certificate',
  code: 'PGTLS-E43',
  severity: Severity.WARNING,
  title: 'client trusts ca.crt of a server certificate and verifies a host that is not in it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresFile('src/interfaces/libpq/fe-secure-common.c', 'pq_verify_peer_name_matches_certificate, with sslmode=verify-full')],
  check: ({ clients, connections, workloads, manifests }, report) => {
    for (const client of clients) {
      const trusted = client.sslMode === 'verify-full' && client.caFile ? client.certificateOf(client.caFile) : undefined;
      if (trusted === undefined || trusted.isCa || !workloads.isServerCertificate(trusted)) { continue; }
      // A client that trusts an issuer accepts every certificate of it, for example of a pooler in front of the server.
      const verified = certificatesByIssuer(manifests).get(issuerOf(trusted))!;
      for (const host of client.hosts) {
        // Where the manifests show which server the host leads to, PGTLS-B10 decides.
        const isKnown = connections.some((way) => way.client === client && way.host === host);
        if (!isKnown && !verified.some((other) => libpqMatchesHost(host, other))) {
          report(client.fieldOf('host'), `${describeClient(client)} connects to '${host}' and trusts ca.crt in Secret '${trusted.secretName}' of a server, `
            + `but the ${displayName(trusted.at)} does not contain that host; error: ${hostMismatch(host, trusted)}`);
        }
      }
    }
  },
  fix: 'add the host to dnsNames of the Certificate (tls.serverNames of a Postgres), or acknowledge the warning if the client connects to another server of the same CA',
  fixInYaml: 'add the host to dnsNames of the Certificate, or acknowledge the warning if the client connects to another server of the same CA',
};

const certificatesByIssuer = memoizeByObject((manifests: IssuanceGraph) => groupBy(manifests.certificates, issuerOf));

function issuerOf(certificate: CertificateNode): string {
  return issuerIdentity(issuerReference(certificate));
}
