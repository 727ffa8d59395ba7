import { alertsHead, renderAlerts } from './alerts';
import { exporterContainer, exporterPlan, ExporterPlan, renderWebConfig, EXPORTER_CERTIFICATE, SCRAPER_CA, SERVER_CA, WEB_CONFIG } from './exporter';
import type { PrometheusOptions } from './monitor';
import { renderServiceMonitor, serviceMonitorHead } from './service-monitor';
import { MONITORING_RULES, WRITTEN_MONITORING_RULES } from './validation';
import { CertificateAlias } from '../../plan/certificate-alias';
import { certificatePlan, certificateSecretName } from '../../plan/certificates';
import type { Contribution } from '../../plan/contribution';
import type { ObjectPlan } from '../../plan/database-plan';
import type { Feature } from '../../plan/feature';
import type { DatabaseBasics } from '../../plan/database-basics';
import { serviceHosts } from '../../plan/names';
import { networkOf } from '../../plan/network-of';
import { networkRule } from '../../plan/network-rule';
import { HBA_RANK, OBJECT_RANK } from '../../plan/rank';
import { reservedConnections, socketAccess } from '../../plan/roles';
import { servicePlan } from '../../plan/services';
import { caSource, secretSource, VolumePlan } from '../../plan/volumes';
import { LOOPBACK } from '../../plan/server-names-plan';
import type { PostgresProps } from '../../postgres-props';
import { KeyUsage } from '../../../cert-manager';

/** The role that the exporter logs in as, with its certificate. */
const EXPORTER_ROLE = 'postgres_exporter';

/** The exporter logs in after the reloader. */
const ACCESS_RANK = HBA_RANK.POD + 10;

/** Component of the stats Service, by which the ServiceMonitor finds it. */
const METRICS = 'metrics';

/** Metrics for Prometheus: `monitor`. */
export const monitoring: Feature = {
  name: 'monitoring',
  containers: ['exporter'],
  resolve: (props, basics) => {
    const monitor = props.monitor?._options;
    if (!monitor) {
      return { absent: { certificates: { [CertificateAlias.METRICS_EXPORTER]: 'monitor is not set' }, services: { stats: 'monitor is not set' } } };
    }
    const exporter = exporterPlan(monitor, basics);
    const statsService = `${basics.name}-stats`;
    return {
      roles: [{ name: EXPORTER_ROLE, memberOf: ['pg_monitor', ...reservedConnections(basics.major)] }],
      containers: [{ name: 'exporter', spec: exporterContainer(exporter, EXPORTER_ROLE, basics.layout, monitor.resources, props.resources), shares: exporter.tls ? [] : ['run'] }],
      ports: [{ name: METRICS, number: exporter.port, container: 'exporter', property: monitor.port === undefined ? undefined : 'monitor.port' }],
      services: [servicePlan(basics, props, {
        id: 'stats-service', name: statsService, alias: 'stats', labels: { 'app.kubernetes.io/component': METRICS }, rank: OBJECT_RANK.FEATURE,
        port: { name: METRICS, number: exporter.port },
      })],
      networkRules: [networkRule(props, { port: METRICS, alias: 'stats', given: networkOf(props)._options.monitoring, byDefault: { namespaceSelector: {} } })],
      objects: objects(monitor, basics, statsService),
      given: {
        images: [['monitor.image', monitor.image]],
        labels: [['monitor.serviceMonitor.labels', monitor.serviceMonitor?.labels], ['monitor.alerts.labels', monitor.alerts?.labels]],
        resources: [['monitor.resources', monitor.resources]],
      },
      ...(exporter.tls ? withCertificate(exporter, props, basics, statsService) : socketAccess(EXPORTER_ROLE, ACCESS_RANK)),
    };
  },
  rules: () => MONITORING_RULES,
  writtenRules: WRITTEN_MONITORING_RULES,
};

/** It logs in, and serves metrics, with a certificate. */
function withCertificate(exporter: ExporterPlan, props: PostgresProps, basics: DatabaseBasics, service: string): Contribution {
  const certificate = certificatePlan(basics, props, {
    alias: CertificateAlias.METRICS_EXPORTER,
    identity: {
      // PostgreSQL's cert authentication compares the common name with the role, never a subject alternative name.
      commonName: EXPORTER_ROLE,
      usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH, KeyUsage.SERVER_AUTH],
      dnsNames: serviceHosts(service, basics.namespace, basics.clusterDomain),
    },
  });
  const volume = (name: string, mountPath: string, source: VolumePlan['source']): VolumePlan => ({ name, mountPath, source, readOnly: true, users: ['exporter'] });
  return {
    certificates: [certificate],
    hbaRows: [{ rank: ACCESS_RANK, row: { type: 'hostssl', databases: ['postgres'], users: [EXPORTER_ROLE], address: '127.0.0.1/32', method: 'cert', options: [] } }],
    hostAliases: exporter.needsHostAlias ? [{ ip: LOOPBACK, hostnames: [exporter.host] }] : [],
    files: [{ name: WEB_CONFIG, text: renderWebConfig(exporter) }],
    volumes: [
      ...(exporter.scraperSecretName === undefined ? [] : [volume('scraper-ca', SCRAPER_CA, secretSource(exporter.scraperSecretName, [{ key: 'ca.crt', path: 'ca.crt' }]))]),
      // `ca.crt` in its own Secret may be of another CA; it must not get the private key of the server.
      volume('server-ca', SERVER_CA, caSource(basics.trustedServerCas, certificateSecretName(basics, props, CertificateAlias.SERVER))),
      volume('exporter-cert', EXPORTER_CERTIFICATE, secretSource(certificate.secretName)),
    ],
  };
}

function objects({ serviceMonitor, alerts }: PrometheusOptions, { name }: DatabaseBasics, statsService: string): ObjectPlan[] {
  return [
    ...(serviceMonitor ? [{
      id: 'service-monitor', kind: 'ServiceMonitor', name: statsService, rank: OBJECT_RANK.FEATURE,
      manifest: (plan) => renderServiceMonitor(plan, serviceMonitor, { service: statsService, component: METRICS }),
      head: (plan) => serviceMonitorHead(plan, serviceMonitor, statsService),
    } satisfies ObjectPlan] : []),
    ...(alerts ? [{
      id: 'alerts', kind: 'PrometheusRule', name, rank: OBJECT_RANK.FEATURE, manifest: (plan, clientIssuer) => renderAlerts(plan, alerts, statsService, clientIssuer),
      head: (plan) => alertsHead(plan, alerts),
    } satisfies ObjectPlan] : []),
  ];
}
