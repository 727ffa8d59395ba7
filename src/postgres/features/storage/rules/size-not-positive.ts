import type { DatabaseContext } from '../../../plan/database-context';
import { formatQuantity, kibibytes } from '../../../plan/quantity';
import { Consequence, kubernetesFile, type Rule } from '../../../../rules';

export const sizeNotPositive: Rule<DatabaseContext> = {
  id: 'size-not-positive',
  code: 'PGTLS-P09',
  title: 'storage or memory size not positive',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesFile('pkg/apis/core/validation/validation.go', 'ValidatePersistentVolumeClaimSpec: the size of a volume claim is greater than zero')],
  check: ({ props: { storage, resources } }, report) => {
    const { _durableOptions: durableOptions, _sizeLimit: sizeLimit, _size: request } = storage;
    const isLimit = durableOptions === undefined && request !== sizeLimit;
    const sizes = [
      [isLimit ? 'storage.sizeLimit' : 'storage.size', 'storage size', durableOptions?.size ?? sizeLimit],
      ['storage.size', 'storage size (request)', isLimit ? request : undefined],
      ['storage.wal.size', 'storage wal size', durableOptions?.wal?.size],
      ['resources.memory.request', 'memory request', resources?.memory?.request],
      ['resources.memory.limit', 'memory limit', resources?.memory?.limit],
    ] as const;
    for (const [field, what, size] of sizes) {
      if (size !== undefined && !(kibibytes(size) > 0 && Number.isFinite(kibibytes(size)))) { report(field, `${what} ${formatQuantity(size)} is not positive and finite`); }
    }
  },
  fix: 'use a size greater than zero',
};
