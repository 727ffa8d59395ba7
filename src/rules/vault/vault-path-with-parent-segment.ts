import { text, valueAt } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { MOUNT_PATHS } from './vault-issuer-shared';

export const vaultPathWithParentSegment: Rule<TypedIssuer> = {
  id: 'vault-path-with-parent-segment',
  code: 'PGTLS-I10',
  title: "Vault path with a '..' segment",
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => ['path', 'auth.appRole.path', ...MOUNT_PATHS]
    .filter((field) => text(valueAt(source, field)).split('/').includes('..'))
    .map((field) => `vault.${field} '${text(valueAt(source, field))}' has a '..' segment`),
  fix: "use a path without '..' segments",
};
