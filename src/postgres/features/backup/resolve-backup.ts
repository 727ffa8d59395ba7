import { Duration } from 'cdk8s';
import type { BackupSchedule, PgBackRestOptions } from './backup';
import { type RepositoryPlan, resolveRepository } from './resolve-repository';
import type { DatabaseBasics } from '../../plan/database-basics';
import { backupName, objectNames, serviceHosts } from '../../plan/names';
import { longestPause, parseCron } from '../../../formats';

/** The kinds of Jobs, as pgBackRest and the names of the CronJobs have them. */
export type JobKind = 'full' | 'diff' | 'incr' | 'verify';

/** A CronJob. */
export interface JobPlan {
  readonly kind: JobKind;
  /** The property of `schedule`. */
  readonly property: keyof BackupSchedule;
  readonly name: string;
  readonly schedule: string;
}

/** Backups with every default applied. */
export interface BackupPlan {
  readonly name: string;
  readonly release: string;
  readonly repository: RepositoryPlan;
  readonly jobs: ReadonlyArray<JobPlan>;
  readonly fullBackups: number;
  readonly differentialBackups?: number;
  readonly maximumAge: Duration;
  /** Of the last successful verification, before an alert fires. */
  readonly maximumVerifyAge: Duration;
  readonly deadline: Duration;
  readonly resources: PgBackRestOptions['jobResources'];
  /** The host by which Jobs reach the pod. */
  readonly podHost: string;
}

const KINDS: ReadonlyArray<readonly [JobKind, keyof BackupSchedule]> = [['full', 'full'], ['diff', 'differential'], ['incr', 'incremental'], ['verify', 'verify']];

const VERIFY = '0 12 * * 0';

/** A Job that starts late is not a missing one: milliseconds. */
const LATE = 2 * 3_600_000;

/** Applies defaults. */
export function resolveBackup(options: PgBackRestOptions, { name: database, namespace, clusterDomain }: DatabaseBasics): BackupPlan {
  const name = backupName(database);
  const schedule: BackupSchedule = { verify: VERIFY, ...given(options.schedule) };
  const jobs = KINDS.flatMap(([kind, property]) => (schedule[property] === undefined ? [] : [{ kind, property, name: `${name}-${kind}`, schedule: schedule[property] }]));
  const deadline = options.deadline ?? Duration.hours(12);
  return {
    name,
    release: options.version,
    repository: resolveRepository(options.repository, database, namespace),
    jobs,
    fullBackups: options.retention?.full ?? 2,
    differentialBackups: options.retention?.differential,
    maximumAge: options.maximumAge ?? Duration.millis(longestPauseOf(jobs.filter(({ kind }) => kind !== 'verify')) + LATE),
    maximumVerifyAge: Duration.millis(longestPauseOf(jobs.filter(({ kind }) => kind === 'verify')) + deadline.toMilliseconds() + LATE),
    deadline,
    resources: options.jobResources,
    podHost: `${database}-0.${serviceHosts(objectNames(database).headlessService, namespace, clusterDomain).at(-1)!}`,
  };
}

function given(schedule: BackupSchedule): BackupSchedule {
  return Object.fromEntries(Object.entries(schedule).filter(([, text]) => text !== undefined)) as unknown as BackupSchedule;
}

/** A day where a schedule is not one, which a rule reports. */
function longestPauseOf(jobs: ReadonlyArray<JobPlan>): number {
  const pause = longestPause(jobs.flatMap(({ schedule }) => parseCron(schedule) ?? []));
  return Number.isFinite(pause) ? pause : 86_400_000;
}
