import { MOUNT_PATHS } from './auth-methods';
import { text, valueAt } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const vaultPathWithParentSegment: Rule<TypedIssuer> = {
  id: 'vault-path-with-parent-segment',
  code: 'PGTLS-I10',
  title: "Vault path with a '..' segment",
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const field of ['path', 'auth.appRole.path', ...MOUNT_PATHS]) {
      const path = text(valueAt(source, field));
      if (path.split('/').includes('..')) { report(`spec.vault.${field}`, `vault.${field} '${path}' has a '..' segment`); }
    }
  },
  fix: "use a path without '..' segments",
};
