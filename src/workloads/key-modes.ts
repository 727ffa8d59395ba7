import { posix } from 'node:path';
import type { ClientView } from './client-view';
import type { PodContext } from './pod-context';
import { CertificateMount, PodFile, shownModes } from './pod-files';
import { imageName, isServerImage } from './server-image';
import type { ServerView } from './server-view';
import { mapping, Mapping, memoizeByObject } from '../data';
import { ContainerView, FileSource } from '../kubernetes';

/** A file that a process of a container must be able to read. */
export interface ReadFile {
  readonly container: ContainerView;
  readonly source: FileSource;
  readonly key: string;
  readonly mode: number;
  /** The path in the container. */
  readonly path: string;
  /** The client that reads it, where it is a client. */
  readonly client?: ClientView;
}

/**
 * The private keys that PostgreSQL or libpq reads: those that settings name, or else the key of the only Certificate that a server
 * mounts.
 */
export function postgresKeys(context: PodContext): ReadFile[] {
  const named = [
    // PgBouncer does not check the mode.
    ...context.servers.filter(({ isPooler }) => !isPooler).flatMap(({ container, keyFile }) => (keyFile?.source.kind === 'Secret' ? readFile(container, keyFile) : [])),
    ...context.clients.filter(({ isLibpq }) => isLibpq).flatMap((client) =>
      (client.keyFile?.source.kind === 'Secret' ? readFile(client.container, client.keyFile).map((file) => ({ ...file, client })) : [])),
  ];
  const presumed = context.servers.flatMap(({ container, presumedMounts }) => presumedMounts.flatMap((mounted) =>
    mountedFiles(context, container, mounted).filter(({ key }) => key === 'tls.key')));
  return [...named, ...presumed];
}

/** Files of Certificates that the container cannot read, because root owns them and no fsGroup gives them another group. */
export const unreadable = memoizeByObject((context: PodContext): ReadonlyArray<ReadFile> =>
  withoutGroup(context).filter(({ container }) => !leavesUserToPlatform(context, container)));

/** The same for containers that leave UID and groups to the platform: OpenShift admission sets them, and the files are readable there. */
export function platformReadable(context: PodContext): ReadFile[] {
  return withoutGroup(context).filter(({ container }) => leavesUserToPlatform(context, container));
}

/** Whether runAsNonRoot is set without a user and group: the form that the restricted SCC of OpenShift completes. */
function leavesUserToPlatform({ pod }: PodContext, container: ContainerView): boolean {
  const security: Mapping = { ...mapping(pod.spec['securityContext']), ...mapping(container.spec['securityContext']) };
  return security['runAsNonRoot'] === true && ['runAsUser', 'runAsGroup', 'supplementalGroups'].every((key) => security[key] === undefined || security[key] === null);
}

function withoutGroup(context: PodContext): ReadFile[] {
  const { pod } = context;
  if (pod.fsGroup !== undefined && pod.fsGroup !== null) { return []; }
  const ofServers = context.servers.flatMap((server) => serverFiles(context, server));
  const ofOthers = context.mounts.filter(({ container }) => serverIn(context, container) === undefined).flatMap((mounted) =>
    mountedFiles(context, mounted.container, mounted));
  return [...ofServers, ...ofOthers].filter(({ container, mode }) => {
    const process = processOf(context, container);
    // A file that others may read is readable; PGTLS-F01 reports that PostgreSQL rejects such a key.
    return process.isNotRoot && (mode & 0o004) === 0 && ((mode & 0o040) === 0 || process.isInAnotherGroup);
  });
}

function serverFiles(context: PodContext, server: ServerView): ReadFile[] {
  const { container, presumedMounts } = server;
  const named = [server.certificateFile, server.keyFile].flatMap((file) => (file?.source.kind === 'Secret' ? readFile(container, file) : []));
  const presumed = presumedMounts.flatMap((mounted) => mountedFiles(context, container, mounted));
  return [...named, ...presumed];
}

function readFile(container: ContainerView, { source, key, mode, path }: PodFile): ReadFile[] {
  return mode === undefined ? [] : [{ container, source, key, mode, path }];
}

/** The files of the Secret of a Certificate in a container. */
function mountedFiles({ pod }: PodContext, container: ContainerView, { source, mount }: CertificateMount): ReadFile[] {
  return shownModes(pod, source).flatMap(([key, mode]) => {
    const shown = source.items?.find((item) => item.key === key)?.path ?? key;
    return mode === undefined ? [] : [{ container, source, key, mode, path: mount.subPath === '' ? posix.join(mount.mountPath, shown) : mount.mountPath }];
  });
}

/** The server of a container, where its image is known: then also which files it reads, and as which user. */
function serverIn({ servers }: PodContext, container: ContainerView): ServerView | undefined {
  return servers.find((server) => server.container === container && server.isKnownImage);
}

/** The user and group of the process of a container, as far as they are certain. */
function processOf(context: PodContext, container: ContainerView): { readonly isNotRoot: boolean; readonly isInAnotherGroup: boolean } {
  const podContext = mapping(context.pod.spec['securityContext']);
  const security = { ...podContext, ...mapping(container.spec['securityContext']) };
  const { runAsUser, runAsGroup, runAsNonRoot, supplementalGroups } = security as Record<string, unknown>;
  const server = serverIn(context, container);
  // Its user 26 is in group 0; on OpenShift, for which it is made, the platform sets UID and fsGroup.
  const isSclorg = server?.program.layout === 'sclorg';
  // The official images use 999 (Debian) and 70 (Alpine), and change from root to that user.
  const hasOwnGroup = server !== undefined && isServerImage(container.image) && imageName(container.image) === 'postgres'
    && [undefined, 0, 70, 999].includes(runAsUser as number | undefined);
  const group = server !== undefined && runAsUser === 0 ? undefined : runAsGroup;
  return {
    isNotRoot: (server !== undefined && !isSclorg) || (typeof runAsUser === 'number' ? runAsUser !== 0 : runAsNonRoot === true),
    isInAnotherGroup: !(isSclorg && [undefined, 26].includes(runAsUser as number | undefined)) && (typeof group === 'number' ? group !== 0 : hasOwnGroup && group === undefined)
      && !(Array.isArray(supplementalGroups) && supplementalGroups.includes(0)),
  };
}

