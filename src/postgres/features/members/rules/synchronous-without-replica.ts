import type { DatabaseContext } from '../../../plan/database-context';
import { patroniPlan } from '../../../plan/patroni-plan';
import { Consequence, patroniFile, type Rule } from '../../../../rules';

export const synchronousWithoutReplica: Rule<DatabaseContext> = {
  id: 'synchronous-without-replica',
  code: 'PGTLS-P132',
  title: 'synchronous replication with one member',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [patroniFile('docs/replication_modes.rst', 'Synchronous mode')],
  check: ({ plan }, report) => {
    const patroni = patroniPlan(plan);
    if (patroni?.isSynchronous === true && patroni.members === 1) { report('highAvailability.synchronous', 'synchronous is true, but there is one member: no commit has a copy'); }
  },
  fix: 'use three members, or leave synchronous out',
};
