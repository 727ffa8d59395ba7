import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { type DatabaseRemoval, Removal } from './database-removal';
import { CLAIMS, currentlyApplied, oldData } from './old-data';
import { Consequence } from '../engine/consequence';

export const databaseRenamed: ConsentRule<DatabaseRemoval> = {
  id: 'database-renamed',
  code: 'PGTLS-S04',
  title: 'database renamed',
  consequence: Consequence.NEVER_READY,
  sources: [CLAIMS],
  consents: [ChangeKind.DATABASE_RENAMED, ChangeKind.DATABASE_REMOVED],
  check: (removal, report) => {
    if (removal.kind === Removal.RENAMED) {
      report('metadata.name', `${currentlyApplied(removal)} is no longer in the app, and ${removal.after!.called} is new: the new database starts empty, and ${oldData(removal)}`);
    }
  },
  fix: 'keep the name (set metadata.name if only the construct id changes); to rename the database, run both for a while and '
    + 'copy the data with a dump',
  fixInYaml: 'keep the name; to rename the database, run both for a while and copy the data with a dump',
};
