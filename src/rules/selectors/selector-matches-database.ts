import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { OverreachTarget, overreachOf } from './selector-shared';

export const selectorMatchesDatabase: Rule<OverreachTarget> = {
  id: 'selector-matches-database',
  code: 'PGTLS-N07',
  title: 'label selector matches pods of a database and of another workload',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, Deployments: selectors of controllers must not overlap; Service: every matching pod receives connections; Disruptions: the eviction API '
    + 'rejects the eviction of a pod with more than one PodDisruptionBudget',
  check: (target) => (target.hasDatabase ? [overreachOf(target)] : []),
  fix: 'select by a label that only the pods of one workload have, such as app.kubernetes.io/component, and give each pod at most one PodDisruptionBudget',
};
