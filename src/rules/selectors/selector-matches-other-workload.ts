import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { OverreachTarget, overreachOf } from './selector-shared';

export const selectorMatchesOtherWorkload: Rule<OverreachTarget> = {
  id: 'selector-matches-other-workload',
  code: 'PGTLS-N08',
  severity: Severity.WARNING,
  title: 'label selector matches pods of another workload, without a database among them',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, Deployments: selectors of controllers must not overlap; Disruptions: the eviction API rejects the eviction of a pod with more than one PodDisruptionBudget',
  check: (target) => (target.hasDatabase ? [] : [overreachOf(target)]),
  fix: 'select by a label that only the pods of one workload have, or acknowledge the warning if the overlap is intended, for example for a canary',
};
