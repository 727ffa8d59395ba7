import { Size } from 'cdk8s';
import { LEAST_DATA_KIB } from './least-data';
import type { DatabaseContext } from '../../../plan/database-context';
import { formatQuantity, kibibytes } from '../../../plan/quantity';
import { Consequence, kubernetesPage, type Rule } from '../../../../rules';

export const ephemeralStorageInvalid: Rule<DatabaseContext> = {
  id: 'ephemeral-storage-invalid',
  code: 'PGTLS-P91',
  title: 'ephemeral storage too small, or larger than its limits allow',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [kubernetesPage(
    'concepts/storage/ephemeral-storage/', 'Local ephemeral storage',
    'a pod that exceeds the limit of an emptyDir or of its containers is evicted, and its emptyDirs are deleted',
  )],
  check: ({ props: { storage, resources }, plan: { given } }, report) => {
    if (storage.isDurable) { return; }
    const { _size: size, _sizeLimit: sizeLimit } = storage;
    // kubelet adds up the limits of all containers that have one.
    const limit = given.resources.map(([, amounts]) => amounts?.ephemeralStorage?.limit)
      .reduce((sum, amount) => sum + (amount === undefined ? 0 : kibibytes(amount)), 0);
    const small = Object.entries({ size, sizeLimit }).find(([, amount]) => amount !== undefined && kibibytes(amount) > 0 && kibibytes(amount) < LEAST_DATA_KIB);
    if (small !== undefined) { report(`storage.${small[0]}`, `storage: ${small[0]} ${formatQuantity(small[1]!)} is too small for a database`); }
    if (sizeLimit === undefined) { return; }
    if (size !== undefined && kibibytes(sizeLimit) < kibibytes(size)) {
      report('storage.sizeLimit', `storage: sizeLimit ${formatQuantity(sizeLimit)} is below size ${formatQuantity(size)}`);
    }
    if (resources?.ephemeralStorage?.limit !== undefined && limit < kibibytes(sizeLimit)) {
      report('resources.ephemeralStorage.limit',
        `storage: sizeLimit is ${formatQuantity(sizeLimit)}, but resources limit ephemeral storage to ${formatQuantity(Size.kibibytes(limit))}`);
    }
  },
  fix: 'use at least 256Mi, a sizeLimit that is not below size, and an ephemeral storage limit with room for the data and temporary files',
};
