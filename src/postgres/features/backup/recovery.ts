import { BackupRepository } from './backup-repository';
import { checkArguments } from '../../../checks';

/** Which backup a new database is made from, and up to where. */
export interface RecoveryOptions {
  /** Release of pgBackRest in the image of the new database, such as `2.60.0`. */
  readonly version: string;

  /** The repository of the other database. It is read only. A volume must be in the namespace of the new database. */
  readonly repository: BackupRepository;

  /** Name of the other database. */
  readonly database: string;

  /**
   * Namespace of the other database, a part of the path in a bucket.
   *
   * @default - that of the new database
   */
  readonly namespace?: string;

  /**
   * Restores up to this moment: `2026-11-29T09:30:00Z`, with a zone. Transactions that were committed later are not there.
   *
   * @default - the end of the archive, unless `lsn` or `name` is given
   */
  readonly time?: string;

  /**
   * Restores up to this position of the WAL: `0/3000060`.
   *
   * @default - not by a position
   */
  readonly lsn?: string;

  /**
   * Restores up to this restore point: the argument of `pg_create_restore_point`. It must be later than the last backup, from which the restore starts; otherwise give its `lsn`.
   *
   * @default - not by a restore point
   */
  readonly name?: string;
}

/** A new database from the backup of another one, which is not changed. */
export class Recovery {
  /**
   * The init container restores into an empty data directory, and does nothing once there is one. The server replays the archive up to the target and then takes writes, on
   * a timeline of its own.
   */
  public static from(options: RecoveryOptions): Recovery {
    checkArguments('Recovery.from', options);
    return new Recovery(options);
  }

  private constructor(
    /** @internal */
    public readonly _options: RecoveryOptions,
  ) {}
}
