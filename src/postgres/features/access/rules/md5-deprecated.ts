import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, Severity, when } from '../../../../rules';
import { ClientAuthMode } from '../../../ssl-mode';
import { own, describeRow } from './shared';

export const md5Deprecated: Rule<DatabaseContext> = {
  id: 'md5-deprecated',
  code: 'PGTLS-P20',
  severity: Severity.WARNING,
  title: 'deprecated md5 password authentication',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL 18 release notes',
  check: (database) => [
    ...when(database.plan.clientAuthMode === ClientAuthMode.MD5, () => "clientAuthMode 'md5' is deprecated since PostgreSQL 18"),
    ...own(database).filter(({ method }) => method === 'md5').map((row) => `${describeRow(row)} uses md5, which is deprecated since PostgreSQL 18`),
  ],
  fix: "use 'scram', or acknowledge the warning if clients do not support it",
};
