import type { PostgresAlerts } from './monitor';
import { WatchedCertificate, watchedCas } from './watched-cas';
import type { CertificatePlan } from '../../plan/certificates';
import type { DatabasePlan } from '../../plan/database-plan';
import type { AlertPlan, ClaimPlan } from '../../plan/parts';
import { objectLabels } from '../../plan/names';
import { CertificateProps, IIssuer, renderCertificateSpec } from '../../../cert-manager';
import { parseGoDuration } from '../../../formats';

/** The PrometheusRule: alerts for faults, and an alert for missing metrics. */
export function renderAlerts(plan: DatabasePlan, alerts: PostgresAlerts, statsService: string, clientIssuer: IIssuer | undefined): unknown {
  const issuers = [clientIssuer, ...plan.certificates.map(({ issuer }) => issuer)].filter((issuer) => issuer !== undefined);
  const certificates = [...plan.certificates.map((certificate) => watched(plan, certificate)), ...watchedCas(issuers)];
  const ofServers = [...databaseAlerts(plan, statsService), ...memberAlerts(plan, statsService)];
  const found = [...ofServers, ...plan.alerts, ...plan.claims.map((claim) => volumeAlert(plan, claim)), ...certificates.map(certificateAlert)];
  const rules = [...found, ...absenceAlerts(found)];
  return {
    ...alertsHead(plan, alerts),
    spec: {
      groups: [{
        name: `postgres-${plan.namespace}-${plan.name}`,
        rules: rules.map(({ severity, summary, labels, alert, expr, for: time }) =>
          ({ alert, expr, for: time, labels: { severity, ...labels }, annotations: { summary: `${plan.namespace}/${plan.name}: ${summary}` } })),
      }],
    },
  };
}

/** The PrometheusRule without its `spec`. */
export function alertsHead({ name }: DatabasePlan, { labels }: PostgresAlerts): Record<string, unknown> {
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name, labels: { ...objectLabels(name), ...labels } } };
}

function databaseAlerts({ namespace, members, availability }: DatabasePlan, statsService: string): AlertPlan[] {
  const own = `namespace="${namespace}",service="${statsService}"`;
  const of = `{${own}}`;
  // Each member has its own connections, and its own limit of them.
  const by = members === 1 ? '' : ' by (instance) ';
  // On a replica, Patroni keeps a slot for each other member, which nothing uses until the replica is promoted.
  const onLeader = availability.engine === 'patroni' ? ` and on (instance) pg_replication_is_replica${of} == 0` : '';
  return [
    { alert: 'PostgresDown', expr: `absent(pg_up${of} == 1)`, for: '2m', severity: 'critical', summary: 'the exporter cannot log in, or does not run' },
    {
      // pg_up uses a connection that stays open; collectors open one at every scrape, and have no series at all if they cannot.
      alert: 'PostgresMetricsIncomplete',
      expr: `(pg_exporter_last_scrape_error${of} == 1 or pg_scrape_collector_success${of} == 0 or absent(pg_scrape_collector_success${of})) and on () pg_up${of} == 1`,
      for: '15m', severity: 'warning', summary: 'the exporter cannot read some metrics: a privilege, a connection or a valid certificate is missing; see its log',
    },
    {
      // Crash recovery discards the statistics, a shutdown keeps them; a backend that the kernel kills restarts no container.
      alert: 'PostgresServerCrashed', expr: `resets(pg_stat_database_xact_commit{${own},datname="postgres"}[15m]) > 0`, for: '0m', severity: 'warning',
      summary: 'the server crashed and recovered, and all sessions ended; the cause may be the memory limit, see its log',
    },
    {
      alert: 'PostgresConnectionsNearLimit', expr: `sum${by}(pg_stat_activity_count${of}) / max${by}(pg_settings_max_connections${of}) > 0.8`, for: '5m', severity: 'warning',
      summary: 'more than 80% of max_connections are in use',
    },
    {
      alert: 'PostgresReplicationSlotInactive', expr: `pg_replication_slot_slot_is_active${of} == 0${onLeader}`, for: '15m', severity: 'warning',
      summary: 'a replication slot is inactive and keeps WAL until the volume is full',
    },
  ];
}

/** Alerts for several servers: each member has an exporter, and the Service of the metrics leads to all of them. */
function memberAlerts({ namespace, members, availability }: DatabasePlan, statsService: string): AlertPlan[] {
  if (availability.engine !== 'patroni') { return []; }
  const of = `{namespace="${namespace}",service="${statsService}"}`;
  const leaders = `pg_replication_is_replica${of} == 0`;
  return [
    { alert: 'PostgresNoLeader', expr: `absent(${leaders})`, for: '1m', severity: 'critical', summary: 'no member takes writes; see patronictl list' },
    { alert: 'PostgresSeveralLeaders', expr: `count(${leaders}) > 1`, for: '1m', severity: 'critical', summary: 'more than one member takes writes; see patronictl list' },
    {
      alert: 'PostgresMemberMissing', expr: `count(pg_up${of} == 1) < ${members}`, for: '10m', severity: 'warning',
      summary: `fewer than ${members} members run: the next failure may leave no leader, and an outage of the API server ends writes`,
    },
    {
      alert: 'PostgresReplicaLag', expr: `pg_replication_lag_seconds${of} > 60`, for: '5m', severity: 'warning',
      summary: 'a replica is more than a minute behind; it is not promoted while it lacks more than 1 MiB of WAL',
    },
  ];
}

function volumeAlert({ namespace, name, members }: DatabasePlan, { name: volume }: ClaimPlan): AlertPlan {
  const available = volumeBytes('available', namespace, name, volume, members);
  const capacity = volumeBytes('capacity', namespace, name, volume, members);
  return {
    alert: 'PostgresVolumeNearlyFull', expr: `${available} / ${capacity} < 0.1`, for: '5m', severity: 'critical', labels: { volume }, needs: { source: 'kubelet', series: available },
    summary: `less than 10% of the volume '${volume}' is free; a full data volume blocks writes, a full WAL volume stops the server`,
  };
}

function watched({ namespace }: DatabasePlan, certificate: CertificatePlan): WatchedCertificate {
  const { renewBefore } = renderCertificateSpec(certificate.spec as unknown as CertificateProps, certificate.secretName);
  return { name: certificate.name, namespace, renewBefore: parseGoDuration(renewBefore) ?? 0 };
}

/** cert-manager renews at renewBefore; after a quarter of that time, the renewal has failed. */
function certificateAlert({ name, namespace, renewBefore }: WatchedCertificate): AlertPlan {
  return {
    alert: 'PostgresCertificateNotRenewed',
    expr: `${certificateEnd(namespace, name)} - time() < ${Math.floor(renewBefore / 1000 * 0.75)}`,
    for: '1h',
    severity: 'critical',
    labels: { certificate: name },
    needs: { source: 'cert-manager', series: certificateEnd(namespace, name) },
    summary: `certificate '${name}' has not been renewed in time; see kubectl describe certificate`,
  };
}

/** An alert on a missing series never fires: a scrape configuration without the series must be detected. */
function absenceAlerts(alerts: ReadonlyArray<AlertPlan>): AlertPlan[] {
  const sources = alerts.flatMap(({ needs }) => needs ?? [])
    .reduce((found, { source, series }) => found.set(source, [...found.get(source) ?? [], series]), new Map<string, string[]>());
  return [...sources].map(([source, series]) => ({
    alert: 'PostgresMetricsMissing', expr: series.map((expr) => `absent(${expr})`).join(' or '), for: '1h', severity: 'warning', labels: { source },
    summary: `Prometheus has no metrics of ${source} for this database; alerts that use them cannot fire`,
  }));
}

function volumeBytes(what: string, namespace: string, name: string, volume: string, members: number): string {
  const claim = members === 1 ? `="${volume}-${name}-0"` : `=~"${volume}-${name}-[0-9]+"`;
  return `kubelet_volume_stats_${what}_bytes{namespace="${namespace}",persistentvolumeclaim${claim}}`;
}

/**
 * Expiry of a certificate. cert-manager's chart scrapes with `honorLabels: false` (its values.yaml): the Certificate's namespace is then in
 * `exported_namespace`, and `namespace` is that of cert-manager. Elsewhere it is `namespace`.
 */
function certificateEnd(namespace: string, name: string): string {
  const of = (labels: string) => `certmanager_certificate_expiration_timestamp_seconds{${labels},name="${name}"}`;
  return `max(${of(`exported_namespace="${namespace}"`)} or ${of(`namespace="${namespace}",exported_namespace=""`)})`;
}
