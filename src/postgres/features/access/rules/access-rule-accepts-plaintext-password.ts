import { describeRow } from '../../../plan/describe-row';
import { givenRows } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { ClientAuthMode } from '../../../ssl-mode';
import { takesChannel } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const accessRuleAcceptsPlaintextPassword: Rule<DatabaseContext> = {
  id: 'access-rule-accepts-plaintext-password',
  code: 'PGTLS-P26',
  severity: Severity.WARNING,
  title: 'access rule accepts plaintext passwords beside client certificates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('libpq-connect.html#LIBPQ-CONNECT-SSLMODE', 'Database Connection Control Functions', 'sslmode=prefer falls back to plaintext')],
  check: (database, report) => {
    const { clientAuthMode, sslMode } = database.plan;
    if (clientAuthMode !== ClientAuthMode.CERT || refusesPlaintext(sslMode)) { return; }
    for (const { field, row } of givenRows(database)) {
      if (takesChannel(row, 'plaintext') && row.method !== 'reject') {
        report(field, `${describeRow(row)} accepts plaintext passwords beside client certificates: a client with sslmode=prefer falls back to it if its certificate is rejected`);
      }
    }
  },
  fix: 'change the rule to hostssl, or acknowledge the warning',
};
