import type { DatabaseContext } from '../../../plan/database-context';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { takesChannel } from '../../../../postgresql';
import { Consequence, Rule, Severity } from '../../../../rules';
import { ClientAuthMode } from '../../../ssl-mode';
import { own, describeRow } from './shared';

export const accessRuleAcceptsPlaintextPassword: Rule<DatabaseContext> = {
  id: 'access-rule-accepts-plaintext-password',
  code: 'PGTLS-P26',
  severity: Severity.WARNING,
  title: 'access rule accepts plaintext passwords beside client certificates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'libpq: sslmode=prefer falls back to plaintext',
  check: (database) =>
    own(database)
      .filter((row) => database.plan.clientAuthMode === ClientAuthMode.CERT && !refusesPlaintext(database.plan.sslMode) && takesChannel(row, 'plaintext') && row.method !== 'reject')
      .map((row) => `${describeRow(row)} accepts plaintext passwords beside client certificates: a client with sslmode=prefer falls back to it if its certificate is rejected`),
  fix: 'change the rule to hostssl, or acknowledge the warning',
};
