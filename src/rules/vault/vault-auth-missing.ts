import { AUTH_METHODS, authMethodsOf } from './auth-methods';
import { isGiven } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const vaultAuthMissing: Rule<TypedIssuer> = {
  id: 'vault-auth-missing',
  code: 'PGTLS-I12',
  title: 'Vault issuer without an auth method',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    if (isGiven(source['auth']) && authMethodsOf(source).length === 0) { report('spec.vault.auth', `vault.auth has none of ${AUTH_METHODS.join(', ')}`); }
  },
  fix: 'set one of them',
};
