import { SUPERUSER } from '../../../plan/roles';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule } from '../../../../rules';

export const accessRuleForSuperuser: Rule<DatabaseContext> = {
  id: 'access-rule-for-superuser',
  code: 'PGTLS-P55',
  title: 'access rule for the superuser or a role of the pod',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'docs/postgres.md, The superuser',
  check: ({ props, plan }) => {
    const roles = [SUPERUSER, ...plan.roles.map(({ name }) => name)];
    return (props.accessRules ?? []).flatMap(({ _row: { users } }) => users.filter((user) => roles.includes(user)))
      .map((user) => `accessRules: a rule contains '${user}', ${user === SUPERUSER ? 'whose access is set by superuserAccess' : 'a role of the pod, which can only connect from inside the pod'}`);
  },
  fix: 'remove the role from the rule; use superuserAccess to let postgres connect over the network',
};
