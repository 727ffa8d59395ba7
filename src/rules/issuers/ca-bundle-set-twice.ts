import { isGiven, text, valueAt } from '../../data';
import { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const caBundleSetTwice: Rule<IssuerNode> = {
  id: 'ca-bundle-set-twice',
  code: 'PGTLS-I05',
  title: 'caBundle set together with caBundleSecretRef or skipTLSVerify',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ spec }) => [
    ...['vault', 'venafi.tpp'].flatMap((path) =>
      when(text(valueAt(spec, `${path}.caBundle`)) !== '' && isGiven(valueAt(spec, `${path}.caBundleSecretRef`)), () => `${path} has both caBundle and caBundleSecretRef`)),
    ...when(text(valueAt(spec, 'acme.caBundle')) !== '' && valueAt(spec, 'acme.skipTLSVerify') === true, () => 'acme has both caBundle and skipTLSVerify'),
  ],
  fix: 'remove one of them',
};
