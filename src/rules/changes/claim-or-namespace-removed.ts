import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';

export const claimOrNamespaceRemoved: ConsentRule<WorkloadChange> = {
  id: 'claim-or-namespace-removed',
  code: 'PGTLS-S19',
  title: 'volume claim or namespace with the data of a database removed from the app',
  consequence: Consequence.NEVER_READY,
  source: 'Argo CD, Automated Sync Policy; kubectl apply --prune: objects that are no longer in the manifests are deleted; Kubernetes '
    + 'deletes a namespace with everything in it',
  consents: [ChangeKind.DATA_RELOCATED],
  check: (change) => (change.before.isPostgres ? change.pruned : []).map((object) => `${object} is currently applied, holds the data of `
    + `${change.called} and is no longer in the app: applying with pruning deletes the data`),
  fix: 'keep it in the app, or exclude it from pruning before you remove it',
};
