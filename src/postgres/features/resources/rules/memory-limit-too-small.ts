import { claimedKib, LEAST_MEMORY_KIB } from '../memory';
import type { DatabaseContext } from '../../../plan/database-context';
import { parameterValue } from '../../../plan/parameters';
import { formatMebibytes } from '../../../plan/quantity';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const memoryLimitTooSmall: Rule<DatabaseContext> = {
  id: 'memory-limit-too-small',
  code: 'PGTLS-P24',
  title: 'memory limit too small for the server parameters',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('runtime-config-resource.html', 'Resource Consumption')],
  check: ({ props, plan }, report) => {
    const limit = plan.memoryLimitKib;
    if (limit === undefined || !(limit > 0)) { return; }
    if (limit < LEAST_MEMORY_KIB) {
      report('resources.memory.limit', `the memory limit of ${formatMebibytes(limit)} is below ${formatMebibytes(LEAST_MEMORY_KIB)}, the minimum for a server`);
      return;
    }
    const value = (name: string) => parameterValue(plan, name);
    const claimed = claimedKib(plan, props.hugePages !== undefined);
    if (claimed > limit) {
      report('resources.memory.limit', `the memory limit of ${formatMebibytes(limit)} is too small for shared_buffers ${value('shared_buffers')}, `
        + `maintenance_work_mem ${value('maintenance_work_mem')} and max_connections ${value('max_connections')}, which need ${formatMebibytes(claimed)}`);
    }
  },
  fix: 'raise the limit, or lower the parameters',
};
