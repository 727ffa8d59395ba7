import { fieldOfParameter, givenParameters } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { booleanIn } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const parameterRisksDataLoss: Rule<DatabaseContext> = {
  id: 'parameter-risks-data-loss',
  code: 'PGTLS-P25',
  severity: Severity.WARNING,
  title: 'server parameter that risks data loss',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('runtime-config-wal.html', 'Write Ahead Log')],
  check: (database, report) => {
    for (const [name, value] of givenParameters(database)) {
      if (!['fsync', 'full_page_writes', 'synchronous_commit'].includes(name.toLowerCase()) || booleanIn(value) !== false) { continue; }
      const lost = name.toLowerCase() === 'synchronous_commit' ? 'acknowledged commits' : 'the whole database';
      report(fieldOfParameter(name), `parameter '${name}' is off: a crash can lose ${lost}`);
    }
  },
  fix: 'remove it, or acknowledge the warning if the data may be lost',
};
