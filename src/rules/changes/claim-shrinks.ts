import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { shrinking } from './volume-change-shared';

export const claimShrinks: ConsentRule<WorkloadChange> = {
  id: 'claim-shrinks',
  code: 'PGTLS-S01',
  title: 'volume claim shrinks',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, Expanding Persistent Volumes Claims: a volume can grow but not shrink',
  check: (change) => shrinking(change).map(({ name, before, after }) => `the volume claim '${name}' of ${change.called} is currently `
    + `${before} and shrinks to ${after}`),
  fix: 'keep the size; to use a smaller volume, create a new database and restore a dump into it',
};
