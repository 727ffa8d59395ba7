import { displayName } from '../../kubernetes';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const caIssuerWithoutCaCertificate: Rule<IssuerNode> = {
  id: 'ca-issuer-without-ca-certificate',
  code: 'PGTLS-E01',
  title: 'CA issuer whose Secret holds a non-CA certificate',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/issuer/ca/setup.go', 'the issuer never becomes Ready')],
  check: (issuer, report) => {
    const { caCertificate: ca, caSecretName } = issuer;
    // A certificate that this same issuer signs is covered by PGTLS-A03.
    if (ca !== undefined && !ca.isCa && ca.issuer !== issuer) {
      report('spec.ca.secretName', `${displayName(issuer.at)} signs with Secret '${caSecretName}', but ${displayName(ca.at)}, which writes it, has no isCA`);
    }
  },
  fix: 'set isCA on that Certificate, or set ca.secretName to the Secret of a CA Certificate',
};
