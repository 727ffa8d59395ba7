import { givenValue, parameterField } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const synchronousStandbyMissing: Rule<DatabaseContext> = {
  id: 'synchronous-standby-missing',
  code: 'PGTLS-P66',
  title: 'synchronous_standby_names set without a standby',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('runtime-config-replication.html', 'Replication, synchronous_standby_names', 'a commit waits until a standby has confirmed it, without a timeout')],
  check: (database, report) => {
    const standbys = givenValue(database, 'synchronous_standby_names');
    // Patroni sets it where there are several servers (PGTLS-P22).
    if (standbys.trim() !== '' && database.plan.members === 1) {
      report(parameterField(database, 'synchronous_standby_names'), `synchronous_standby_names is '${standbys}', but this database has no standby: no commit would end`);
    }
  },
  fix: 'remove it',
};
