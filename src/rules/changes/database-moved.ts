import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { type DatabaseRemoval, Removal } from './database-removal';
import { CLAIMS, currentlyApplied, oldData } from './old-data';
import { inNamespace } from '../../kubernetes';
import { Consequence } from '../engine/consequence';

export const databaseMoved: ConsentRule<DatabaseRemoval> = {
  id: 'database-moved',
  code: 'PGTLS-S05',
  title: 'database moved to another namespace',
  consequence: Consequence.NEVER_READY,
  sources: [CLAIMS],
  consents: [ChangeKind.DATABASE_MOVED, ChangeKind.DATABASE_REMOVED],
  check: (removal, report) => {
    if (removal.kind === Removal.MOVED) {
      report('metadata.namespace', `${currentlyApplied(removal)} is no longer in the app, and ${removal.after!.called}${inNamespace(removal.after!.at.namespace)} is new: `
        + `the new database starts empty, and ${oldData(removal)}`);
    }
  },
  fix: 'keep the namespace; to move the database, run both for a while and copy the data with a dump',
};
