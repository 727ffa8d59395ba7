import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { DatabaseRemoval, Removal } from './database-removal';
import { inNamespace } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';
import { CLAIMS, currentlyApplied, claimsOf } from './database-change-shared';

export const databaseMoved: ConsentRule<DatabaseRemoval> = {
  id: 'database-moved',
  code: 'PGTLS-S05',
  title: 'database moved to another namespace',
  consequence: Consequence.NEVER_READY,
  source: CLAIMS,
  consents: [ChangeKind.DATABASE_MOVED, ChangeKind.DATABASE_REMOVED],
  check: (removal) => when(removal.kind === Removal.MOVED, () =>
    `${currentlyApplied(removal)} is no longer in the app, and ${removal.after!.called}${inNamespace(removal.after!.at.namespace)} is new: the `
      + `new database starts empty, and ${claimsOf(removal)}`),
  fix: 'keep the namespace; to move the database, run both for a while and copy the data with a dump',
};
