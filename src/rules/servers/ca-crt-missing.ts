import { producesKey } from '../../pki';
import { ClientView, describeClient, PodContext, PodFile, ServerView } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const caCrtMissing: Rule<PodContext> = {
  id: 'ca-crt-missing',
  code: 'PGTLS-E11',
  title: 'trusted ca.crt is not provided by the issuer',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go; PostgreSQL and libpq end with "could not load root certificate file"',
  check: ({ servers, clients }) => {
    // PGTLS-C06 checks keys that `items` names.
    const isMissing = (party: ServerView | ClientView, file: PodFile | undefined): file is PodFile => {
      const certificate = file && party.certificateOf(file);
      return certificate !== undefined && file!.source.items === undefined && producesKey(certificate, file!.key) === false;
    };
    return [
      ...servers.filter((server) => isMissing(server, server.caFile))
        .map(({ container, caFile }) => `the server in container '${container.name}' reads ssl_ca_file from ${caFile!.key} of Secret '${caFile!.source.name}', which its issuer does not provide`),
      ...clients.filter((client) => client.verifies && isMissing(client, client.caFile))
        .map((client) => `${describeClient(client)} reads sslrootcert from ${client.caFile!.key} of Secret '${client.caFile!.source.name}', which its issuer does not provide`),
    ];
  },
  fix: 'take the CA certificate from another source: a ConfigMap, a Bundle, or sslrootcert=system for a public CA',
};
