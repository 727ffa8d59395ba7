import { PodContext, selfSignedTrust } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const selfSignedPeersWithoutCommonCa: Rule<PodContext> = {
  id: 'self-signed-peers-without-common-ca',
  code: 'PGTLS-E15',
  title: 'self-signed certificate where peers need a common CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager, SelfSigned: ca.crt is the certificate itself, and verifies no other certificate',
  check: (context) => selfSignedTrust(context).map(({ fault }) => fault),
  fix: 'issue all of these certificates from one CA',
};
