import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const hostNotInServerCertificate: Rule<PodContext> = {
  id: 'host-not-in-server-certificate',
  code: 'PGTLS-B10',
  title: 'client verifies a host that is not in the server certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresFile('src/interfaces/libpq/fe-secure-common.c', 'pq_verify_peer_name_matches_certificate, with sslmode=verify-full')],
  check: (context, report) => reportRefusals(context, report, 'host-name'),
  fix: 'add the host to dnsNames (an IP address to ipAddresses), or connect with a name that the certificate contains',
};
