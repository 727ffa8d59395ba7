import type { DatabaseContext } from '../../../plan/database-context';
import { formatQuantity, kibibytes } from '../../../plan/quantity';
import { Consequence, Rule, when } from '../../../../rules';
import { Size } from 'cdk8s';
import { LEAST_DATA_KIB } from './shared';

export const ephemeralStorageInvalid: Rule<DatabaseContext> = {
  id: 'ephemeral-storage-invalid',
  code: 'PGTLS-P91',
  title: 'ephemeral storage too small, or larger than its limits allow',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, Local ephemeral storage: a pod that exceeds the limit of an emptyDir or of its containers is evicted, and its emptyDirs are deleted',
  check: ({ props: { storage, resources }, plan: { given: values } }) => {
    if (storage.isDurable) { return []; }
    const { _size: size, _sizeLimit: sizeLimit } = storage;
    const own = resources?.ephemeralStorage?.limit;
    // kubelet adds up the limits of all containers that have one.
    const limit = values.resources.map(([, amounts]) => amounts?.ephemeralStorage?.limit)
      .reduce((sum, amount) => sum + (amount === undefined ? 0 : kibibytes(amount)), 0);
    const given = size === undefined ? [['sizeLimit', sizeLimit] as const] : [['size', size] as const, ['sizeLimit', sizeLimit] as const];
    return [
      ...given.flatMap(([what, amount]) => when(amount !== undefined && kibibytes(amount) > 0 && kibibytes(amount) < LEAST_DATA_KIB,
        () => `storage: ${what} ${formatQuantity(amount!)} is too small for a database`)).slice(0, 1),
      ...when(size !== undefined && kibibytes(sizeLimit!) < kibibytes(size), () => `storage: sizeLimit ${formatQuantity(sizeLimit!)} is below size ${formatQuantity(size!)}`),
      ...when(own !== undefined && sizeLimit !== undefined && limit < kibibytes(sizeLimit),
        () => `storage: sizeLimit is ${formatQuantity(sizeLimit!)}, but resources limit ephemeral storage to ${formatQuantity(Size.kibibytes(limit))}`),
    ];
  },
  fix: 'use at least 256Mi, a sizeLimit that is not below size, and an ephemeral storage limit with room for the data and temporary files',
};
