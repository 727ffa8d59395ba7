import { formatGoDuration, parseGoDuration } from '../../proofs/private/go-duration';
import { renderCertificateSpec } from '../../cert-manager/private/certificate-spec';
import type { CertificateProps } from '../../cert-manager/certificate-props';
import type { TrustSource } from '../../cert-manager/trust-source';
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
      selector: { matchLabels: statsLabels(plan) },
      endpoints: [{ port: 'metrics', interval: monitor.interval && formatGoDuration(monitor.interval), ...tls }],
    },
  };
}

function authority({ configMapName, secretName, key }: TrustSource, issuedSecretName: string): unknown {
  return configMapName === undefined ? { secret: { name: secretName ?? issuedSecretName, key } } : { configMap: { name: configMapName, key } };
}

/** Labels of the stats Service alone, by which the ServiceMonitor finds it. */
export function statsLabels(plan: PostgresPlan): Record<string, string> {
  return { ...objectLabels(plan.name), 'app.kubernetes.io/component': 'metrics' };
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

/** The PrometheusRule: what somebody should be woken for. */
export function renderAlerts(plan: PostgresPlan, alerts: PostgresAlerts, durable: boolean): unknown {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: plan.name, labels: { ...objectLabels(plan.name), ...alerts.labels } },
    spec: {
      groups: [{
        name: `postgres-${plan.namespace}-${plan.name}`,
        rules: [...databaseAlerts(plan), ...(durable ? [volumeAlert(plan)] : []), ...certificateAlerts(plan)]
          .map(({ severity, summary, labels, ...rule }) => ({ ...rule, labels: { severity, ...labels }, annotations: { summary: `${plan.namespace}/${plan.name}: ${summary}` } })),
      }],
    },
  };
}

function databaseAlerts({ name, namespace, names }: PostgresPlan): Alert[] {
  const of = `{namespace="${namespace}",service="${names.statsService}"}`;
  return [
    { alert: 'PostgresDown', expr: `absent(pg_up${of} == 1)`, for: '2m', severity: 'critical', summary: 'the exporter cannot log in, or is gone' },
    {
      alert: 'PostgresConnectionsNearLimit', expr: `sum(pg_stat_activity_count${of}) / max(pg_settings_max_connections${of}) > 0.8`, for: '5m', severity: 'warning',
      summary: 'more than four of five connections are taken',
    },
    {
      alert: 'PostgresReplicationSlotInactive', expr: `pg_replication_slot_slot_is_active${of} == 0`, for: '15m', severity: 'warning',
      summary: 'a replication slot that nobody reads keeps WAL until the volume is full',
    },
    {
      alert: 'PostgresReloadFailed', expr: `kube_pod_container_status_ready{namespace="${namespace}",pod="${name}-0",container="reloader"} == 0`, for: '10m', severity: 'critical',
      summary: 'the server cannot take over a certificate, a password or its configuration; the reloader logs why',
    },
  ];
}

function volumeAlert({ namespace, name }: PostgresPlan): Alert {
  const of = `{namespace="${namespace}",persistentvolumeclaim="data-${name}-0"}`;
  return {
    alert: 'PostgresVolumeNearlyFull', expr: `kubelet_volume_stats_available_bytes${of} / kubelet_volume_stats_capacity_bytes${of} < 0.1`, for: '5m', severity: 'critical',
    summary: 'less than a tenth of the volume is free; the server stops when it is full',
  };
}

/** cert-manager renews at renewBefore; with a quarter of that time gone, something keeps it from it. */
function certificateAlerts(plan: PostgresPlan): Alert[] {
  return plan.certificates.map((certificate) => {
    const { renewBefore } = renderCertificateSpec(certificate as unknown as CertificateProps, certificate.secretName);
    const seconds = Math.floor((parseGoDuration(renewBefore) ?? 0) / 1000 * 0.75);
    return {
      alert: 'PostgresCertificateNotRenewed',
      expr: `certmanager_certificate_expiration_timestamp_seconds{namespace="${plan.namespace}",name="${certificate.name}"} - time() < ${seconds}`,
      for: '1h',
      severity: 'critical',
      labels: { certificate: certificate.name },
      summary: `the certificate '${certificate.name}' should have been renewed; see kubectl describe certificate`,
    };
  });
}
