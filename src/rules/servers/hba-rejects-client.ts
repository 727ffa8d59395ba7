import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

export const hbaRejectsClient: Rule<PodContext> = {
  id: 'hba-rejects-client',
  code: 'PGTLS-T17',
  title: 'client rejected by pg_hba.conf of its server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File', 'the first row that matches decides, and without a match the connection is rejected'),
    postgresPage('libpq-connect.html', 'Database Connection Control Functions', 'sslmode'),
  ],
  check: (context, report) => reportRefusals(context, report, 'hba-row'),
  fix: 'add a pg_hba.conf row for its role, database and network (accessRules of a Postgres; superuserAccess for the superuser), or use an sslmode that the rows accept',
  fixInYaml: 'add a pg_hba.conf row for its role, database and network, or use an sslmode that the rows accept',
};
