import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { methods } from './vault-issuer-shared';

export const vaultAuthDuplicate: Rule<TypedIssuer> = {
  id: 'vault-auth-duplicate',
  code: 'PGTLS-I13',
  title: 'Vault issuer with several auth methods',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/issuer/vault/setup.go: Ready=False, "Multiple auth methods cannot be set"',
  check: ({ source }) => when(methods(source).length > 1, () => `vault.auth has several methods: ${methods(source).join(' and ')}`),
  fix: 'set only one of them',
};
