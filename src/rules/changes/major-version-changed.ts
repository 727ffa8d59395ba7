import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { postgresPage } from '../engine/sources';

export const majorVersionChanged: ConsentRule<WorkloadChange> = {
  id: 'major-version-changed',
  code: 'PGTLS-S13',
  title: 'PostgreSQL major version changes for an existing data directory',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('upgrading.html', 'Upgrading a PostgreSQL Cluster', 'a server starts only with a data directory of its own major version')],
  consents: [ChangeKind.MAJOR_UPGRADED],
  check: (change, report) => {
    const { before, after } = change;
    if (change.changesMajor) {
      report(after.imageField, `${change.called} changes from PostgreSQL ${before.major} to ${after.major}: `
        + `the data directory has the format of ${before.major}, so the running pod is stopped and the new pod does not start`);
    }
  },
  fix: 'keep the major version; to upgrade, create a new database of that version and restore a dump into it, or convert the data '
    + 'with pg_upgrade while the server is stopped',
};
