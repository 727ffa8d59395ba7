import type { DatabaseContext } from '../../../plan/database-context';
import { patroniPlan } from '../../../plan/patroni-plan';
import { Consequence, patroniFile, type Rule } from '../../../../rules';

export const evenMembers: Rule<DatabaseContext> = {
  id: 'even-members',
  code: 'PGTLS-P131',
  title: 'even number of members',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [patroniFile('docs/replication_modes.rst', 'with synchronous_mode only a synchronous standby may be promoted')],
  check: ({ plan }, report) => {
    const members = patroniPlan(plan)?.members ?? 1;
    if (plan.availability.engine !== 'patroni' || members % 2 !== 0 || members < 2 || plan.availability.options.evenMembers === true) { return; }
    report('highAvailability.members', members === 2
      ? 'members is 2: while one of them is away, the other has no copy, and every drain of a node is such a time'
      : `members is ${members}, which tolerates no more failures than ${members - 1}`);
  },
  fix: 'use an odd number, or set evenMembers to true',
};
