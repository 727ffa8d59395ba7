import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { argoCdFile, kubernetesPage } from '../engine/sources';

export const claimOrNamespaceRemoved: ConsentRule<WorkloadChange> = {
  id: 'claim-or-namespace-removed',
  code: 'PGTLS-S19',
  title: 'volume claim or namespace with the data of a database removed from the app',
  consequence: Consequence.NEVER_READY,
  sources: [
    argoCdFile('docs/user-guide/auto_sync.md', 'objects that are no longer in the manifests are deleted, as with kubectl apply --prune'),
    kubernetesPage('concepts/overview/working-with-objects/namespaces/', 'Namespaces', 'a namespace is deleted with everything in it'),
  ],
  consents: [ChangeKind.DATA_RELOCATED],
  check: (change, report) => {
    for (const object of change.before.isPostgres ? change.pruned : []) {
      report('', `${object} is currently applied, holds the data of ${change.called} and is no longer in the app: applying with pruning deletes the data`);
    }
  },
  fix: 'keep it in the app, or exclude it from pruning before you remove it',
  fixInYaml: 'keep it in the manifests, or exclude it from pruning before you remove it',
};
