import { asksForCertificate, refusedRow } from '../../postgresql';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile, postgresPage } from '../engine/sources';

export const hbaCertWithoutCaFile: Rule<PodContext> = {
  id: 'hba-cert-without-ca-file',
  code: 'PGTLS-T16',
  title: 'pg_hba.conf asks for client certificates and ssl_ca_file is not set',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('runtime-config-connection.html', 'ssl_ca_file', 'without it the server requests no client certificate'),
    postgresFile('src/backend/libpq/auth.c', 'ClientAuthentication: client certificates can only be checked if a root certificate store is available'),
  ],
  check: ({ servers }, report) => {
    for (const server of servers) {
      const hasNoCa = server.tls === true && server.isSettled && (server.setting('ssl_ca_file') ?? '') === '';
      for (const row of hasNoCa ? server.hba?.rows ?? [] : []) {
        if (row.type === 'hostssl' && asksForCertificate(row) && refusedRow(row) === undefined) {
          report(server.fieldOf('ssl_ca_file'), `the row '${row.text}' asks for a client certificate, but ssl_ca_file is not set; error: FATAL: client certificates can only be checked if a root certificate store is available`);
        }
      }
    }
  },
  fix: 'set ssl_ca_file to the CA certificate of the clients (ca.crt)',
};
