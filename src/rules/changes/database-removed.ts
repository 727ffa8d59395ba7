import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { type DatabaseRemoval, Removal } from './database-removal';
import { CLAIMS, currentlyApplied, oldData } from './old-data';
import { Consequence } from '../engine/consequence';

export const databaseRemoved: ConsentRule<DatabaseRemoval> = {
  id: 'database-removed',
  code: 'PGTLS-S03',
  title: 'database removed from the app',
  consequence: Consequence.NEVER_READY,
  sources: [CLAIMS],
  consents: [ChangeKind.DATABASE_REMOVED],
  check: (removal, report) => {
    if (removal.kind === Removal.REMOVED) {
      report('', `${currentlyApplied(removal)} is no longer in the app: applying with pruning stops the database, and ${oldData(removal)}`);
    }
  },
  fix: 'keep the database in the app, or take a dump before it is removed',
  fixInYaml: 'keep the database in the manifests, or take a dump before it is removed',
};
