import { describeRow } from '../../../plan/describe-row';
import { givenRows } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { ClientAuthMode } from '../../../ssl-mode';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const md5Deprecated: Rule<DatabaseContext> = {
  id: 'md5-deprecated',
  code: 'PGTLS-P20',
  severity: Severity.WARNING,
  title: 'deprecated md5 password authentication',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('release-18.html', 'Release 18', 'MD5 password authentication is deprecated')],
  check: (database, report) => {
    if (database.plan.clientAuthMode === ClientAuthMode.MD5) { report('clientAuthMode', "clientAuthMode 'md5' is deprecated since PostgreSQL 18"); }
    for (const { field, row } of givenRows(database)) {
      if (row.method === 'md5') { report(`${field}.method`, `${describeRow(row)} uses md5, which is deprecated since PostgreSQL 18`); }
    }
  },
  fix: "use 'scram', or acknowledge the warning if clients do not support it",
};
