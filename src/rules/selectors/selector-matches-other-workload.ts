import { type OverreachTarget, reportOverreach } from './overreach';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesFile, kubernetesPage } from '../engine/sources';

export const selectorMatchesOtherWorkload: Rule<OverreachTarget> = {
  id: 'selector-matches-other-workload',
  code: 'PGTLS-N08',
  severity: Severity.WARNING,
  title: 'label selector matches pods of another workload, without a database among them',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/workloads/controllers/deployment/', 'Deployments', 'selectors of controllers must not overlap'),
    kubernetesFile('pkg/registry/core/pod/storage/eviction.go', 'the eviction of a pod with more than one PodDisruptionBudget is rejected'),
  ],
  check: (target, report) => {
    if (!target.hasDatabase) { reportOverreach(target, report); }
  },
  fix: 'select by a label that only the pods of one workload have, or acknowledge the warning if the overlap is intended, for example for a canary',
};
