import { DeletionPolicy } from './deletion-policy';
import type { DatabaseContext } from '../../plan/database-context';
import { formatQuantity, kibibytes } from '../../plan/quantity';
import { dnsSubdomainError } from '../../../formats';
import { Consequence, Rule, when } from '../../../rules';
import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';

/** What is proven about where the data lives, and about the sizes of storage and memory. */
export const STORAGE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P09',
    title: 'storage or memory that cannot be',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Quantity',
    check: ({ props: { storage, resources } }) => {
      const sizes = {
        'storage size': storage.durableOptions?.size ?? storage.sizeLimit,
        'storage size to set aside': storage._size === storage.sizeLimit ? undefined : storage._size,
        'storage wal size': storage.durableOptions?.wal?.size,
        'memory request': resources?.memory?.request,
        'memory limit': resources?.memory?.limit,
      };
      return [
        ...Object.entries(sizes).flatMap(([what, size]) => when(size !== undefined && !(kibibytes(size) > 0 && Number.isFinite(kibibytes(size))), () => `${what} ${formatQuantity(size!)} is not positive and finite`)),
      ];
    },
    fix: 'give sizes above zero',
  },
  {
    code: 'PGTLS-P35',
    title: 'a deletion policy that a manifest cannot keep',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, persistentVolumeClaimRetentionPolicy',
    check: ({ props: { deletionPolicy, storage } }) => [
      ...when(deletionPolicy === DeletionPolicy.DO_NOT_TERMINATE, () => "deletionPolicy 'DoNotTerminate' cannot be said in a manifest"),
      ...when(deletionPolicy === DeletionPolicy.HALT && storage?.isDurable === false, () => "deletionPolicy 'Halt' promises to keep data that ephemeral storage loses with the pod"),
    ],
    fix: 'use durable storage with Halt; protect objects with your GitOps tool (Argo CD: Prune=false, Delete=false; Flux: kustomize.toolkit.fluxcd.io/prune: disabled)',
  },
  {
    code: 'PGTLS-P50',
    title: 'a source for the data or for its WAL, and none for the other',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, File System Level Backup: a snapshot without the WAL of the same moment does not start',
    check: ({ props: { storage } }) => {
      const { dataSource, wal } = storage?.durableOptions ?? {};
      return [
        ...when(dataSource !== undefined && wal !== undefined && wal.dataSource === undefined, () => `storage: the data comes from ${dataSource!.kind} '${dataSource!.name}', and wal has no dataSource`),
        ...when(dataSource === undefined && wal?.dataSource !== undefined, () => `storage: the WAL comes from ${wal!.dataSource!.kind} '${wal!.dataSource!.name}', and the data has no dataSource`),
      ];
    },
    fix: 'give both the snapshots of one moment (a VolumeGroupSnapshot), or neither',
  },
  {
    code: 'PGTLS-P88',
    title: 'storage that cannot hold a database',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Persistent Volumes; initdb needs about 40 MB and writes WAL beside it',
    check: ({ props: { storage } }) => {
      const { durableOptions: data } = storage ?? {};
      const claims = data === undefined ? [] : [['storage', data] as const, ...(data.wal ? [['storage wal', data.wal] as const] : [])];
      return claims.flatMap(([what, { size, storageClassName, accessMode }]) => {
        const fault = storageClassName === undefined ? undefined : dnsSubdomainError(storageClassName);
        const kib = kibibytes(size);
        return [
          ...when(accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY, () => `${what}: accessMode ReadOnlyMany lets nobody write`),
          ...when(fault !== undefined, () => `${what}: storageClassName '${storageClassName}' ${fault}`),
          ...when(kib > 0 && kib < (what === 'storage' ? LEAST_DATA_KIB : LEAST_WAL_KIB), () => `${what}: ${formatQuantity(size)} is too small for a database`),
        ];
      });
    },
    fix: 'give at least 256Mi for data and 64Mi for WAL, a mode that can write, and the name of a StorageClass',
  },
  {
    code: 'PGTLS-P91',
    title: 'ephemeral storage that ends before its size',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, Local ephemeral storage: a pod that uses more than an emptyDir or its containers may is evicted, and an emptyDir goes with it',
    check: ({ props: { storage, resources }, plan: { given: values } }) => {
      if (storage.isDurable) { return []; }
      const { _size: size, sizeLimit } = storage;
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
          () => `storage: the data may take ${formatQuantity(sizeLimit!)}, and resources allow ${formatQuantity(Size.kibibytes(limit))} of ephemeral storage`),
      ];
    },
    fix: 'give at least 256Mi, a sizeLimit of at least size, and a limit for ephemeral storage that leaves room for temporary files beside the data',
  },
];

const LEAST_DATA_KIB = 256 * 1024;
const LEAST_WAL_KIB = 64 * 1024;
