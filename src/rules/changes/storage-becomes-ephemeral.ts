import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

export const storageBecomesEphemeral: ConsentRule<WorkloadChange> = {
  id: 'storage-becomes-ephemeral',
  code: 'PGTLS-S06',
  title: 'durable storage becomes ephemeral',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Volumes: an emptyDir starts empty and is deleted with the pod; an unused claim stays',
  consents: [ChangeKind.STORAGE_MADE_EPHEMERAL],
  check: (change) => when(change.becomesEphemeral, () =>
    `${change.called} moves its data from ${change.data!.before.description} to ${change.data!.after.description}: the database starts `
      + 'empty, again after every restart of its pod, and the old data stays in a claim that nothing uses'
      + claimsGo(change)),
  fix: 'keep the storage durable',
};

function claimsGo({ before }: WorkloadChange): string {
  return before.retention.whenDeleted === 'Delete' ? ', and is deleted with the StatefulSet' : '';
}
