import { Size } from 'cdk8s';

/** Options of storage that outlives the pod. */
export interface DurableStorageOptions {
  /** How much to ask for. */
  readonly size: Size;

  /**
   * Name of the StorageClass.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
}

/** Options of storage that goes with the pod. */
export interface EphemeralStorageOptions {
  /**
   * The most that the data may take; the pod is evicted beyond it.
   *
   * @default - no limit of its own
   */
  readonly sizeLimit?: Size;
}

/** Where the data lives. */
export class PostgresStorage {
  /** On a PersistentVolume, which stays when the database is deleted. */
  public static durable(options: DurableStorageOptions): PostgresStorage {
    return new PostgresStorage(true, options.size, options.storageClassName);
  }

  /** On the node's disk, lost with the pod: for tests. */
  public static ephemeral(options: EphemeralStorageOptions = {}): PostgresStorage {
    return new PostgresStorage(false, options.sizeLimit);
  }

  private constructor(
    /** Whether the data outlives the pod. */
    public readonly isDurable: boolean,
    /**
     * Requested size of durable storage, limit of ephemeral storage.
     *
     * @default - ephemeral storage without a limit of its own
     */
    public readonly size: Size | undefined,
    /**
     * Name of the StorageClass.
     *
     * @default - the cluster's default class
     */
    public readonly storageClassName?: string,
  ) {}
}
