import { asksForCertificate, refusedRow } from '../../postgresql';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const hbaCertWithoutCaFile: Rule<PodContext> = {
  id: 'hba-cert-without-ca-file',
  code: 'PGTLS-T16',
  title: 'pg_hba.conf asks for client certificates and ssl_ca_file is not set',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, ssl_ca_file: without it the server requests no client certificate, and each such login fails',
  check: ({ servers }) => servers.filter((server) => server.tls === true && server.isSettled && (server.setting('ssl_ca_file') ?? '') === '').flatMap(({ hba }) =>
    (hba?.rows ?? []).filter((record) => record.type === 'hostssl' && asksForCertificate(record) && refusedRow(record) === undefined)
      .map(({ text }) => `the row '${text}' asks for a client certificate, but ssl_ca_file is not set`)),
  fix: 'set ssl_ca_file to the CA certificate of the clients (ca.crt)',
};
