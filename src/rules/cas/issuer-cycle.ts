import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const issuerCycle: Rule<CertificateNode> = {
  id: 'issuer-cycle',
  code: 'PGTLS-E03',
  title: 'issuer cycle: CAs that sign each other',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/certificaterequests/sync.go: the issuer becomes Ready once the certificate is, and vice versa',
  check: (certificate) => {
    const { issuerCycle: cycle } = certificate;
    // Reported once, at the first of them, and only if none of them has a simpler fault.
    const [first] = cycle.map(({ at: { path } }) => path).sort();
    return when(cycle.length > 0 && cycle.every(({ isCa }) => isCa) && first === certificate.at.path,
      () => `${displayName(certificate.at)} is signed by ${cycle.map((signer) => displayName(signer.at)).join(', which is signed by ')}: no certificate of this cycle can be issued`);
  },
  fix: 'let a selfSigned issuer sign the root CA',
};
