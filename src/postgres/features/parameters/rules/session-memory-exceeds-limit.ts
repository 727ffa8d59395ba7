import { effectiveValues } from './effective-values';
import { givenValue, parameterField } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { sharedBuffersKib } from '../../../plan/parameters';
import { formatMebibytes } from '../../../plan/quantity';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const sessionMemoryExceedsLimit: Rule<DatabaseContext> = {
  id: 'session-memory-exceeds-limit',
  code: 'PGTLS-P69',
  severity: Severity.WARNING,
  title: 'session memory can exceed the memory limit',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('runtime-config-resource.html', 'Resource Consumption', 'work_mem applies to each sort or hash of each session')],
  check: (database, report) => {
    const { of, amount } = effectiveValues(database);
    const limit = database.plan.memoryLimitKib;
    if (limit === undefined) { return; }
    const free = limit - (database.props.hugePages ? 0 : sharedBuffersKib(database.plan));
    const [work, connections] = [amount('work_mem', 'kB'), amount('max_connections', '')];
    const [maintenance, workers] = [amount('maintenance_work_mem', 'kB'), amount('autovacuum_max_workers', '')];
    // Not all sessions sort at the same time: ordinary settings stay below one and a half times the limit.
    if (givenValue(database, 'work_mem') !== '' && (work * connections > 1.5 * limit || work > free)) {
      report(parameterField(database, 'work_mem'),
        `work_mem ${of('work_mem')} for each of max_connections ${connections} is ${formatMebibytes(work * connections)}, but the memory limit leaves ${formatMebibytes(free)}`);
    }
    const isGiven = givenValue(database, 'maintenance_work_mem') !== '' || givenValue(database, 'autovacuum_max_workers') !== '';
    if (isGiven && maintenance * workers > free) {
      report(parameterField(database, 'maintenance_work_mem', 'autovacuum_max_workers'),
        `maintenance_work_mem ${of('maintenance_work_mem')} for each of autovacuum_max_workers ${workers} is ${formatMebibytes(maintenance * workers)}, but the memory limit leaves ${formatMebibytes(free)}`);
    }
  },
  fix: 'lower one of them, raise the memory limit, or acknowledge the warning if few sessions sort at the same time',
};
