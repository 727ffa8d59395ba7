import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { checkArguments } from '../checks';

/** What a new volume starts with instead of nothing. */
export class VolumeDataSource {
  /** A VolumeSnapshot of the same namespace. */
  public static volumeSnapshot(name: string): VolumeDataSource {
    checkArguments('VolumeDataSource.volumeSnapshot', name);
    return new VolumeDataSource('VolumeSnapshot', name, 'snapshot.storage.k8s.io');
  }

  /** A volume claim of the same namespace, to be cloned. */
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

/** A volume that outlives the pod. */
export interface VolumeClaimOptions {
  /** How much to ask for. */
  readonly size: Size;

  /**
   * Name of the StorageClass.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * Who may mount it.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * What it starts with.
   *
   * @default - nothing
   */
  readonly dataSource?: VolumeDataSource;
}

/** Options of storage that outlives the pod. */
export interface DurableStorageOptions extends VolumeClaimOptions {
  /**
   * A volume of its own for the write-ahead log. For a new database only: `init` refuses an existing one whose log is elsewhere.
   *
   * @default - the log is on the data volume
   */
  readonly wal?: VolumeClaimOptions;
}

/** Options of storage that goes with the pod. */
export interface EphemeralStorageOptions {
  /**
   * How much of the node's disk is set aside for the data, by the `ephemeral-storage` request of the pod, and unless `sizeLimit` says more,
   * the most that the data may take.
   *
   * @default - `sizeLimit`, or else 256Mi, what a new database takes with its first WAL
   */
  readonly size?: Size;

  /**
   * The most that the data may take; the pod is evicted beyond it, and the data is gone.
   *
   * @default - `size`; no limit of its own where neither is given
   */
  readonly sizeLimit?: Size;
}

/** Where the data lives. */
export class PostgresStorage {
  /** On a PersistentVolume, which stays when the database is deleted unless `deletionPolicy` says otherwise. */
  public static durable(options: DurableStorageOptions): PostgresStorage {
    checkArguments('PostgresStorage.durable', options);
    return new PostgresStorage(options, undefined);
  }

  /** On the node's disk, lost with the pod: for tests. */
  public static ephemeral(options: EphemeralStorageOptions = {}): PostgresStorage {
    checkArguments('PostgresStorage.ephemeral', options);
    return new PostgresStorage(undefined, options.sizeLimit ?? options.size, options.size);
  }

  /** Whether the data outlives the pod. */
  public readonly isDurable: boolean;

  private constructor(
    /**
     * The volumes of durable storage.
     *
     * @default - the storage is ephemeral
     */
    public readonly durableOptions: DurableStorageOptions | undefined,
    /**
     * The most that ephemeral storage may take.
     *
     * @default - no limit of its own
     */
    public readonly sizeLimit: Size | undefined,
    /** @internal */
    public readonly _size?: Size,
  ) {
    this.isDurable = durableOptions !== undefined;
  }
}
