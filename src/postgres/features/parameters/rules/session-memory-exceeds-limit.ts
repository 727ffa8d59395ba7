import { Consequence, Rule, Severity, when } from '../../../../rules';
import { sharedBuffersKib } from '../../../plan/parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { given, valuesOf } from './relations-shared';

export const sessionMemoryExceedsLimit: Rule<DatabaseContext> = {
  id: 'session-memory-exceeds-limit',
  code: 'PGTLS-P69',
  severity: Severity.WARNING,
  title: 'session memory can exceed the memory limit',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, Resource Consumption: work_mem is for each sort or hash of each session',
  check: (database) => {
    const { of, amount } = valuesOf(database);
    const limit = database.plan.memoryLimitKib;
    if (limit === undefined) { return []; }
    const free = limit - (database.props.hugePages ? 0 : sharedBuffersKib(database.plan));
    const [work, connections] = [amount('work_mem', 'kB'), amount('max_connections', '')];
    const [maintenance, workers] = [amount('maintenance_work_mem', 'kB'), amount('autovacuum_max_workers', '')];
    return [
      // Not all sessions sort at the same time: ordinary settings stay below one and a half times the limit.
      ...when(given(database, 'work_mem') !== '' && (work * connections > 1.5 * limit || work > free),
        () => `work_mem ${of('work_mem')} for each of max_connections ${connections} is ${mib(work * connections)}, but the memory limit leaves ${mib(free)}`),
      ...when((given(database, 'maintenance_work_mem') !== '' || given(database, 'autovacuum_max_workers') !== '') && maintenance * workers > free,
        () => `maintenance_work_mem ${of('maintenance_work_mem')} for each of autovacuum_max_workers ${workers} is ${mib(maintenance * workers)}, but the memory limit leaves ${mib(free)}`),
    ];
  },
  fix: 'lower one of them, raise the memory limit, or acknowledge the warning if few sessions sort at the same time',
};

function mib(kib: number): string {
  return `${Math.round(kib / 1024)}Mi`;
}
