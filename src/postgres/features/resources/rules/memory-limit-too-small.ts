import { claimedKib, LEAST_MEMORY_KIB } from '../memory';
import type { DatabaseContext } from '../../../plan/database-context';
import { parameterValue } from '../../../plan/parameters';
import { Consequence, Rule, when } from '../../../../rules';
import { mebibytes } from './shared';

export const memoryLimitTooSmall: Rule<DatabaseContext> = {
  id: 'memory-limit-too-small',
  code: 'PGTLS-P24',
  title: 'memory limit too small for the server parameters',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, Resource Consumption',
  check: ({ props, plan }) => {
    const limit = plan.memoryLimitKib;
    if (limit === undefined || !(limit > 0)) { return []; }
    if (limit < LEAST_MEMORY_KIB) { return [`the memory limit of ${mebibytes(limit)} is below ${mebibytes(LEAST_MEMORY_KIB)}, the minimum for a server`]; }
    const value = (name: string) => parameterValue(plan, name);
    const claimed = claimedKib(plan, props.hugePages !== undefined);
    return when(claimed > limit, () => `the memory limit of ${mebibytes(limit)} is too small for shared_buffers ${value('shared_buffers')}, `
      + `maintenance_work_mem ${value('maintenance_work_mem')} and max_connections ${value('max_connections')}, which need ${mebibytes(claimed)}`);
  },
  fix: 'raise the limit, or lower the parameters',
};
