import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { certificateOf, PostgresPlan } from './plan';
import { formatQuantity } from './quantity';
import type { TrustSource } from '../../trust';
import type { PostgresStorage } from '../storage';
import { CertificateAlias } from '../ssl-mode';

/** The container that a volume is for. */
export type ContainerName = 'identity' | 'init' | 'postgres' | 'reloader' | 'exporter';

/** A volume, where it is mounted and by whom; `source` is missing for the data volume claimed by the StatefulSet. */
export interface VolumePlan {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  /** For the password file only: it is written before the containers that mount it start, and never again. */
  readonly subPath?: string;
  readonly users: ReadonlyArray<ContainerName>;
  readonly source?: Omit<k8s.Volume, 'name'>;
}

/**
 * Owner and group may read, nobody else: with fsGroup, root owns the files and PostgreSQL takes a key of root's at 0640 or
 * stricter. Its API default of 0644 would be refused.
 */
const READABLE_BY_GROUP = 0o440;

const EVERYONE: ContainerName[] = ['identity', 'init', 'postgres', 'reloader', 'exporter'];
const SERVER_SIDE: ContainerName[] = ['postgres', 'reloader'];

/** Every volume of the pod. */
export function volumePlans(plan: PostgresPlan, storage: PostgresStorage | undefined): VolumePlan[] {
  const { layout, memoryLimitKib } = plan;
  return [
    {
      name: 'data',
      mountPath: layout.dataMount,
      users: ['init', 'postgres'],
      source: storage?.isDurable === false ? emptyDir(storage.sizeLimit) : undefined,
    },
    ...(storage?.durableOptions?.wal ? [{ name: 'wal', mountPath: layout.walMount, users: ['init', 'postgres'] as const }] : []),
    { name: 'config', mountPath: layout.config, readOnly: true, users: EVERYONE, source: { configMap: { name: plan.names.config, defaultMode: READABLE_BY_GROUP } } },
    ...initScripts(plan),
    ...secretVolumes(plan),
    { name: 'run', mountPath: layout.socket, users: plan.exporter?.tls === false ? [...SERVER_SIDE, 'exporter'] : SERVER_SIDE, source: emptyDir(FEW_FILES) },
    // Archive commands and init scripts may need any amount here: a limit would evict the database.
    { name: 'tmp', mountPath: layout.temporary, users: ['init', 'postgres', 'reloader'], source: emptyDir() },
    ...(plan.passwordFile ? passwordFile(layout) : []),
    // The runtime's own 64 MiB are too small for parallel queries; this one ends at the memory limit, which its pages count against.
    { name: 'shm', mountPath: layout.sharedMemory, users: ['init', 'postgres'], source: emptyDir(memoryLimitKib === undefined ? undefined : Size.kibibytes(memoryLimitKib), 'Memory') },
  ];
}

/** Sockets, lock files, one small file: what takes more has gone wrong. */
const FEW_FILES = Size.mebibytes(16);

function emptyDir(sizeLimit?: Size, medium?: string): Omit<k8s.Volume, 'name'> {
  return { emptyDir: { medium, sizeLimit: sizeLimit && k8s.Quantity.fromString(formatQuantity(sizeLimit)) } };
}

function passwordFile(layout: PostgresPlan['layout']): VolumePlan[] {
  const file = { name: 'identity', source: emptyDir(FEW_FILES) };
  return [
    { ...file, mountPath: layout.identity, users: ['identity'] },
    { ...file, mountPath: '/etc/passwd', subPath: 'passwd', readOnly: true, users: ['init', 'postgres', 'reloader'] },
  ];
}

function initScripts({ init: { scripts }, layout }: PostgresPlan): VolumePlan[] {
  if (!scripts) { return []; }
  const { _source, name } = scripts;
  const source = _source === 'secret' ? { secret: { secretName: name, defaultMode: READABLE_BY_GROUP } } : { configMap: { name, defaultMode: READABLE_BY_GROUP } };
  return [{ name: 'init-scripts', mountPath: layout.initScripts, readOnly: true, users: ['init'], source }];
}

/** Mounted as directories and never optional: kubelet holds the pod until the Secrets exist and swaps renewed files atomically. */
function secretVolumes(plan: PostgresPlan): VolumePlan[] {
  const server = certificateOf(plan, CertificateAlias.SERVER);
  const volumes: VolumePlan[] = [];
  if (server) {
    volumes.push({
      name: 'server-cert', mountPath: plan.layout.serverCertificate, readOnly: true, users: SERVER_SIDE,
      source: { secret: { secretName: server.secretName, defaultMode: READABLE_BY_GROUP } },
    });
  }
  if (plan.clientAuthority) {
    volumes.push({
      name: 'client-ca', mountPath: plan.layout.clientAuthority, readOnly: true, users: SERVER_SIDE,
      // The certificate alone: the server has no business with the key of the CA, or of a client.
      source: authorities(plan.clientAuthorities, plan.clientCaSecretName ?? ''),
    });
  }
  if (plan.exporter?.scraperSecretName !== undefined) {
    volumes.push({
      name: 'scraper-ca', mountPath: plan.layout.scraperAuthority, readOnly: true, users: ['exporter'],
      source: { secret: { secretName: plan.exporter.scraperSecretName, defaultMode: READABLE_BY_GROUP, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    });
  }
  const exporter = certificateOf(plan, CertificateAlias.METRICS_EXPORTER);
  if (server && exporter && plan.exporter?.tls) {
    volumes.push({
      // Its own Secret may hold another authority's ca.crt; the server's key is none of its business.
      name: 'server-ca', mountPath: plan.layout.serverAuthority, readOnly: true, users: ['exporter'],
      source: authorities(plan.serverAuthorities, server.secretName),
    }, {
      name: 'exporter-cert', mountPath: plan.layout.exporterCertificate, readOnly: true, users: ['exporter'],
      source: { secret: { secretName: exporter.secretName, defaultMode: READABLE_BY_GROUP } },
    });
  }
  if (plan.revocationList) {
    const { _source, name, key } = plan.revocationList;
    const items = [{ key, path: key }];
    volumes.push({
      name: 'crl', mountPath: plan.layout.revocationList, readOnly: true, users: SERVER_SIDE,
      source: _source === 'secret' ? { secret: { secretName: name, defaultMode: READABLE_BY_GROUP, items } } : { configMap: { name, defaultMode: READABLE_BY_GROUP, items } },
    });
  }
  if (plan.authSecretName !== undefined) {
    volumes.push({
      name: 'auth', mountPath: plan.layout.authSecret, readOnly: true, users: ['reloader'],
      source: { secret: { secretName: plan.authSecretName, defaultMode: READABLE_BY_GROUP, items: [{ key: 'password', path: 'password' }] } },
    });
  }
  return volumes;
}

/** Certificates of authorities as `ca.crt`, wherever they are from. */
function authorities({ configMapName, secretName, key }: TrustSource, issuedSecretName: string): Omit<k8s.Volume, 'name'> {
  const shown = { defaultMode: READABLE_BY_GROUP, items: [{ key, path: 'ca.crt' }] };
  return configMapName === undefined ? { secret: { secretName: secretName ?? issuedSecretName, ...shown } } : { configMap: { name: configMapName, ...shown } };
}

/** The mounts of one container. */
export function volumeMounts(volumes: ReadonlyArray<VolumePlan>, container: ContainerName): k8s.VolumeMount[] {
  return volumes.filter(({ users }) => users.includes(container)).map(({ name, mountPath, readOnly, subPath }) => ({ name, mountPath, readOnly, subPath }));
}
