import { CertificateProps, renderCertificateSpec } from '../../cert-manager';
import { formatGoDuration, parseGoDuration } from '../../formats';
import type { TrustSource } from '../../trust';
import { DATABASE_LABEL } from '../../workloads';
import { objectLabels, serviceHosts } from './names';
import type { PostgresPlan } from './plan';
import { CertificateAlias } from '../ssl-mode';
import { certificateOf } from './plan';
import type { PostgresAlerts, PostgresServiceMonitor } from '../monitor';

/** The ServiceMonitor: metrics over verified HTTPS where the database has TLS. */
export function renderServiceMonitor(plan: PostgresPlan, monitor: PostgresServiceMonitor): unknown {
  const secret = certificateOf(plan, CertificateAlias.METRICS_EXPORTER)?.secretName;
  const tls = secret === undefined ? {} : {
    scheme: 'https',
    tlsConfig: {
      // The exporter's certificate comes from the authority of the clients (PGTLS-P41).
      ca: authority(plan.clientAuthorities, secret),
      serverName: serviceHosts(plan.names.statsService, plan.namespace, plan.clusterDomain)[2],
      ...(monitor.clientCertificate ? {
        cert: { secret: { name: monitor.clientCertificate.secretName, key: 'tls.crt' } },
        keySecret: { name: monitor.clientCertificate.secretName, key: 'tls.key' },
      } : {}),
    },
  };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: plan.names.statsService, labels: { ...objectLabels(plan.name), ...monitor.labels } },
    spec: {
      // By labels that deploy tools leave alone: Argo CD writes its own into app.kubernetes.io/instance.
      selector: { matchLabels: { [DATABASE_LABEL]: plan.name, 'app.kubernetes.io/component': METRICS } },
      endpoints: [{ port: 'metrics', interval: monitor.interval && formatGoDuration(monitor.interval), ...tls }],
    },
  };
}

function authority({ configMapName, secretName, key }: TrustSource, issuedSecretName: string): unknown {
  return configMapName === undefined ? { secret: { name: secretName ?? issuedSecretName, key } } : { configMap: { name: configMapName, key } };
}

const METRICS = 'metrics';

/** Labels of the stats Service alone, by which the ServiceMonitor finds it. */
export function statsLabels(plan: PostgresPlan): Record<string, string> {
  return { ...objectLabels(plan.name), 'app.kubernetes.io/component': METRICS };
}

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'warning' | 'critical';
  readonly summary: string;
  /** What tells alerts of one name apart. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The PrometheusRule: what somebody should be woken for, and what nothing would tell because its metric is not there. */
export function renderAlerts(plan: PostgresPlan, alerts: PostgresAlerts, volumes: ReadonlyArray<string>, cas: ReadonlyArray<WatchedCertificate>): unknown {
  const certificates = [...plan.certificates.map((certificate) => watched(plan, certificate)), ...cas];
  const rules = [
    ...databaseAlerts(plan), ...volumes.map((volume) => volumeAlert(plan, volume)), ...certificates.map(certificateAlert), ...absenceAlerts(plan, volumes, certificates),
  ];
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: plan.name, labels: { ...objectLabels(plan.name), ...alerts.labels } },
    spec: {
      groups: [{
        name: `postgres-${plan.namespace}-${plan.name}`,
        rules: rules.map(({ severity, summary, labels, ...rule }) =>
          ({ ...rule, labels: { severity, ...labels }, annotations: { summary: `${plan.namespace}/${plan.name}: ${summary}` } })),
      }],
    },
  };
}

function databaseAlerts({ name, namespace, names }: PostgresPlan): Alert[] {
  const own = `namespace="${namespace}",service="${names.statsService}"`;
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
    {
      alert: 'PostgresReloadFailed', expr: `${reloaderReady(namespace, name)} == 0`, for: '10m', severity: 'critical',
      summary: 'the server cannot take over a certificate, a password or its configuration; the reloader logs why',
    },
    {
      alert: 'PostgresContainerRestarted', expr: `increase(${restarts(namespace, name)}[15m]) > 0`, for: '0m', severity: 'warning',
      summary: 'a container has ended and was started again; kubectl describe pod shows why under Last State, OOMKilled for the memory limit',
    },
  ];
}

function volumeAlert({ namespace, name }: PostgresPlan, volume: string): Alert {
  const [available, capacity] = ['available', 'capacity'].map((what) => volumeBytes(what, namespace, name, volume));
  return {
    alert: 'PostgresVolumeNearlyFull', expr: `${available} / ${capacity} < 0.1`, for: '5m', severity: 'critical', labels: { volume },
    summary: `less than a tenth of the volume '${volume}' is free; a full volume ends writes, and a full WAL volume stops the server`,
  };
}

/** A Certificate that has to be renewed in time: one of the database, or of a CA that signs for it. */
export interface WatchedCertificate {
  readonly name: string;
  readonly namespace: string;
  /** Milliseconds before its end at which cert-manager renews it. */
  readonly renewBefore: number;
}

function watched({ namespace }: PostgresPlan, certificate: PostgresPlan['certificates'][number]): WatchedCertificate {
  const { renewBefore } = renderCertificateSpec(certificate as unknown as CertificateProps, certificate.secretName);
  return { name: certificate.name, namespace, renewBefore: parseGoDuration(renewBefore) ?? 0 };
}

/** cert-manager renews at renewBefore; with a quarter of that time gone, something keeps it from it. */
function certificateAlert({ name, namespace, renewBefore }: WatchedCertificate): Alert {
  return {
    alert: 'PostgresCertificateNotRenewed',
    expr: `${certificateEnd(namespace, name)} - time() < ${Math.floor(renewBefore / 1000 * 0.75)}`,
    for: '1h',
    severity: 'critical',
    labels: { certificate: name },
    summary: `the certificate '${name}' should have been renewed; see kubectl describe certificate`,
  };
}

/** An alert over a series that is not there never fires: a scrape configuration without it must show. */
function absenceAlerts({ name, namespace }: PostgresPlan, volumes: ReadonlyArray<string>, certificates: ReadonlyArray<WatchedCertificate>): Alert[] {
  const sources = [
    { source: 'kube-state-metrics', series: [reloaderReady(namespace, name), restarts(namespace, name)].map((series) => `max(${series})`) },
    { source: 'kubelet', series: volumes.map((volume) => volumeBytes('available', namespace, name, volume)) },
    { source: 'cert-manager', series: certificates.map((certificate) => certificateEnd(certificate.namespace, certificate.name)) },
  ];
  return sources.filter(({ series }) => series.length > 0).map(({ source, series }) => ({
    alert: 'PostgresMetricsMissing', expr: series.map((expr) => `absent(${expr})`).join(' or '), for: '1h', severity: 'warning', labels: { source },
    summary: `Prometheus has no metrics of ${source} for this database, so alerts that need them cannot fire`,
  }));
}

function reloaderReady(namespace: string, name: string): string {
  return `kube_pod_container_status_ready{namespace="${namespace}",pod="${name}-0",container="reloader"}`;
}

function restarts(namespace: string, name: string): string {
  return `kube_pod_container_status_restarts_total{namespace="${namespace}",pod="${name}-0"}`;
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
