import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

export const storageBecomesDurable: ConsentRule<WorkloadChange> = {
  id: 'storage-becomes-durable',
  code: 'PGTLS-S07',
  severity: Severity.WARNING,
  title: 'ephemeral storage becomes durable',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Volumes: an emptyDir is deleted with the pod',
  check: (change) => when(change.becomesDurable, () =>
    `${change.called} moves its data from ${change.data!.before.description} to ${change.data!.after.description}: the new volume is `
      + 'empty, and the data of the running pod is lost, as at every restart so far'),
  fix: 'dump the data that you need, delete the StatefulSet, apply and restore the dump; then acknowledge the warning',
};
