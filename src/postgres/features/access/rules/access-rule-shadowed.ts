import { describeRow } from '../../../plan/describe-row';
import { fieldOfRow } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { covers } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const accessRuleShadowed: Rule<DatabaseContext> = {
  id: 'access-rule-shadowed',
  code: 'PGTLS-P14',
  title: 'access rule shadowed by an earlier rule',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File', 'the first row that matches decides')],
  check: (database, report) => {
    const { access } = database.plan;
    access.forEach((row, index) => {
      const earlier = access.slice(0, index).find((candidate) => covers(candidate, row));
      // PGTLS-P55 reports a row for the superuser or a role of the pod.
      if (earlier === undefined || row.users.some((user) => earlier.users.includes(user) && user !== 'all' && earlier.method === 'reject')) { return; }
      report(fieldOfRow(database, row), `${describeRow(row)} is never reached: ${describeRow(earlier)} matches first`);
    });
  },
  fix: 'put the narrower rule first, or remove it',
};
