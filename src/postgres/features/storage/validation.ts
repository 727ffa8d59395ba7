import { DeletionPolicy } from './deletion-policy';
import type { DatabaseContext } from '../../plan/database-context';
import { formatQuantity, kibibytes } from '../../plan/quantity';
import { dnsSubdomainError } from '../../../formats';
import { Consequence, Rule, when } from '../../../rules';
import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';

/** Rules for storage, and for the sizes of storage and memory. */
export const STORAGE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
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
  },
  {
    code: 'PGTLS-P35',
    title: 'deletion policy Halt with ephemeral storage',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, Volumes, emptyDir: deleted with the pod',
    check: ({ props: { deletionPolicy, storage } }) => when(deletionPolicy === DeletionPolicy.HALT && storage?.isDurable === false,
      () => "deletionPolicy 'Halt' keeps the data, but ephemeral storage is deleted with the pod"),
    fix: 'use durable storage, or remove deletionPolicy',
  },
  {
    code: 'PGTLS-P50',
    title: 'dataSource set for the data or for the WAL, but not for both',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, File System Level Backup: a snapshot without the WAL of the same moment does not start',
    check: ({ props: { storage } }) => {
      const { dataSource, wal } = storage?._durableOptions ?? {};
      return [
        ...when(dataSource !== undefined && wal !== undefined && wal.dataSource === undefined, () => `storage: the data has the dataSource ${dataSource!.kind} '${dataSource!.name}', but wal has no dataSource`),
        ...when(dataSource === undefined && wal?.dataSource !== undefined, () => `storage: wal has the dataSource ${wal!.dataSource!.kind} '${wal!.dataSource!.name}', but the data has no dataSource`),
      ];
    },
    fix: 'set both to snapshots of the same point in time (a VolumeGroupSnapshot), or neither',
  },
  {
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
  },
  {
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
  },
];

const LEAST_DATA_KIB = 256 * 1024;
const LEAST_WAL_KIB = 64 * 1024;
