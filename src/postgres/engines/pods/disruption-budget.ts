import { k8s } from 'cdk8s-plus-27';
import { objectMetadata, selectorLabels } from '../../plan/names';
import type { DatabasePlan } from '../../plan/database-plan';

/**
 * One instance cannot stay available while its node is drained; a budget that requires it would block the drain. This
 * one allows the eviction of the pod, also while it is unhealthy.
 */
export function renderDisruptionBudget(plan: DatabasePlan): k8s.KubePodDisruptionBudgetProps {
  return {
    metadata: objectMetadata(plan.name),
    spec: { selector: { matchLabels: selectorLabels(plan.name) }, maxUnavailable: k8s.IntOrString.fromNumber(1), unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  };
}
