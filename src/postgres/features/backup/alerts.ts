import type { Duration } from 'cdk8s';
import type { BackupPlan } from './resolve-backup';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { AlertPlan } from '../../plan/parts';

/** Alerts for backups and the archive of WAL. */
export function backupAlerts({ jobs, maximumAge, maximumVerifyAge, name }: BackupPlan, { namespace, name: database }: DatabaseBasics): AlertPlan[] {
  const of = (kinds: string) => `namespace="${namespace}",cronjob=~"${name}-(${kinds})"`;
  const backups = of(jobs.flatMap(({ kind }) => (kind === 'verify' ? [] : [kind])).join('|'));
  const verify = of('verify');
  const created = `kube_cronjob_created{${backups}}`;
  // A CronJob that has never succeeded has no series for it.
  const age = (labels: string) => `time() - max(kube_cronjob_status_last_successful_time{${labels}} or kube_cronjob_created{${labels}})`;
  const ready = `kube_pod_container_status_ready{namespace="${namespace}",pod="${database}-0",container="backup-server"}`;
  const needs = (series: string) => ({ source: 'kube-state-metrics', series: `max(${series})` });
  return [
    {
      alert: 'PostgresBackupMissing', expr: `${age(backups)} > ${seconds(maximumAge)}`, for: '10m', severity: 'critical', needs: needs(created),
      summary: 'there is no recent backup; see the logs of the failed Jobs',
    },
    {
      // Not of failed Jobs: they stay after a later one has succeeded, and a Job whose second pod has succeeded counts the first one.
      alert: 'PostgresBackupNotVerified', expr: `${age(verify)} > ${seconds(maximumVerifyAge)}`, for: '10m', severity: 'critical',
      needs: needs(`kube_cronjob_created{${verify}}`), summary: 'the repository was not verified when it was due; see the logs of the failed Jobs',
    },
    {
      alert: 'PostgresBackupServerNotReady', expr: `${ready} == 0`, for: '15m', severity: 'warning', needs: needs(ready),
      summary: 'the backup server cannot reach its repository, or cannot load a certificate; see its log',
    },
    {
      alert: 'PostgresArchiveFailing', expr: `increase(pg_stat_archiver_failed_count{namespace="${namespace}",service="${database}-stats"}[10m]) > 0`, for: '10m', severity: 'critical',
      summary: 'WAL cannot be archived and is kept until the volume is full; see the log of the server',
    },
  ];
}

function seconds(duration: Duration): number {
  return Math.round(duration.toSeconds({ integral: false }));
}
