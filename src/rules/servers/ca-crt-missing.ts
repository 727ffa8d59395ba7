import { producesKey } from '../../pki';
import { type ClientView, describeClient, type PodContext, type PodFile, type ServerView } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, postgresFile } from '../engine/sources';

export const caCrtMissing: Rule<PodContext> = {
  id: 'ca-crt-missing',
  code: 'PGTLS-E11',
  title: 'trusted ca.crt is not provided by the issuer',
  consequence: Consequence.NEVER_READY,
  sources: [
    certManagerFile('pkg/controller/certificaterequests/acme/acme.go', 'the result has no CA certificate'),
    postgresFile('src/backend/libpq/be-secure-openssl.c', 'could not load root certificate file'),
    postgresFile('src/interfaces/libpq/fe-secure-openssl.c', 'root certificate file does not exist'),
  ],
  check: ({ servers, clients }, report) => {
    for (const server of servers) {
      const { container, caFile } = server;
      if (isMissing(server, caFile)) {
        report(server.fieldOf('ssl_ca_file'), `the server in container '${container.name}' reads ssl_ca_file from ${caFile.key} of Secret '${caFile.source.name}', which its issuer does not provide`);
      }
    }
    for (const client of clients) {
      const { verifies, caFile } = client;
      if (verifies && isMissing(client, caFile)) {
        report(client.fieldOf('sslrootcert'), `${describeClient(client)} reads sslrootcert from ${caFile.key} of Secret '${caFile.source.name}', which its issuer does not provide`);
      }
    }
  },
  fix: 'take the CA certificate from another source: a ConfigMap, a Bundle, or sslrootcert=system for a public CA',
};

/** Whether no issuer writes the key of a file; PGTLS-C06 checks keys that `items` names. */
function isMissing(party: ServerView | ClientView, file: PodFile | undefined): file is PodFile {
  const certificate = file && party.certificateOf(file);
  return certificate !== undefined && file!.source.items === undefined && producesKey(certificate, file!.key) === false;
}
