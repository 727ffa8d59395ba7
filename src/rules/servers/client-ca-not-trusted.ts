import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile, postgresPage } from '../engine/sources';

export const clientCaNotTrusted: Rule<PodContext> = {
  id: 'client-ca-not-trusted',
  code: 'PGTLS-T25',
  title: 'server does not trust the CA of its client',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('ssl-tcp.html', 'Secure TCP/IP Connections with SSL', 'the server verifies client certificates with ssl_ca_file'),
    postgresFile('src/backend/libpq/be-secure-openssl.c', 'be_tls_init: SSL_VERIFY_PEER where ssl_ca_file is set'),
  ],
  check: (context, report) => reportRefusals(context, report, 'client-chain'),
  fix: 'set ssl_ca_file to the CA of the clients (tls.clientCa of a Postgres), or issue the client certificate from the CA that the server trusts',
  fixInYaml: 'set ssl_ca_file to the CA of the clients, or issue the client certificate from the CA that the server trusts',
};
