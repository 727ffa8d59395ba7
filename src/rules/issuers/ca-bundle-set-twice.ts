import { isGiven, text, valueAt } from '../../data';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const caBundleSetTwice: Rule<IssuerNode> = {
  id: 'ca-bundle-set-twice',
  code: 'PGTLS-I05',
  title: 'caBundle set together with caBundleSecretRef or skipTLSVerify',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ spec }, report) => {
    for (const path of ['vault', 'venafi.tpp']) {
      if (text(valueAt(spec, `${path}.caBundle`)) !== '' && isGiven(valueAt(spec, `${path}.caBundleSecretRef`))) {
        report(`spec.${path}`, `${path} has both caBundle and caBundleSecretRef`);
      }
    }
    if (text(valueAt(spec, 'acme.caBundle')) !== '' && valueAt(spec, 'acme.skipTLSVerify') === true) {
      report('spec.acme', 'acme has both caBundle and skipTLSVerify');
    }
  },
  fix: 'remove one of them',
};
