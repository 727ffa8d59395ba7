import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const issuerCycle: Rule<CertificateNode> = {
  id: 'issuer-cycle',
  code: 'PGTLS-E03',
  title: 'issuer cycle: CAs that sign each other',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/certificaterequests/sync.go', 'the issuer becomes Ready once the certificate is, and vice versa')],
  check: (certificate, report) => {
    const { issuerCycle: cycle } = certificate;
    // Reported once, at the first of them, and only if none of them has a simpler fault.
    const [first] = cycle.map(({ at: { path } }) => path).sort();
    if (cycle.length === 0 || !cycle.every(({ isCa }) => isCa) || first !== certificate.at.path) { return; }
    const signers = cycle.map((signer) => displayName(signer.at)).join(', which is signed by ');
    report('spec.issuerRef.name', `${displayName(certificate.at)} is signed by ${signers}: no certificate of this cycle can be issued`);
  },
  fix: 'let a selfSigned issuer sign the root CA',
};
