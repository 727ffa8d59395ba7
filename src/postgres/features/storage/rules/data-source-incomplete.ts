import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const dataSourceIncomplete: Rule<DatabaseContext> = {
  id: 'data-source-incomplete',
  code: 'PGTLS-P50',
  title: 'dataSource set for the data or for the WAL, but not for both',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('backup-file.html', 'File System Level Backup', 'a snapshot without the WAL of the same moment does not start')],
  check: ({ props: { storage } }, report) => {
    const { dataSource, wal } = storage._durableOptions ?? {};
    if (dataSource !== undefined && wal !== undefined && wal.dataSource === undefined) {
      report('storage.wal.dataSource', `storage: the data has the dataSource ${dataSource.kind} '${dataSource.name}', but wal has no dataSource`);
    }
    if (dataSource === undefined && wal?.dataSource !== undefined) {
      report('storage.dataSource', `storage: wal has the dataSource ${wal.dataSource.kind} '${wal.dataSource.name}', but the data has no dataSource`);
    }
  },
  fix: 'set both to snapshots of the same point in time (a VolumeGroupSnapshot), or neither',
};
