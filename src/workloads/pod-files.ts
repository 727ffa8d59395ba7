import { posix } from 'node:path';
import { mapping, text } from '../data';
import { ContainerView, FileSource, MountView, PodView, shownData } from '../kubernetes';
import { CertificateNode, IssuanceGraph, producesKey } from '../pki';

/** The default mode of kubelet. */
const DEFAULT_MODE = 0o644;

/** A file in a container that comes from a key of a Secret or ConfigMap. */
export interface PodFile {
  readonly source: FileSource;
  readonly mount: MountView;
  readonly key: string;
  /** The path in the container. */
  readonly path: string;
  /** Permission bits as kubelet sets them; undefined where they are not known. */
  readonly mode: number | undefined;
  /** Whether the process reads a copy of it, made once at the start of the pod. */
  readonly isCopy?: boolean;
}

/** A pod, and the manifests in which its files are. */
export interface PodPlace {
  readonly pod: PodView;
  readonly manifests: IssuanceGraph;
}

/** A Secret that a Certificate of the app writes, in a container. */
export interface CertificateMount {
  readonly certificate: CertificateNode;
  readonly container: ContainerView;
  readonly mount: MountView;
  readonly source: FileSource;
}

/** The file at an absolute path of a container, where it comes from a Secret or ConfigMap. */
export function fileAt({ pod, manifests }: PodPlace, container: ContainerView, path: string): PodFile | undefined {
  if (!path.startsWith('/')) { return undefined; }
  const wanted = posix.normalize(path);
  const mount = container.mounts.reduce<MountView | undefined>((best, candidate) =>
    (`${wanted}/`.startsWith(candidate.folder) && candidate.folder.length > (best?.folder.length ?? 0) ? candidate : best), undefined);
  if (mount === undefined) { return undefined; }
  const inner = posix.join(mount.subPath, wanted.slice(mount.folder.length));
  const files = pod.sources.filter(({ volume }) => volume === mount.volume).flatMap((source) => {
    if (source.items === undefined) { return inner.includes('/') || inner === '.' ? [] : [{ source, mount, key: inner, path: wanted, mode: modeOf(pod, source, undefined) }]; }
    const item = source.items.find(({ path: shown }) => posix.normalize(shown) === inner);
    return item === undefined ? [] : [{ source, mount, key: item.key, path: wanted, mode: modeOf(pod, source, item.mode) }];
  });
  return files.length < 2 ? files[0] : files.find((file) => holds(pod, manifests, file) === true) ?? files.find((file) => holds(pod, manifests, file) === undefined) ?? files[0];
}

/** The names of the files in a folder of a container that come from ConfigMaps of the app: of a mount of the folder, or of mounts in it. */
export function namesBelow({ pod, manifests }: PodPlace, container: ContainerView, folder: string): string[] {
  const names = container.mounts.flatMap((mount) => {
    if (posix.dirname(posix.normalize(mount.mountPath)) === folder) { return [posix.basename(mount.mountPath)]; }
    if (mount.folder !== `${folder}/` || mount.subPath !== '') { return []; }
    return pod.sources.filter(({ volume, kind }) => volume === mount.volume && kind === 'ConfigMap').flatMap(({ items, name }) =>
      items?.map(({ path }) => path) ?? Object.keys(mapping(manifests.find('', 'ConfigMap', pod.at.namespace, name)?.manifest['data'])));
  });
  return [...new Set(names)];
}

/** Every mount of the Secret of a Certificate of the app in a container of the pod. */
export function certificateMounts(pod: PodView, manifests: IssuanceGraph): CertificateMount[] {
  const written = pod.sources.flatMap((source) => {
    const certificate = certificateOf(pod, manifests, source);
    return certificate === undefined ? [] : [{ source, certificate }];
  });
  if (written.length === 0) { return []; }
  return pod.containers.flatMap((container) =>
    container.mounts.flatMap((mount) => written.filter(({ source }) => source.volume === mount.volume).map((part) => ({ ...part, container, mount }))));
}

/** The Certificate that writes the Secret, where it is an object of the app. */
export function certificateOf(pod: PodView, manifests: IssuanceGraph, { kind, name }: FileSource): CertificateNode | undefined {
  return kind === 'Secret' && name !== '' ? manifests.writersOf(pod.at.namespace, name, pod.at)[0] : undefined;
}

/** Whether the private key is among the files, in any format. */
export function showsKey({ items }: FileSource): boolean {
  return items === undefined || items.some(({ key }) => isKeyFile(key));
}

/** Whether a key of the Secret of a Certificate holds the private key. */
export function isKeyFile(key: string): boolean {
  return /^(tls\.key|key\.der|tls-combined\.pem|keystore\.\w+)$/.test(key);
}

/** The permission bits of each mounted file of the Secret of a Certificate, by key. */
export function shownModes(pod: PodView, source: FileSource): ReadonlyArray<readonly [string, number | undefined]> {
  const items = source.items ?? [{ key: 'tls.crt', mode: undefined }, { key: 'tls.key', mode: undefined }];
  return items.map(({ key, mode }) => [key, modeOf(pod, source, mode)] as const);
}

/** The text of a file, where a ConfigMap or Secret among the manifests shows it. */
export function contentOf({ pod, manifests }: PodPlace, { source, key }: PodFile): string | undefined {
  const content = shownData(manifests, pod.at, source.kind, source.name)[key];
  return content === undefined ? undefined : text(content);
}

/** kubelet adds read for owner and group where there is an fsGroup. Source: Kubernetes pkg/volume/volume_linux.go. */
function modeOf(pod: PodView, { defaultMode }: FileSource, itemMode: unknown): number | undefined {
  const given = itemMode ?? defaultMode ?? DEFAULT_MODE;
  if (typeof given !== 'number') { return undefined; }
  return pod.fsGroup === undefined || pod.fsGroup === null ? given : given | 0o440;
}

/** Whether the source has the key; undefined where that is not known. */
function holds(pod: PodView, manifests: IssuanceGraph, { source, key }: PodFile): boolean | undefined {
  if (source.kind === 'ConfigMap') {
    const configMap = manifests.find('', 'ConfigMap', pod.at.namespace, source.name, pod.at);
    return configMap && key in mapping(configMap.manifest['data']);
  }
  const certificate = certificateOf(pod, manifests, source);
  return certificate && producesKey(certificate, key);
}
