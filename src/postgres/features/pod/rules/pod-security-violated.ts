import type { k8s } from 'cdk8s-plus-27';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, kubernetesPage, type Rule, Severity } from '../../../../rules';

export const podSecurityViolated: Rule<DatabaseContext> = {
  id: 'pod-security-violated',
  code: 'PGTLS-P31',
  severity: Severity.WARNING,
  title: 'container violates the restricted Pod Security Standard',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesPage('concepts/security/pod-security-standards/', 'Pod Security Standards')],
  check: ({ props: { podTemplate = {} } }, report) => {
    for (const list of ['containers', 'initContainers'] as const) {
      (podTemplate[list] ?? []).forEach(({ name, securityContext }, index) => {
        if (securityContext !== undefined && !meetsRestricted(securityContext)) {
          report(`podTemplate.${list}[${index}].securityContext`, `podTemplate: container '${name}' does not meet the restricted Pod Security Standard`);
        }
      });
    }
  },
  fix: 'remove its securityContext to use that of the database, or acknowledge the warning',
};

/** The requirements of the restricted Pod Security Standard for a container; the securityContext of the pod covers the rest. */
function meetsRestricted({ privileged, allowPrivilegeEscalation, runAsNonRoot, runAsUser, seccompProfile, capabilities }: k8s.SecurityContext): boolean {
  const { add = [], drop = [] } = capabilities ?? {};
  const isUnprivileged = privileged !== true && allowPrivilegeEscalation === false && runAsNonRoot !== false && runAsUser !== 0;
  return isUnprivileged && seccompProfile?.type !== 'Unconfined' && drop.includes('ALL') && add.every((capability) => capability === 'NET_BIND_SERVICE');
}
