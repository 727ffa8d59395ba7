import type { ConsentRule } from './consent-table';
import { shrinkingClaims } from './shrinking-claims';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { kubernetesPage } from '../engine/sources';

export const claimShrinks: ConsentRule<WorkloadChange> = {
  id: 'claim-shrinks',
  code: 'PGTLS-S01',
  title: 'volume claim shrinks',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesPage('concepts/storage/persistent-volumes/', 'Persistent Volumes', 'a volume can grow but not shrink')],
  check: (change, report) => {
    for (const { name, field, before, after } of shrinkingClaims(change)) {
      report(field, `the volume claim '${name}' of ${change.called} is currently ${before} and shrinks to ${after}`);
    }
  },
  fix: 'keep the size; to use a smaller volume, create a new database and restore a dump into it',
};
