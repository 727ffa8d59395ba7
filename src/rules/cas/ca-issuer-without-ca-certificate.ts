import { displayName } from '../../kubernetes';
import { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const caIssuerWithoutCaCertificate: Rule<IssuerNode> = {
  id: 'ca-issuer-without-ca-certificate',
  code: 'PGTLS-E01',
  title: 'CA issuer whose Secret holds a non-CA certificate',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/issuer/ca/setup.go: the issuer never becomes Ready',
  check: (issuer) => {
    const { caCertificate: ca, caSecretName } = issuer;
    // A certificate that this same issuer signs is covered by PGTLS-A03.
    return when(ca !== undefined && !ca.isCa && ca.issuer !== issuer,
      () => `${displayName(issuer.at)} signs with Secret '${caSecretName}', but ${displayName(ca!.at)}, which writes it, has no isCA`);
  },
  fix: 'set isCA on that Certificate, or set ca.secretName to the Secret of a CA Certificate',
};
