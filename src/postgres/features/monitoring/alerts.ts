import type { PostgresAlerts } from './monitor';
import { WatchedCertificate, watchedCas } from './watched-cas';
import type { CertificatePlan } from '../../plan/certificates';
import type { DatabasePlan } from '../../plan/database-plan';
import type { AlertPlan, ClaimPlan } from '../../plan/parts';
import { objectLabels } from '../../plan/names';
import { CertificateProps, IIssuer, renderCertificateSpec } from '../../../cert-manager';
import { parseGoDuration } from '../../../formats';

/** The PrometheusRule: what somebody should be woken for, and what nothing would tell because its metric is not there. */
export function renderAlerts(plan: DatabasePlan, alerts: PostgresAlerts, statsService: string, clientIssuer: IIssuer | undefined): unknown {
  const issuers = [clientIssuer, ...plan.certificates.map(({ issuer }) => issuer)].filter((issuer) => issuer !== undefined);
  const certificates = [...plan.certificates.map((certificate) => watched(plan, certificate)), ...watchedCas(issuers)];
  const found = [...databaseAlerts(plan, statsService), ...plan.alerts, ...plan.claims.map((claim) => volumeAlert(plan, claim)), ...certificates.map(certificateAlert)];
  const rules = [...found, ...absenceAlerts(found)];
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: plan.name, labels: { ...objectLabels(plan.name), ...alerts.labels } },
    spec: {
      groups: [{
        name: `postgres-${plan.namespace}-${plan.name}`,
        rules: rules.map(({ severity, summary, labels, alert, expr, for: time }) =>
          ({ alert, expr, for: time, labels: { severity, ...labels }, annotations: { summary: `${plan.namespace}/${plan.name}: ${summary}` } })),
      }],
    },
  };
}

function databaseAlerts({ namespace }: DatabasePlan, statsService: string): AlertPlan[] {
  const own = `namespace="${namespace}",service="${statsService}"`;
  const of = `{${own}}`;
  return [
    { alert: 'PostgresDown', expr: `absent(pg_up${of} == 1)`, for: '2m', severity: 'critical', summary: 'the exporter cannot log in, or is gone' },
    {
      // pg_up is of a connection that stays open, collectors open one at every scrape: where they cannot, they leave no series at all.
      alert: 'PostgresMetricsIncomplete',
      expr: `(pg_exporter_last_scrape_error${of} == 1 or pg_scrape_collector_success${of} == 0 or absent(pg_scrape_collector_success${of})) and on () pg_up${of} == 1`,
      for: '15m', severity: 'warning', summary: 'the exporter cannot read some of its metrics, for want of a right, a connection or a valid certificate; it logs which',
    },
    {
      // Crash recovery throws the statistics away and a shutdown keeps them; a backend that the kernel kills restarts no container.
      alert: 'PostgresServerCrashed', expr: `resets(pg_stat_database_xact_commit{${own},datname="postgres"}[15m]) > 0`, for: '0m', severity: 'warning',
      summary: 'all sessions have ended and the server has recovered, out of memory perhaps; its log says why',
    },
    {
      alert: 'PostgresConnectionsNearLimit', expr: `sum(pg_stat_activity_count${of}) / max(pg_settings_max_connections${of}) > 0.8`, for: '5m', severity: 'warning',
      summary: 'more than four of five connections are taken',
    },
    {
      alert: 'PostgresReplicationSlotInactive', expr: `pg_replication_slot_slot_is_active${of} == 0`, for: '15m', severity: 'warning',
      summary: 'a replication slot that nobody reads keeps WAL until the volume is full',
    },
  ];
}

function volumeAlert({ namespace, name }: DatabasePlan, { name: volume }: ClaimPlan): AlertPlan {
  const available = volumeBytes('available', namespace, name, volume);
  const capacity = volumeBytes('capacity', namespace, name, volume);
  return {
    alert: 'PostgresVolumeNearlyFull', expr: `${available} / ${capacity} < 0.1`, for: '5m', severity: 'critical', labels: { volume }, needs: { source: 'kubelet', series: available },
    summary: `less than a tenth of the volume '${volume}' is free; a full volume ends writes, and a full WAL volume stops the server`,
  };
}

function watched({ namespace }: DatabasePlan, certificate: CertificatePlan): WatchedCertificate {
  const { renewBefore } = renderCertificateSpec(certificate.spec as unknown as CertificateProps, certificate.secretName);
  return { name: certificate.name, namespace, renewBefore: parseGoDuration(renewBefore) ?? 0 };
}

/** cert-manager renews at renewBefore; with a quarter of that time gone, something keeps it from it. */
function certificateAlert({ name, namespace, renewBefore }: WatchedCertificate): AlertPlan {
  return {
    alert: 'PostgresCertificateNotRenewed',
    expr: `${certificateEnd(namespace, name)} - time() < ${Math.floor(renewBefore / 1000 * 0.75)}`,
    for: '1h',
    severity: 'critical',
    labels: { certificate: name },
    needs: { source: 'cert-manager', series: certificateEnd(namespace, name) },
    summary: `the certificate '${name}' should have been renewed; see kubectl describe certificate`,
  };
}

/** An alert over a series that is not there never fires: a scrape configuration without it must show. */
function absenceAlerts(alerts: ReadonlyArray<AlertPlan>): AlertPlan[] {
  const sources = alerts.flatMap(({ needs }) => needs ?? [])
    .reduce((found, { source, series }) => found.set(source, [...found.get(source) ?? [], series]), new Map<string, string[]>());
  return [...sources].map(([source, series]) => ({
    alert: 'PostgresMetricsMissing', expr: series.map((expr) => `absent(${expr})`).join(' or '), for: '1h', severity: 'warning', labels: { source },
    summary: `Prometheus has no metrics of ${source} for this database, so alerts that need them cannot fire`,
  }));
}

function volumeBytes(what: string, namespace: string, name: string, volume: string): string {
  return `kubelet_volume_stats_${what}_bytes{namespace="${namespace}",persistentvolumeclaim="${volume}-${name}-0"}`;
}

/**
 * When a certificate ends. cert-manager's chart scrapes with `honorLabels: false` (its values.yaml): the Certificate's namespace is then in
 * `exported_namespace`, and `namespace` is that of cert-manager. Elsewhere it is `namespace`.
 */
function certificateEnd(namespace: string, name: string): string {
  const of = (labels: string) => `certmanager_certificate_expiration_timestamp_seconds{${labels},name="${name}"}`;
  return `max(${of(`exported_namespace="${namespace}"`)} or ${of(`namespace="${namespace}",exported_namespace=""`)})`;
}
