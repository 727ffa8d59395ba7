import { givenOf } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

const PARTS = ['clientCertSecretRef', 'clientKeySecretRef'];

export const vaultClientCertificateIncomplete: Rule<TypedIssuer> = {
  id: 'vault-client-certificate-incomplete',
  code: 'PGTLS-I11',
  title: 'clientCertSecretRef and clientKeySecretRef of a Vault issuer not set together',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    const [only, ...others] = givenOf(PARTS, source);
    if (only !== undefined && others.length === 0) { report(`spec.vault.${PARTS.find((part) => part !== only)}`, `vault has only ${only}`); }
  },
  fix: 'set both clientCertSecretRef and clientKeySecretRef; they may refer to the same Secret',
};
