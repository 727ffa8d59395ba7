import { mapping } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const issuerRefIncomplete: Rule<CertificateNode> = {
  id: 'issuer-ref-incomplete',
  code: 'PGTLS-A05',
  title: 'issuerRef without a name, or with a kind unknown to cert-manager',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec, issuerRef: { name, kind, group } }, report) => {
    // The schema rule rejects a name that is not a string (PGTLS-A13).
    if (name === '' && typeof (mapping(spec['issuerRef'])['name'] ?? '') === 'string') { report('spec.issuerRef.name', 'issuerRef has no name'); }
    if (group === 'cert-manager.io' && kind !== 'Issuer' && kind !== 'ClusterIssuer') {
      report('spec.issuerRef.kind', `issuerRef kind '${kind}' is not a kind of the group cert-manager.io`);
    }
  },
  fix: 'set the name of an Issuer or ClusterIssuer, or set the group of the external issuer',
};
