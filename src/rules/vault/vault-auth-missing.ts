import { isGiven } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { METHODS, methods } from './vault-issuer-shared';

export const vaultAuthMissing: Rule<TypedIssuer> = {
  id: 'vault-auth-missing',
  code: 'PGTLS-I12',
  title: 'Vault issuer without an auth method',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => when(isGiven(source['auth']) && methods(source).length === 0, () => `vault.auth has none of ${METHODS.join(', ')}`),
  fix: 'set one of them',
};
