import { givenOf } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const vaultClientCertificateIncomplete: Rule<TypedIssuer> = {
  id: 'vault-client-certificate-incomplete',
  code: 'PGTLS-I11',
  title: 'clientCertSecretRef and clientKeySecretRef of a Vault issuer not set together',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => {
    const [only, ...others] = givenOf(['clientCertSecretRef', 'clientKeySecretRef'], source);
    return when(only !== undefined && others.length === 0, () => `vault has only ${only}`);
  },
  fix: 'set both clientCertSecretRef and clientKeySecretRef; they may refer to the same Secret',
};
