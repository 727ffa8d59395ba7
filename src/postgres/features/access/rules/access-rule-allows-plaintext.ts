import { describeRow } from '../../../plan/describe-row';
import { fieldOfRow } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { takesChannel } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const accessRuleAllowsPlaintext: Rule<DatabaseContext> = {
  id: 'access-rule-allows-plaintext',
  code: 'PGTLS-P11',
  title: 'access rule allows plaintext although sslMode requires TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File', 'a host record matches connections with and without TLS')],
  check: (database, report) => {
    const { access, sslMode } = database.plan;
    if (!refusesPlaintext(sslMode)) { return; }
    for (const row of access) {
      if (takesChannel(row, 'plaintext') && row.method !== 'reject') { report(fieldOfRow(database, row), `sslMode '${sslMode}' requires TLS, but ${describeRow(row)} allows plaintext`); }
    }
  },
  fix: 'change the rule to hostssl, or use an sslMode that does not require TLS',
};
