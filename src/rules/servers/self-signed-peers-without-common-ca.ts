import { reportRefusals } from './report-refusals';
import { type PodContext, trustedInVain } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const selfSignedPeersWithoutCommonCa: Rule<PodContext> = {
  id: 'self-signed-peers-without-common-ca',
  code: 'PGTLS-E15',
  title: 'self-signed certificate where peers need a common CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    source('cert-manager, SelfSigned: ca.crt is the certificate itself, and verifies no other certificate', 'https://cert-manager.io/docs/configuration/selfsigned/'),
  ],
  check: (context, report) => {
    for (const { field, fault } of trustedInVain(context)) { report(field, fault); }
    reportRefusals(context, report, 'self-signed-server');
    reportRefusals(context, report, 'self-signed-client');
  },
  fix: 'issue all of these certificates from one CA',
};
