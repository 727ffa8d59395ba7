import { givenRows } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { SUPERUSER } from '../../../plan/roles';
import { Consequence, type Rule, source } from '../../../../rules';

export const accessRuleForSuperuser: Rule<DatabaseContext> = {
  id: 'access-rule-for-superuser',
  code: 'PGTLS-P55',
  title: 'access rule for the superuser or a role of the pod',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('docs/postgres.md, The superuser')],
  check: (database, report) => {
    const roles = [SUPERUSER, ...database.plan.roles.map(({ name }) => name)];
    for (const { field, row } of givenRows(database)) {
      row.users.forEach((user, index) => {
        if (!roles.includes(user)) { return; }
        const why = user === SUPERUSER ? 'whose access is set by superuserAccess' : 'a role of the pod, which can only connect from inside the pod';
        report(`${field}.users[${index}]`, `accessRules: a rule contains '${user}', ${why}`);
      });
    }
  },
  fix: 'remove the role from the rule; use superuserAccess to let postgres connect over the network',
};
