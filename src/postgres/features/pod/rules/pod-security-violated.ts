import type { k8s } from 'cdk8s-plus-27';
import { Consequence, Rule, Severity } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';

export const podSecurityViolated: Rule<DatabaseContext> = {
  id: 'pod-security-violated',
  code: 'PGTLS-P31',
  severity: Severity.WARNING,
  title: 'container violates the restricted Pod Security Standard',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, Pod Security Standards',
  check: ({ props: { podTemplate = {} } }) =>
    [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])]
      .filter(({ securityContext }) => securityContext !== undefined && !meetsRestricted(securityContext))
      .map(({ name }) => `podTemplate: container '${name}' does not meet the restricted Pod Security Standard`),
  fix: 'remove its securityContext to use that of the database, or acknowledge the warning',
};

/** The requirements of the restricted Pod Security Standard for a container; the securityContext of the pod covers the rest. */
function meetsRestricted({ privileged, allowPrivilegeEscalation, runAsUser, capabilities }: k8s.SecurityContext): boolean {
  const { add = [], drop = [] } = capabilities ?? {};
  return privileged !== true && allowPrivilegeEscalation === false && runAsUser !== 0 && add.length === 0 && drop.includes('ALL');
}
