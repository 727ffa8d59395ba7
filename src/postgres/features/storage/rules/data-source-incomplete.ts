import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const dataSourceIncomplete: Rule<DatabaseContext> = {
  id: 'data-source-incomplete',
  code: 'PGTLS-P50',
  title: 'dataSource set for the data or for the WAL, but not for both',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, File System Level Backup: a snapshot without the WAL of the same moment does not start',
  check: ({ props: { storage } }) => {
    const { dataSource, wal } = storage?._durableOptions ?? {};
    return [
      ...when(dataSource !== undefined && wal !== undefined && wal.dataSource === undefined, () => `storage: the data has the dataSource ${dataSource!.kind} '${dataSource!.name}', but wal has no dataSource`),
      ...when(dataSource === undefined && wal?.dataSource !== undefined, () => `storage: wal has the dataSource ${wal!.dataSource!.kind} '${wal!.dataSource!.name}', but the data has no dataSource`),
    ];
  },
  fix: 'set both to snapshots of the same point in time (a VolumeGroupSnapshot), or neither',
};
