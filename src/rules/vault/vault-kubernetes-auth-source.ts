import { isGiven, mapping, text, valueAt } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const vaultKubernetesAuthSource: Rule<TypedIssuer> = {
  id: 'vault-kubernetes-auth-source',
  code: 'PGTLS-I14',
  title: 'Vault Kubernetes auth without exactly one of secretRef and serviceAccountRef',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    const kubernetes = valueAt(source, 'auth.kubernetes');
    if (!isGiven(kubernetes)) { return; }
    const { secretRef, serviceAccountRef } = mapping(kubernetes);
    const hasSecret = text(mapping(secretRef)['name']) !== '';
    const hasAccount = isGiven(serviceAccountRef);
    if (!hasSecret && !hasAccount) { report('spec.vault.auth.kubernetes', 'vault.auth.kubernetes has neither secretRef nor serviceAccountRef'); }
    if (hasSecret && hasAccount) { report('spec.vault.auth.kubernetes', 'vault.auth.kubernetes has both secretRef and serviceAccountRef'); }
  },
  fix: 'set serviceAccountRef, or a secretRef to a Secret with a long-lived token',
};
