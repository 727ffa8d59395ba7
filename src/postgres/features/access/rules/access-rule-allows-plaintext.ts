import type { DatabaseContext } from '../../../plan/database-context';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { takesChannel } from '../../../../postgresql';
import { Consequence, Rule } from '../../../../rules';
import { describeRow } from './shared';

export const accessRuleAllowsPlaintext: Rule<DatabaseContext> = {
  id: 'access-rule-allows-plaintext',
  code: 'PGTLS-P11',
  title: 'access rule allows plaintext although sslMode requires TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, The pg_hba.conf File',
  check: ({ plan }) =>
    plan.access
      .filter((row) => refusesPlaintext(plan.sslMode) && takesChannel(row, 'plaintext') && row.method !== 'reject')
      .map((row) => `sslMode '${plan.sslMode}' requires TLS, but ${describeRow(row)} allows plaintext`),
  fix: 'change the rule to hostssl, or use an sslMode that does not require TLS',
};
