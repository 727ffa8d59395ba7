import { authMethodsOf } from './auth-methods';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const vaultAuthDuplicate: Rule<TypedIssuer> = {
  id: 'vault-auth-duplicate',
  code: 'PGTLS-I13',
  title: 'Vault issuer with several auth methods',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/issuer/vault/setup.go', 'Multiple auth methods cannot be set on the same Vault issuer')],
  check: ({ source }, report) => {
    const methods = authMethodsOf(source);
    if (methods.length > 1) { report('spec.vault.auth', `vault.auth has several methods: ${methods.join(' and ')}`); }
  },
  fix: 'set only one of them',
};
