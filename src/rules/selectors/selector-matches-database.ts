import { type OverreachTarget, reportOverreach } from './overreach';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile, kubernetesPage } from '../engine/sources';

export const selectorMatchesDatabase: Rule<OverreachTarget> = {
  id: 'selector-matches-database',
  code: 'PGTLS-N07',
  title: 'label selector matches pods of a database and of another workload',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/workloads/controllers/deployment/', 'Deployments', 'selectors of controllers must not overlap'),
    kubernetesPage('concepts/services-networking/service/', 'Service', 'every matching pod receives connections'),
    kubernetesFile('pkg/registry/core/pod/storage/eviction.go', 'the eviction of a pod with more than one PodDisruptionBudget is rejected'),
  ],
  check: (target, report) => {
    if (target.hasDatabase) { reportOverreach(target, report); }
  },
  fix: 'select by a label that only the pods of one workload have, such as app.kubernetes.io/component, and give each pod at most one PodDisruptionBudget',
};
