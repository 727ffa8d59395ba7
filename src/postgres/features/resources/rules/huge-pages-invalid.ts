import type { DatabaseContext } from '../../../plan/database-context';
import { parameterValue, sharedBuffersKib } from '../../../plan/parameters';
import { formatMebibytes, kibibytes } from '../../../plan/quantity';
import { Consequence, kubernetesPage, postgresPage, type Rule } from '../../../../rules';

export const hugePagesInvalid: Rule<DatabaseContext> = {
  id: 'huge-pages-invalid',
  code: 'PGTLS-P29',
  title: 'huge pages not a multiple of the page size, or too small for shared_buffers',
  consequence: Consequence.NEVER_READY,
  sources: [
    postgresPage('kernel-resources.html#LINUX-HUGE-PAGES', 'Linux Huge Pages'),
    kubernetesPage('tasks/manage-hugepages/scheduling-hugepages/', 'Manage HugePages', 'whole pages only'),
  ],
  check: ({ props: { hugePages }, plan }, report) => {
    if (!hugePages) { return; }
    const amount = kibibytes(hugePages.amount);
    const page = { '2Mi': 2048, '1Gi': 1_048_576 }[hugePages.pageSize]!;
    if (!(amount > 0) || amount % page !== 0) {
      report('hugePages.amount', `hugePages of ${formatMebibytes(amount)} is not a positive multiple of the page size ${hugePages.pageSize}`);
    }
    if (sharedBuffersKib(plan) >= amount) {
      report('hugePages.amount', `hugePages of ${formatMebibytes(amount)} is too small for shared_buffers ${parameterValue(plan, 'shared_buffers')} and other shared memory`);
    }
  },
  fix: 'use a larger multiple of the page size; `postgres -C shared_memory_size_in_huge_pages` shows how many pages a server needs',
};
