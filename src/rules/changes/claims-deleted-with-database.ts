import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';

export const claimsDeletedWithDatabase: ConsentRule<WorkloadChange> = {
  id: 'claims-deleted-with-database',
  code: 'PGTLS-S08',
  title: 'volume claims are deleted together with the database',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, StatefulSets: PersistentVolumeClaim retention',
  consents: [ChangeKind.CLAIMS_DELETED_WITH_DATABASE],
  check: (change) => (change.keptClaims.length === 0 ? [] : ['whenDeleted', 'whenScaled'] as const)
    .filter((field) => change.before.retention[field] !== 'Delete' && change.after.retention[field] === 'Delete')
    .map((field) => `${change.called} currently retains its claims and changes ${field} to Delete: `
      + `${field === 'whenDeleted' ? 'deleting the StatefulSet' : 'scaling to 0'} deletes the data`),
  fix: 'keep the deletion policy',
};
