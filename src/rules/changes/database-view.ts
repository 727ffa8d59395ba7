import { posix } from 'node:path';
import { canonical } from './canonical';
import { type InitialSetting, initializationOf } from './initialization';
import { mapping, type Mapping, mappings, memoizeByObject, text } from '../../data';
import { imageMajor } from '../../formats';
import { type ContainerView, displayName, environmentOf, type Manifest, type PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { isDatabaseImage, type ServerView, Workloads } from '../../workloads';

/** The kinds of workload that keep a database. */
const KINDS = new Set(['apps/StatefulSet', 'apps/Deployment']);

/** The location of a data directory without a mounted volume. */
export const CONTAINER_FILESYSTEM = 'the filesystem of the container';

/** Data directories of PostgreSQL images. */
const DATA_DIRECTORIES = ['/var/lib/postgresql/', '/bitnami/postgresql/'];

/** A volume of a pod, identified by its object in the cluster. */
export interface VolumeView {
  /** Its place in the manifest of the workload. */
  readonly field: string;
  /** For example `volume claim 'data'`, as messages name it. */
  readonly description: string;
  /** Equal for the same volume: a claim by its name in the cluster, whether a StatefulSet or another manifest creates it. */
  readonly key: string;
  /** Whether its content outlives the pod. */
  readonly isDurable: boolean;
}

/** Where a server keeps its data directory: the volume, and the path on it. */
export interface DataLocation extends VolumeView {
  readonly path: string;
}

/** A StatefulSet or Deployment and its settings for data, for the currently applied and for the new manifests. */
export class DatabaseView {
  /** Every workload that may keep a database, by its manifest. */
  public static readonly of = memoizeByObject((manifests: IssuanceGraph): ReadonlyMap<Manifest, DatabaseView> => new Map(
    manifests.pods.filter(({ at }) => KINDS.has(`${at.group}/${at.kind}`)).map((pod) => [pod.at, new DatabaseView(pod, manifests)])));

  /** The container that runs PostgreSQL, where one can be seen. */
  private readonly container: ContainerView | undefined;
  private readonly server: ServerView | undefined;
  /** The variables of all containers: init containers also use the location of the data. */
  private readonly environment: ReadonlyMap<string, string>;

  private constructor(public readonly pod: PodView, private readonly manifests: IssuanceGraph) {
    this.server = Workloads.of(manifests).serversOf(pod)[0];
    const running = pod.containers.filter(({ isInit }) => !isInit);
    const isDatabase = (container: ContainerView) => isDatabaseContainer(container) || environmentOf(pod, container, manifests).has('PGDATA');
    this.container = this.server?.container ?? running.find(isDatabase);
    const inner = pod.containers.filter((container) => container !== this.container);
    const variables = [...inner, ...(this.container ? [this.container] : [])].map((container) => environmentOf(pod, container, manifests));
    this.environment = new Map(variables.flatMap((known) => [...known]));
  }

  public get at(): Manifest {
    return this.pod.at;
  }

  public get isStatefulSet(): boolean {
    return this.at.kind === 'StatefulSet';
  }

  /** Whether it visibly runs PostgreSQL. */
  public get isPostgres(): boolean {
    return this.container !== undefined;
  }

  /** `StatefulSet 'db'`. */
  public get called(): string {
    return displayName(this.at);
  }

  /** The claim templates of the StatefulSet, by name. */
  public get claims(): ReadonlyMap<string, Mapping> {
    return new Map(mappings(this.at.spec['volumeClaimTemplates']).map((claim) => [text(mapping(claim['metadata'])['name']), claim]));
  }

  /** The place of a claim template in the manifest. */
  public claimField(name: string): string {
    return `spec.volumeClaimTemplates[${[...this.claims.keys()].indexOf(name)}]`;
  }

  /** The place of the image of the server; empty where no server can be seen. */
  public get imageField(): string {
    return this.container === undefined ? '' : `${this.container.field}.image`;
  }

  /** Whether it has data that outlives its pods: claim templates, or a data directory on a durable volume. */
  public get isDurable(): boolean {
    return this.claims.size > 0 || (this.data?.isDurable ?? false);
  }

  /** The major version of PostgreSQL, from the variables or the image tag. */
  public get major(): string | undefined {
    return this.environment.get('POSTGRES_MAJOR') ?? this.environment.get('PG_MAJOR') ?? (this.container && imageMajor(this.container.image));
  }

  /** Where the data directory is; undefined where no server can be seen. */
  public get data(): DataLocation | undefined {
    return this.container && this.locate(this.container, this.dataDirectory);
  }

  /** The volume of the write-ahead log; undefined where the log is in the data directory. */
  public get walVolume(): VolumeView | undefined {
    const directory = this.environment.get('WAL_DIRECTORY') ?? this.environment.get('POSTGRES_INITDB_WALDIR');
    return directory === undefined || this.container === undefined ? undefined : this.locate(this.container, directory);
  }

  /** Whether the server has TLS enabled; undefined where the setting is not visible. */
  public get tls(): boolean | undefined {
    return this.server?.tls;
  }

  /** The place of the setting that enables TLS; empty where no server can be seen. */
  public get tlsField(): string {
    return this.server?.fieldOf('ssl') ?? '';
  }

  /** The settings for the creation of a data directory, by name. */
  public get initialization(): ReadonlyMap<string, InitialSetting> {
    return initializationOf(this.pod, this.container, this.manifests);
  }

  /** The retention policy of the claims when the StatefulSet is deleted and when it is scaled down. */
  public get retention(): { readonly whenDeleted: string; readonly whenScaled: string } {
    const { whenDeleted, whenScaled } = mapping(this.at.spec['persistentVolumeClaimRetentionPolicy']);
    return { whenDeleted: text(whenDeleted) || 'Retain', whenScaled: text(whenScaled) || 'Retain' };
  }

  /** The claims that the pod uses and the StatefulSet does not create. */
  public get claimNames(): string[] {
    const claims = mappings(this.pod.spec['volumes']).map(({ persistentVolumeClaim }) => text(mapping(persistentVolumeClaim)['claimName']));
    return claims.filter((name) => name !== '');
  }

  /** The volume with a name in the pod. */
  public volume(name: string): VolumeView {
    if (this.claims.has(name)) { return { field: this.claimField(name), description: `volume claim '${name}'`, key: `claim ${name}-${this.at.name}-0`, isDurable: true }; }
    const volumes = mappings(this.pod.spec['volumes']);
    const index = volumes.findIndex((volume) => text(volume['name']) === name);
    const field = this.pod.fieldOf(index < 0 ? 'volumes' : `volumes[${index}]`);
    const { name: _, ...source } = volumes[index] ?? {};
    const { persistentVolumeClaim, emptyDir, ephemeral } = source as Mapping;
    const { claimName } = mapping(persistentVolumeClaim);
    const claim = text(claimName);
    if (claim !== '') { return { field, description: `volume claim '${claim}' created elsewhere`, key: `claim ${claim}`, isDurable: true }; }
    if (emptyDir !== undefined) { return { field, description: 'an emptyDir', key: 'emptyDir', isDurable: false }; }
    if (ephemeral !== undefined) { return { field, description: 'an ephemeral volume', key: 'ephemeral', isDurable: false }; }
    return { field, description: `volume ${JSON.stringify(source)}`, key: canonical(source), isDurable: Object.keys(source).length > 0 };
  }

  /** Whether the server's container mounts a volume. */
  public mounts({ key }: VolumeView): boolean {
    return this.container?.mounts.some(({ volume }) => this.volume(volume).key === key) ?? false;
  }

  /** Whether the pod has a volume, in whichever container. */
  public has({ key }: VolumeView): boolean {
    const names = [...this.claims.keys(), ...mappings(this.pod.spec['volumes']).map(({ name }) => text(name))];
    return names.some((name) => this.volume(name).key === key);
  }

  private get dataDirectory(): string {
    const { server } = this;
    if (server !== undefined && server.program.layout !== 'official' && server.dataDirectory !== '') { return server.dataDirectory; }
    const configured = server?.setting('data_directory') ?? this.environment.get('PGDATA');
    if (configured !== undefined) { return configured; }
    const { mounts, image } = this.container!;
    if (mounts.some(({ folder }) => folder.startsWith('/bitnami/'))) { return '/bitnami/postgresql/data'; }
    const major = imageMajor(image);
    return Number(major ?? 0) >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data';
  }

  private locate({ field, mounts }: ContainerView, directory: string): DataLocation {
    const folder = posix.normalize(`${directory}/`);
    const [mount] = mounts.filter((candidate) => folder.startsWith(candidate.folder)).sort((a, b) => b.folder.length - a.folder.length);
    if (mount === undefined) { return { field: `${field}.volumeMounts`, description: CONTAINER_FILESYSTEM, key: CONTAINER_FILESYSTEM, isDurable: false, path: folder }; }
    return { ...this.volume(mount.volume), path: posix.normalize(`/${mount.subPath}/${folder.slice(mount.folder.length)}/`) };
  }
}

function isDatabaseContainer({ image, mounts }: ContainerView): boolean {
  return isDatabaseImage(image) || mounts.some(({ folder }) => DATA_DIRECTORIES.some((directory) => folder.startsWith(directory)));
}
