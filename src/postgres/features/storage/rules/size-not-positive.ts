import type { DatabaseContext } from '../../../plan/database-context';
import { formatQuantity, kibibytes } from '../../../plan/quantity';
import { Consequence, Rule, when } from '../../../../rules';

export const sizeNotPositive: Rule<DatabaseContext> = {
  id: 'size-not-positive',
  code: 'PGTLS-P09',
  title: 'storage or memory size not positive',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, Quantity',
  check: ({ props: { storage, resources } }) => {
    const sizes = {
      'storage size': storage._durableOptions?.size ?? storage._sizeLimit,
      'storage size (request)': storage._size === storage._sizeLimit ? undefined : storage._size,
      'storage wal size': storage._durableOptions?.wal?.size,
      'memory request': resources?.memory?.request,
      'memory limit': resources?.memory?.limit,
    };
    return [
      ...Object.entries(sizes).flatMap(([what, size]) => when(size !== undefined && !(kibibytes(size) > 0 && Number.isFinite(kibibytes(size))), () => `${what} ${formatQuantity(size!)} is not positive and finite`)),
    ];
  },
  fix: 'use a size greater than zero',
};
