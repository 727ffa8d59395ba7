import type { PostgresServiceMonitor } from './monitor';
import { CertificateAlias } from '../../plan/certificate-alias';
import { certificateOf } from '../../plan/certificates';
import type { DatabasePlan } from '../../plan/database-plan';
import { objectLabels, serviceHosts } from '../../plan/names';
import { formatGoDuration } from '../../../formats';
import type { TrustSource } from '../../../trust';
import { DATABASE_LABEL } from '../../../workloads';

/** Where the metrics are. */
interface Metrics {
  readonly service: string;
  /** Component by which the Service is found. */
  readonly component: string;
}

/** The ServiceMonitor: metrics over verified HTTPS where the database has TLS. */
export function renderServiceMonitor(plan: DatabasePlan, monitor: PostgresServiceMonitor, { service, component }: Metrics): unknown {
  const secret = certificateOf(plan, CertificateAlias.METRICS_EXPORTER)?.secretName;
  const tls = secret === undefined ? {} : {
    scheme: 'https',
    tlsConfig: {
      // The exporter's certificate comes from the CA of the clients (PGTLS-P41).
      ca: caReference(plan.trustedClientCas, secret),
      serverName: serviceHosts(service, plan.namespace, plan.clusterDomain)[2],
      ...(monitor.clientCertificate ? {
        cert: { secret: { name: monitor.clientCertificate.secretName, key: 'tls.crt' } },
        keySecret: { name: monitor.clientCertificate.secretName, key: 'tls.key' },
      } : {}),
    },
  };
  return {
    ...serviceMonitorHead(plan, monitor, service),
    spec: {
      // By labels that deploy tools leave alone: Argo CD writes its own into app.kubernetes.io/instance.
      selector: { matchLabels: { [DATABASE_LABEL]: plan.name, 'app.kubernetes.io/component': component } },
      endpoints: [{ port: 'metrics', interval: monitor.interval && formatGoDuration(monitor.interval), ...tls }],
    },
  };
}

/** The ServiceMonitor without its `spec`. */
export function serviceMonitorHead({ name }: DatabasePlan, { labels }: PostgresServiceMonitor, service: string): Record<string, unknown> {
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: service, labels: { ...objectLabels(name), ...labels } } };
}

function caReference({ configMapName, secretName, key }: TrustSource, issuedSecretName: string): unknown {
  return configMapName === undefined ? { secret: { name: secretName ?? issuedSecretName, key } } : { configMap: { name: configMapName, key } };
}
