import { withError } from './report-refusals';
import { isMet, lacksFile, missingRootFile, type PodContext } from '../../workloads';
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
  check: (context, report) => {
    for (const server of context.servers) {
      const { container, caFile } = server;
      if (caFile !== undefined && lacksFile(server, caFile)) {
        report(server.fieldOf('ssl_ca_file'), `the server in container '${container.name}' reads ssl_ca_file from ${caFile.key} of Secret '${caFile.source.name}', which its issuer does not provide`);
      }
    }
    for (const client of context.clients) {
      const missing = missingRootFile(client);
      if (missing !== undefined && isMet(context, client, 'root-file')) { report(missing.field, withError(missing)); }
    }
  },
  fix: 'take the CA certificate from another source: a ConfigMap, a Bundle, or sslrootcert=system for a public CA',
};
