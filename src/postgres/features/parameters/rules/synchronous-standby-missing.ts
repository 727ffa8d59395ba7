import { Consequence, Rule, when } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';
import { given } from './relations-shared';

export const synchronousStandbyMissing: Rule<DatabaseContext> = {
  id: 'synchronous-standby-missing',
  code: 'PGTLS-P66',
  title: 'synchronous_standby_names set without a standby',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, synchronous_standby_names: a commit waits until a standby has confirmed it, without a timeout',
  check: (database) => when(given(database, 'synchronous_standby_names').trim() !== '', () =>
    `synchronous_standby_names is '${given(database, 'synchronous_standby_names')}', but this database has no standby: no commit would end`),
  fix: 'remove it',
};
