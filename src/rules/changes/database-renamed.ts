import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { DatabaseRemoval, Removal } from './database-removal';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';
import { CLAIMS, currentlyApplied, claimsOf } from './database-change-shared';

export const databaseRenamed: ConsentRule<DatabaseRemoval> = {
  id: 'database-renamed',
  code: 'PGTLS-S04',
  title: 'database renamed',
  consequence: Consequence.NEVER_READY,
  source: CLAIMS,
  consents: [ChangeKind.DATABASE_RENAMED, ChangeKind.DATABASE_REMOVED],
  check: (removal) => when(removal.kind === Removal.RENAMED, () =>
    `${currentlyApplied(removal)} is no longer in the app, and ${removal.after!.called} is new: the new database starts empty, and ${claimsOf(removal)}`),
  fix: 'keep the name (set metadata.name if only the construct id changes); to rename the database, run both for a while and '
    + 'copy the data with a dump',
};
