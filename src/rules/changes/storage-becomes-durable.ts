import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import { kubernetesPage } from '../engine/sources';

export const storageBecomesDurable: ConsentRule<WorkloadChange> = {
  id: 'storage-becomes-durable',
  code: 'PGTLS-S07',
  severity: Severity.WARNING,
  title: 'ephemeral storage becomes durable',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/storage/volumes/', 'Volumes', 'an emptyDir is deleted with the pod')],
  check: ({ called, data, becomesDurable }, report) => {
    if (becomesDurable) {
      report(data!.after.field, `${called} moves its data from ${data!.before.description} to ${data!.after.description}: `
        + 'the new volume is empty, and the data of the running pod is lost, as at every restart so far');
    }
  },
  fix: 'dump the data that you need, delete the StatefulSet, apply and restore the dump; then acknowledge the warning',
};
