import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { BackupRepository } from './backup-repository';
import { checkArguments } from '../../../checks';

/** When backups are made and verified: schedules of CronJobs, in UTC. At most one backup runs at a time, so that each needs a time of its own. */
export interface BackupSchedule {
  /** Full backups: all files. */
  readonly full: string;

  /**
   * Differential backups: what has changed since the last full one.
   *
   * @default - none
   */
  readonly differential?: string;

  /**
   * Incremental backups: what has changed since the last one of any kind.
   *
   * @default - none
   */
  readonly incremental?: string;

  /**
   * Verification: reads the whole repository and compares checksums.
   *
   * @default - Sundays at 12:00
   */
  readonly verify?: string;
}

/** What is kept. Older backups, and WAL that no kept backup needs, are deleted after each backup. */
export interface BackupRetention {
  /**
   * Number of full backups.
   *
   * @default 2
   */
  readonly full?: number;

  /**
   * Number of differential backups.
   *
   * @default - all since the oldest kept full one
   */
  readonly differential?: number;
}

/** Options of backups with pgBackRest. */
export interface PgBackRestOptions {
  /**
   * Release of pgBackRest in the image of the database, such as `2.60.0`: 2.56 or later. `version` of the database has the image, which the Jobs use as well, since
   * pgBackRest must have the same release everywhere. Jobs and the backup server refuse another release.
   */
  readonly version: string;

  /** Where backups and archived WAL are kept. */
  readonly repository: BackupRepository;

  /** When backups are made and verified. */
  readonly schedule: BackupSchedule;

  /**
   * What is kept.
   *
   * @default - two full backups, and all that depends on them
   */
  readonly retention?: BackupRetention;

  /**
   * Age of the last successful backup from which on an alert fires.
   *
   * @default - the longest pause between two scheduled backups, and two hours
   */
  readonly maximumAge?: Duration;

  /**
   * Time after which a Job is ended.
   *
   * @default Duration.hours(12)
   */
  readonly deadline?: Duration;

  /**
   * Resources of the Jobs. An omitted resource has its default.
   *
   * @default - 100m CPU and 128Mi memory requested, memory limited to 512Mi
   */
  readonly jobResources?: ContainerResources;
}

/** Backups of a database, and the archive of its WAL. */
export class Backup {
  /** pgBackRest: full, differential and incremental backups, and an archive from which every moment can be restored. */
  public static pgBackRest(options: PgBackRestOptions): Backup {
    checkArguments('Backup.pgBackRest', options);
    return new Backup(options);
  }

  private constructor(
    /** @internal */
    public readonly _options: PgBackRestOptions,
  ) {}
}
