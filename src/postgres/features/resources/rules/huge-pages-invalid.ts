import type { DatabaseContext } from '../../../plan/database-context';
import { parameterValue, sharedBuffersKib } from '../../../plan/parameters';
import { kibibytes } from '../../../plan/quantity';
import { Consequence, Rule, when } from '../../../../rules';
import { mebibytes } from './shared';

export const hugePagesInvalid: Rule<DatabaseContext> = {
  id: 'huge-pages-invalid',
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
};
