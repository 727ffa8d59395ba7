import { displayName } from '../../kubernetes';
import { libpqMatchesHost } from '../../postgresql';
import { describeClient, PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const hostNotInServerCertificate: Rule<PodContext> = {
  id: 'host-not-in-server-certificate',
  code: 'PGTLS-B10',
  title: 'client verifies a host that is not in the server certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'libpq, sslmode=verify-full: PostgreSQL src/interfaces/libpq/fe-secure-common.c',
  check: ({ connections }) =>
    connections.filter(({ client }) => client.sslMode === 'verify-full').flatMap(({ client, host, server }) => {
      const { certificate } = server;
      return when(certificate !== undefined && !libpqMatchesHost(host, certificate),
        () => `${describeClient(client)} connects to '${host}', which the server's ${displayName(certificate!.at)} does not contain`);
    }),
  fix: 'add the host to dnsNames (an IP address to ipAddresses), or connect with a name that the certificate contains',
};
