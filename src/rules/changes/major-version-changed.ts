import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

export const majorVersionChanged: ConsentRule<WorkloadChange> = {
  id: 'major-version-changed',
  code: 'PGTLS-S13',
  title: 'PostgreSQL major version changes for an existing data directory',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, Upgrading a PostgreSQL Cluster: a server starts only with a data directory of its own major version',
  consents: [ChangeKind.MAJOR_UPGRADED],
  check: (change) => when(change.changesMajor, () => `${change.called} changes from PostgreSQL ${change.before.major} to `
    + `${change.after.major}: the data directory has the format of ${change.before.major}, so the running pod is stopped and the new pod does not start`),
  fix: 'keep the major version; to upgrade, create a new database of that version and restore a dump into it, or convert the data '
    + 'with pg_upgrade while the server is stopped',
};
