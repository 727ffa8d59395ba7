import { describeRow } from '../../../plan/describe-row';
import { givenRows } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresFile, postgresPage, type Rule } from '../../../../rules';

export const hostsslWithoutTls: Rule<DatabaseContext> = {
  id: 'hostssl-without-tls',
  code: 'PGTLS-P13',
  title: 'hostssl access rule although TLS is off',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File', 'hostssl requires ssl to be on'),
    postgresFile('src/backend/libpq/hba.c', 'hostssl record cannot match because SSL is disabled'),
  ],
  check: (database, report) => {
    if (database.plan.tls) { return; }
    for (const { field, row } of givenRows(database)) {
      if (row.type === 'hostssl') { report(field, `${describeRow(row)} can never match: TLS is off`); }
    }
  },
  fix: 'set tls, or use a rule of type host',
};
