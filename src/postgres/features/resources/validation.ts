import { claimedKib, LEAST_MEMORY_KIB } from './memory';
import type { DatabaseContext } from '../../plan/database-context';
import { parameterValue, sharedBuffersKib } from '../../plan/parameters';
import { kibibytes } from '../../plan/quantity';
import { numberIn } from '../../../postgresql';
import { Consequence, Rule, when } from '../../../rules';

/** Rules for memory and the parameters that allocate it. */
export const RESOURCE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
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
  },
  {
    code: 'PGTLS-P29',
    title: 'huge pages not a multiple of the page size, or too small for shared_buffers',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Linux Huge Pages; Kubernetes, hugepages-2Mi',
    check: ({ props: { hugePages }, plan }) => {
      if (!hugePages) { return []; }
      const amount = kibibytes(hugePages.amount);
      const page = { '2Mi': 2048, '1Gi': 1_048_576 }[hugePages.pageSize]!;
      return [
        ...when(!(amount > 0) || amount % page !== 0, () => `hugePages of ${mebibytes(amount)} is not a positive multiple of the page size ${hugePages.pageSize}`),
        ...when(sharedBuffersKib(plan) >= amount, () => `hugePages of ${mebibytes(amount)} is too small for shared_buffers ${parameterValue(plan, 'shared_buffers')} and other shared memory`),
      ];
    },
    fix: 'use a larger multiple of the page size; `postgres -C shared_memory_size_in_huge_pages` shows how many pages a server needs',
  },
];

function mebibytes(kib: number): string {
  return `${Math.round(numberIn(`${kib}kB`, 'MB')!)}Mi`;
}
