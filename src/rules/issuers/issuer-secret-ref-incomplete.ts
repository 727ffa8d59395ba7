import { IssuerNode, issuerSecrets } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const issuerSecretRefIncomplete: Rule<IssuerNode> = {
  id: 'issuer-secret-ref-incomplete',
  code: 'PGTLS-I02',
  title: 'Secret reference without a required name or key',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: (issuer) => issuerSecrets(issuer).flatMap((secret) => {
    const missing = secret.refused.filter((part) => secret[part] === '');
    return when(missing.length > 0, () => `${secret.field} has no ${missing.join(' and no ')}`);
  }),
  fix: 'set the name of the Secret and the key in it',
};
