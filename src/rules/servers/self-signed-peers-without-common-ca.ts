import { type PodContext, selfSignedTrust } from '../../workloads';
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
    for (const { field, fault } of selfSignedTrust(context)) { report(field, fault); }
  },
  fix: 'issue all of these certificates from one CA',
};
