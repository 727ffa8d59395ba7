import { releaseFault } from '../pgbackrest-release';
import { type BackupPlan, type JobPlan, resolveBackup } from '../resolve-backup';
import { resolveRepository } from '../resolve-repository';
import type { DatabaseContext } from '../../../plan/database-context';
import { backupName } from '../../../plan/names';
import { longestPause, parseCron, startTogether } from '../../../../formats';
import { Consequence, kubernetesPage, pgBackRestPage, type Report, type Rule } from '../../../../rules';

/** The controller of a CronJob appends the time to the names of its Jobs. Source: Kubernetes, CronJob. */
const LONGEST = 52;

/** The database and the Jobs mount the volume at the same time, and write to it. */
const SHARED_MODES: ReadonlySet<string> = new Set(['ReadWriteOnce', 'ReadWriteMany']);

export const backupOptionInvalid: Rule<DatabaseContext> = {
  id: 'backup-option-invalid',
  code: 'PGTLS-P142',
  title: 'backup or recovery with an invalid option',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesPage('concepts/workloads/controllers/cron-jobs/', 'CronJob', 'a name of at most 52 characters, and a schedule'),
    pgBackRestPage('configuration.html', 'Repository Options'),
  ],
  check: ({ props, plan }, report) => {
    const own = props.backup?._options;
    const other = props.recovery?._options;
    if (own !== undefined) {
      reportRelease('backup', own.version);
      const backup = resolveBackup(own, plan);
      reportJobs(backup.jobs, report);
      reportRetention(backup, report);
      reportTimes(backup, report);
      const name = backupName(plan.name);
      if ([...plan.declarations.roles, ...plan.declarations.clients].some((role) => role.name === name)) {
        report('backup', `the certificate of the Jobs has the common name '${name}', which is a declared role: with it one could log in as that role`, 'give the role another name');
      }
    }
    if (other !== undefined) { reportRelease('recovery', other.version); }
    if (own !== undefined && other !== undefined && own.version !== other.version) {
      report('recovery.version', `version '${other.version}' is not that of the backup, '${own.version}', and both run in one image`);
    }
    for (const [where, repository] of [['backup', own?.repository], ['recovery', other?.repository]] as const) {
      const { bucket, path, region } = repository?._s3 ?? {};
      if (bucket !== undefined && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) { report(`${where}.repository.bucket`, `bucket '${bucket}' is not the name of a bucket`); }
      const uri = bucket?.includes('.') && repository !== undefined ? resolveRepository(repository, plan.name, plan.namespace).s3 : undefined;
      if (uri?.pathStyle === false) {
        report(`${where}.repository.pathStyle`, `bucket '${bucket}' has a dot, and as a part of the host name it does not match the certificate of ${uri.host}`, 'set pathStyle: true, or use a bucket without a dot');
      }
      if (path !== undefined && !/^(\/(?!\.{1,2}(?:\/|$))[\w.-]+)+$/.test(path)) { report(`${where}.repository.path`, `path '${path}' is not an absolute path of letters, digits, '_', '.' and '-'`); }
      if (region !== undefined && !/^[\w-]+$/.test(region)) { report(`${where}.repository.region`, `region '${region}' is not one word`); }
      if (repository?._volume !== undefined && repository._volume.size.toKibibytes({ rounding: 2 }) <= 0) { report(`${where}.repository.size`, 'size is not positive'); }
      const mode = repository?._volume?.accessMode;
      if (mode !== undefined && !SHARED_MODES.has(mode)) {
        report(`${where}.repository.accessMode`, `accessMode '${mode}' does not let the pod of the database and those of the Jobs write to the volume`, 'use ReadWriteOnce or ReadWriteMany');
      }
    }

    function reportRelease(where: string, release: string): void {
      const fault = releaseFault(release, plan);
      if (fault !== undefined) { report(`${where}.version`, fault, 'set version to what `pgbackrest version` shows in the image, and the image with PostgresVersion.of; docs/backup.md has a Containerfile'); }
    }
  },
  fix: 'set a value within the bounds, or remove it to use the default',
};

function reportJobs(jobs: ReadonlyArray<JobPlan>, report: Report): void {
  const backups = jobs.filter(({ kind }) => kind !== 'verify');
  for (const { property, schedule } of jobs) {
    if (/^(CRON_)?TZ=/.test(schedule)) { report(`backup.schedule.${property}`, `schedule '${schedule}' has a time zone; schedules are in UTC`); }
    else {
      const parsed = parseCron(schedule);
      if (parsed === undefined) { report(`backup.schedule.${property}`, `schedule '${schedule}' is not a schedule of five fields, such as '0 1 * * 0'`); }
      else if (longestPause([parsed]) === Infinity) { report(`backup.schedule.${property}`, `schedule '${schedule}' never starts: no month has that day`); }
    }
  }
  backups.forEach(({ property, schedule }, index) => {
    const first = backups.findIndex((other) => other.schedule === schedule || doStartTogether(other.schedule, schedule));
    if (first < index && first >= 0) {
      const { property: other, schedule: earlier } = backups[first]!;
      const meets = earlier === schedule ? `is also that of ${other}` : `meets that of ${other}, '${earlier}', in the same minute`;
      report(`backup.schedule.${property}`, `schedule '${schedule}' ${meets}: one of the two backups would fail, since one runs at a time`, 'give each backup a time of its own');
    }
  });
  const longest = jobs.map(({ name }) => name).reduce((one, next) => (next.length > one.length ? next : one), '');
  if (longest.length > LONGEST) {
    report('metadata.name', `CronJob '${longest}' has a name of ${longest.length} characters; at most ${LONGEST} are allowed`, `give the database a name of at most ${LONGEST - '-backup-verify'.length} characters`);
  }
}

function doStartTogether(one: string, other: string): boolean {
  const [first, second] = [parseCron(one), parseCron(other)];
  return first !== undefined && second !== undefined && startTogether(first, second);
}

function reportRetention({ fullBackups, differentialBackups }: BackupPlan, report: Report): void {
  for (const [property, value] of [['full', fullBackups], ['differential', differentialBackups]] as const) {
    // Source: pgBackRest, repo-retention-full: 1 to 9999999.
    if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= 9_999_999)) { report(`backup.retention.${property}`, `retention of ${value} ${property} backups is not a whole number from 1 on`); }
  }
}

function reportTimes({ deadline, maximumAge }: BackupPlan, report: Report): void {
  for (const [property, time] of [['deadline', deadline], ['maximumAge', maximumAge]] as const) {
    const milliseconds = time.toMilliseconds();
    if (milliseconds < 1000 || milliseconds % 1000 !== 0) { report(`backup.${property}`, `${property} is ${milliseconds} ms, which is not a whole number of seconds from 1 on`); }
  }
}
