import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { postgresPage } from '../engine/sources';

export const walMovesToVolume: ConsentRule<WorkloadChange> = {
  id: 'wal-moves-to-volume',
  code: 'PGTLS-S09',
  title: 'write-ahead log moves to its own volume',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('app-initdb.html', 'initdb', 'with --waldir, the location of the log is a symbolic link in the data directory, created once')],
  consents: [ChangeKind.WAL_RELOCATED],
  check: ({ called, after, wal }, report) => {
    if (wal !== undefined && wal.before === undefined) {
      report(after.walVolume!.field, `${called} gets ${wal.after} for the write-ahead log, but the log is in the existing data directory and stays there: the new volume stays empty`);
    }
  },
  fix: 'remove the volume; to move the log, stop the server, move pg_wal to the new volume, link to it and recreate the '
    + 'StatefulSet (docs/operations.md)',
};
