import type { DatabaseContext } from '../../../plan/database-context';
import { covers } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';
import { describeRow } from './shared';

export const accessRuleShadowed: Rule<DatabaseContext> = {
  id: 'access-rule-shadowed',
  code: 'PGTLS-P14',
  title: 'access rule shadowed by an earlier rule',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, The pg_hba.conf File: the first row that matches decides',
  check: ({ plan: { access } }) =>
    access.flatMap((row, index) => {
      const earlier = access.slice(0, index).find((candidate) => covers(candidate, row));
      // PGTLS-P55 reports a row for the superuser or a role of the pod.
      return when(earlier !== undefined && !row.users.some((user) => earlier!.users.includes(user) && user !== 'all' && earlier!.method === 'reject'), () => `${describeRow(row)} is never reached: ${describeRow(earlier!)} matches first`);
    }),
  fix: 'put the narrower rule first, or remove it',
};
