import type { DatabaseContext } from '../../../plan/database-context';
import { formatQuantity, kibibytes } from '../../../plan/quantity';
import { dnsSubdomainError } from '../../../../formats';
import { Consequence, Rule, when } from '../../../../rules';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { LEAST_DATA_KIB } from './shared';

const LEAST_WAL_KIB = 64 * 1024;

export const storageInvalid: Rule<DatabaseContext> = {
  id: 'storage-invalid',
  code: 'PGTLS-P88',
  title: 'storage too small, read-only or with an invalid StorageClass name',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Persistent Volumes; initdb needs about 40 MB, and space for WAL',
  check: ({ props: { storage } }) => {
    const { _durableOptions: data } = storage ?? {};
    const claims = data === undefined ? [] : [['storage', data] as const, ...(data.wal ? [['storage wal', data.wal] as const] : [])];
    return claims.flatMap(([what, { size, storageClassName, accessMode }]) => {
      const fault = storageClassName === undefined ? undefined : dnsSubdomainError(storageClassName);
      const kib = kibibytes(size);
      return [
        ...when(accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY, () => `${what}: accessMode ReadOnlyMany is read-only`),
        ...when(fault !== undefined, () => `${what}: storageClassName '${storageClassName}' ${fault}`),
        ...when(kib > 0 && kib < (what === 'storage' ? LEAST_DATA_KIB : LEAST_WAL_KIB), () => `${what}: ${formatQuantity(size)} is too small for a database`),
      ];
    });
  },
  fix: 'use at least 256Mi for data and 64Mi for WAL, an accessMode that allows writing, and a valid StorageClass name',
};
