import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { kubernetesPage } from '../engine/sources';

export const storageBecomesEphemeral: ConsentRule<WorkloadChange> = {
  id: 'storage-becomes-ephemeral',
  code: 'PGTLS-S06',
  title: 'durable storage becomes ephemeral',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/storage/volumes/', 'Volumes', 'an emptyDir starts empty and is deleted with the pod')],
  consents: [ChangeKind.STORAGE_MADE_EPHEMERAL],
  check: ({ called, before, data, becomesEphemeral }, report) => {
    if (becomesEphemeral) {
      report(data!.after.field, `${called} moves its data from ${data!.before.description} to ${data!.after.description}: the database starts empty, again after every restart of its pod, `
        + `and the old data stays in a claim that nothing uses${before.retention.whenDeleted === 'Delete' ? ', and is deleted with the StatefulSet' : ''}`);
    }
  },
  fix: 'keep the storage durable',
};
