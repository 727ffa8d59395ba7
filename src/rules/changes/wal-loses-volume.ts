import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { postgresPage } from '../engine/sources';

export const walLosesVolume: ConsentRule<WorkloadChange> = {
  id: 'wal-loses-volume',
  code: 'PGTLS-S10',
  title: 'write-ahead log loses its volume',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('app-initdb.html', 'initdb', 'with --waldir, pg_wal is a symbolic link; a server without its log does not start')],
  consents: [ChangeKind.WAL_RELOCATED],
  check: ({ called, before, after, wal }, report) => {
    if (wal?.before !== undefined) {
      report(after.walVolume?.field ?? before.walVolume!.field.replace(/\[\d+\]$/, ''), `${called} currently has its write-ahead log on ${wal.before} and `
        + `${wal.after === undefined ? 'loses that volume' : `expects it on ${wal.after}`}: the server does not start, and commits that are only in the log are lost with the volume`);
    }
  },
  fix: 'keep the volume; to move the log back, stop the server, replace the link pg_wal with the directory and recreate the '
    + 'StatefulSet (docs/operations.md)',
};
