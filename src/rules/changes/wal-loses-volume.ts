import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

export const walLosesVolume: ConsentRule<WorkloadChange> = {
  id: 'wal-loses-volume',
  code: 'PGTLS-S10',
  title: 'write-ahead log loses its volume',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, initdb --waldir: pg_wal is a symbolic link; a server without its log does not start',
  consents: [ChangeKind.WAL_RELOCATED],
  check: (change) => when(change.wal?.before !== undefined, () =>
    `${change.called} currently has its write-ahead log on ${change.wal!.before} and `
      + `${change.wal!.after === undefined ? 'loses that volume' : `expects it on ${change.wal!.after}`}: the server does not `
      + 'start, and commits that are only in the log are lost with the volume'),
  fix: 'keep the volume; to move the log back, stop the server, replace the link pg_wal with the directory and recreate the '
    + 'StatefulSet (docs/operations.md)',
};
