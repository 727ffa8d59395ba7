import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { kubernetesPage } from '../engine/sources';

export const claimsDeletedWithDatabase: ConsentRule<WorkloadChange> = {
  id: 'claims-deleted-with-database',
  code: 'PGTLS-S08',
  title: 'volume claims are deleted together with the database',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [kubernetesPage('concepts/workloads/controllers/statefulset/', 'StatefulSets', 'PersistentVolumeClaim retention')],
  consents: [ChangeKind.CLAIMS_DELETED_WITH_DATABASE],
  check: (change, report) => {
    if (change.keptClaims.length === 0) { return; }
    for (const field of ['whenDeleted', 'whenScaled'] as const) {
      if (change.before.retention[field] !== 'Delete' && change.after.retention[field] === 'Delete') {
        report(`spec.persistentVolumeClaimRetentionPolicy.${field}`, `${change.called} currently retains its claims and changes ${field} to Delete: `
          + `${field === 'whenDeleted' ? 'deleting the StatefulSet' : 'scaling to 0'} deletes the data`);
      }
    }
  },
  fix: 'keep the deletion policy',
};
