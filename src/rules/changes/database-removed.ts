import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { DatabaseRemoval, Removal } from './database-removal';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';
import { CLAIMS, currentlyApplied, claimsOf } from './database-change-shared';

export const databaseRemoved: ConsentRule<DatabaseRemoval> = {
  id: 'database-removed',
  code: 'PGTLS-S03',
  title: 'database removed from the app',
  consequence: Consequence.NEVER_READY,
  source: CLAIMS,
  consents: [ChangeKind.DATABASE_REMOVED],
  check: (removal) => when(removal.kind === Removal.REMOVED, () => `${currentlyApplied(removal)} is no longer in the app: applying `
    + `with pruning stops the database, and ${claimsOf(removal)}`),
  fix: 'keep the database in the app, or take a dump before it is removed',
};
