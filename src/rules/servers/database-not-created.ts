import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresFile, source } from '../engine/sources';

export const databaseNotCreated: Rule<PodContext> = {
  id: 'database-not-created',
  code: 'PGTLS-T27',
  severity: Severity.WARNING,
  title: 'client connects to a database that the manifests do not create',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresFile('src/backend/utils/init/postinit.c', 'InitPostgres: database does not exist'),
    source('docker-library/postgres, docker-entrypoint.sh: POSTGRES_DB', 'https://github.com/docker-library/postgres/blob/master/docker-entrypoint.sh'),
  ],
  check: (context, report) => reportRefusals(context, report, 'database'),
  fix: 'connect to the database in POSTGRES_DB, create the other one with a script in /docker-entrypoint-initdb.d, or acknowledge the warning if it is created by other means',
};
