import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { formatQuantity } from './quantity';
import type { Ranked } from './rank';
import type { TrustSource } from '../../trust';

/** A volume, where it is mounted and by whom; a volume that is mounted in two places has two entries. */
export interface VolumePlan extends Ranked {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  /** For the password file only: it is written before the containers that mount it start, and never again. */
  readonly subPath?: string;
  /** Names of containers. */
  readonly users: ReadonlyArray<string> | 'all';
  /** Undefined for a volume that is claimed. */
  readonly source?: VolumeSource;
}

export type VolumeSource = Omit<k8s.Volume, 'name'>;

/** The containers of the server and of its reloader. */
export const SERVER_SIDE: ReadonlyArray<string> = ['postgres', 'reloader'];

/**
 * Only owner and group may read: with fsGroup, root owns the files, and PostgreSQL accepts a key file of root with mode 0640 or
 * stricter. It rejects 0644, the default of the API.
 */
export const READABLE_BY_GROUP = 0o440;

/** Sockets, lock files, one small file: what takes more has gone wrong. */
export const FEW_FILES = Size.mebibytes(16);

export function emptyDir(sizeLimit?: Size, medium?: string): VolumeSource {
  return { emptyDir: { medium, sizeLimit: sizeLimit && k8s.Quantity.fromString(formatQuantity(sizeLimit)) } };
}

/**
 * A Secret, all of it or some keys, mounted as a directory and never optional: kubelet holds the pod until the Secret exists and swaps
 * renewed files atomically.
 */
export function secretSource(secretName: string, items?: k8s.KeyToPath[]): VolumeSource {
  return { secret: { secretName, defaultMode: READABLE_BY_GROUP, items } };
}

export function configMapSource(name: string, items?: k8s.KeyToPath[]): VolumeSource {
  return { configMap: { name, defaultMode: READABLE_BY_GROUP, items } };
}

/** Several ConfigMaps in one directory. */
export function configMapsSource(names: ReadonlyArray<string>): VolumeSource {
  return { projected: { defaultMode: READABLE_BY_GROUP, sources: names.map((name) => ({ configMap: { name } })) } };
}

/** Certificates of CAs as `ca.crt`, wherever they are from. */
export function caSource({ configMapName, secretName, key }: TrustSource, issuedSecretName: string): VolumeSource {
  const items = [{ key, path: 'ca.crt' }];
  return configMapName === undefined ? secretSource(secretName ?? issuedSecretName, items) : configMapSource(configMapName, items);
}
