import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { checkArguments } from '../../../checks';

/** Content that a new volume is created from. */
export class VolumeDataSource {
  /** A VolumeSnapshot of the same namespace. */
  public static volumeSnapshot(name: string): VolumeDataSource {
    checkArguments('VolumeDataSource.volumeSnapshot', name);
    return new VolumeDataSource('VolumeSnapshot', name, 'snapshot.storage.k8s.io');
  }

  /** A volume claim of the same namespace, which is cloned. */
  public static volumeClaim(name: string): VolumeDataSource {
    checkArguments('VolumeDataSource.volumeClaim', name);
    return new VolumeDataSource('PersistentVolumeClaim', name);
  }

  private constructor(
    /** Kind of the source. */
    public readonly kind: string,
    /** Name of the source. */
    public readonly name: string,
    /**
     * API group of the source.
     *
     * @default - the core group
     */
    public readonly apiGroup?: string,
  ) {}
}

/** A volume claim. */
export interface VolumeClaimOptions {
  /** Requested size. */
  readonly size: Size;

  /**
   * Name of the StorageClass.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * Access mode of the volume claim.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Content that the volume is created from.
   *
   * @default - none: an empty volume
   */
  readonly dataSource?: VolumeDataSource;
}

/** Options of durable storage. */
export interface DurableStorageOptions extends VolumeClaimOptions {
  /**
   * A separate volume for the write-ahead log (WAL). For a new database only: `init` refuses existing data whose WAL is elsewhere.
   *
   * @default - the WAL is on the data volume
   */
  readonly wal?: VolumeClaimOptions;
}

/** Options of ephemeral storage. */
export interface EphemeralStorageOptions {
  /**
   * Disk space of the node that is reserved for the data, in the `ephemeral-storage` request of the pod, and the maximum size of the data unless
   * `sizeLimit` is larger.
   *
   * @default - `sizeLimit`, otherwise 256Mi, the size of a new database with its first WAL
   */
  readonly size?: Size;

  /**
   * Maximum size of the data. Beyond it the pod is evicted and the data is lost.
   *
   * @default - `size`; no limit if neither is given
   */
  readonly sizeLimit?: Size;
}

/** Storage of the data: durable or ephemeral. */
export class PostgresStorage {
  /** A PersistentVolume, which stays when the database is deleted unless `deletionPolicy` deletes it. */
  public static durable(options: DurableStorageOptions): PostgresStorage {
    checkArguments('PostgresStorage.durable', options);
    return new PostgresStorage(options, undefined);
  }

  /** The disk of the node, lost with the pod: for tests. */
  public static ephemeral(options: EphemeralStorageOptions = {}): PostgresStorage {
    checkArguments('PostgresStorage.ephemeral', options);
    return new PostgresStorage(undefined, options.sizeLimit ?? options.size, options.size);
  }

  /** Whether the data outlives the pod. */
  public readonly isDurable: boolean;

  private constructor(
    /**
     * The volumes of durable storage; undefined for ephemeral storage.
     *
     * @internal
     */
    public readonly _durableOptions: DurableStorageOptions | undefined,
    /**
     * Maximum size of ephemeral storage; undefined without a limit.
     *
     * @internal
     */
    public readonly _sizeLimit: Size | undefined,
    /** @internal */
    public readonly _size?: Size,
  ) {
    this.isDurable = _durableOptions !== undefined;
  }
}
