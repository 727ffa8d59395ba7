import { DeletionPolicy } from '../deletion-policy';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, kubernetesPage, type Rule } from '../../../../rules';

export const haltWithEphemeralStorage: Rule<DatabaseContext> = {
  id: 'halt-with-ephemeral-storage',
  code: 'PGTLS-P35',
  title: 'deletion policy Halt with ephemeral storage',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [kubernetesPage('concepts/storage/volumes/#emptydir', 'Volumes, emptyDir', 'deleted with the pod')],
  check: ({ props: { deletionPolicy, storage } }, report) => {
    if (deletionPolicy === DeletionPolicy.HALT && !storage.isDurable) { report('deletionPolicy', "deletionPolicy 'Halt' keeps the data, but ephemeral storage is deleted with the pod"); }
  },
  fix: 'use durable storage, or remove deletionPolicy',
};
