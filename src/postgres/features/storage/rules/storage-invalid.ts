import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { LEAST_DATA_KIB } from './least-data';
import type { DatabaseContext } from '../../../plan/database-context';
import { formatQuantity, kibibytes } from '../../../plan/quantity';
import { dnsSubdomainError } from '../../../../formats';
import { Consequence, kubernetesPage, type Rule, source } from '../../../../rules';

const LEAST_WAL_KIB = 64 * 1024;

export const storageInvalid: Rule<DatabaseContext> = {
  id: 'storage-invalid',
  code: 'PGTLS-P88',
  title: 'storage too small, read-only or with an invalid StorageClass name',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('concepts/storage/persistent-volumes/', 'Persistent Volumes'),
    source('this package: initdb needs about 40 MB, and space for WAL'),
  ],
  check: ({ props: { storage: { _durableOptions: data } } }, report) => {
    const claims = data === undefined ? [] : [['storage', 'storage', data] as const, ...(data.wal ? [['storage.wal', 'storage wal', data.wal] as const] : [])];
    for (const [property, what, { size, storageClassName, accessMode }] of claims) {
      const fault = storageClassName === undefined ? undefined : dnsSubdomainError(storageClassName);
      const kib = kibibytes(size);
      if (accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY) { report(`${property}.accessMode`, `${what}: accessMode ReadOnlyMany is read-only`); }
      if (fault !== undefined) { report(`${property}.storageClassName`, `${what}: storageClassName '${storageClassName}' ${fault}`); }
      if (kib > 0 && kib < (property === 'storage' ? LEAST_DATA_KIB : LEAST_WAL_KIB)) { report(`${property}.size`, `${what}: ${formatQuantity(size)} is too small for a database`); }
    }
  },
  fix: 'use at least 256Mi for data and 64Mi for WAL, an accessMode that allows writing, and a valid StorageClass name',
};
