import { displayName } from '../../kubernetes';
import { libpqMatchesHost } from '../../postgresql';
import { describeClient, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const hostNotInServerCertificate: Rule<PodContext> = {
  id: 'host-not-in-server-certificate',
  code: 'PGTLS-B10',
  title: 'client verifies a host that is not in the server certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresFile('src/interfaces/libpq/fe-secure-common.c', 'pq_verify_peer_name_matches_certificate, with sslmode=verify-full')],
  check: ({ connections }, report) => {
    for (const { client, host, server: { certificate } } of connections) {
      if (client.sslMode === 'verify-full' && certificate !== undefined && !libpqMatchesHost(host, certificate)) {
        report(client.fieldOf('host'), `${describeClient(client)} connects to '${host}', which the server's ${displayName(certificate.at)} does not contain`);
      }
    }
  },
  fix: 'add the host to dnsNames (an IP address to ipAddresses), or connect with a name that the certificate contains',
};
