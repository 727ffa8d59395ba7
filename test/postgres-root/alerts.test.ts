import { Size } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresMonitor, PostgresStorage, PostgresVersion } from '../../src';
import { checkRules, playAlerts } from '../support/promtool';
import { chartIn, written } from '../support/tree';

function rules() {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, 
    storage: PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } }), monitor: PostgresMonitor.prometheus({ alerts: {} }),
  });
  return written(chart, 'PrometheusRule').spec;
}

test('promtool reads them', () => {
  expect(checkRules(rules())).toMatch(/SUCCESS: 16 rules found/);
});

test('promtool refuses what it cannot read', () => {
  expect(checkRules({ groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'sum(' }] }] })).toMatch(/FAILED|parse error/);
});

const OF = 'namespace="demo",service="db-stats"';
const RELOADER = 'namespace="demo",pod="db-0",container="reloader"';
const VOLUME = (name: string) => `namespace="demo",persistentvolumeclaim="${name}-db-0"`;
const nearlyFull = (volume: string, free: number) =>
  ({ [`kubelet_volume_stats_available_bytes{${VOLUME(volume)}}`]: `${free}x60`, [`kubelet_volume_stats_capacity_bytes{${VOLUME(volume)}}`]: '100x60' });
const END = 'certmanager_certificate_expiration_timestamp_seconds';
// cert-manager's chart scrapes with honorLabels false: its own namespace is `namespace`, the Certificate's is `exported_namespace`.
const BY_CHART = (namespace: string, name: string) => `${END}{namespace="cert-manager",exported_namespace="${namespace}",name="${name}"}`;
const BY_LABEL = (namespace: string, name: string) => `${END}{namespace="${namespace}",name="${name}"}`;
const days = (count: number) => `${count * 86_400}x200`;

const RESTARTS = (container: string, pod = 'db-0') => `kube_pod_container_status_restarts_total{namespace="demo",pod="${pod}",container="${container}"}`;
const COMMITS = (datname: string) => `pg_stat_database_xact_commit{${OF},datid="5",datname="${datname}"}`;
const UP = { [`pg_up{${OF}}`]: '1x60' };
const COLLECTORS = { [`pg_scrape_collector_success{${OF},collector="locks"}`]: '1x60', [`pg_scrape_collector_success{${OF},collector="wal"}`]: '1x60' };

const EVERYTHING = Object.fromEntries([
  RESTARTS('postgres'),
  `kube_pod_container_status_ready{${RELOADER}}`,
  ...['data', 'wal'].map((volume) => `kubelet_volume_stats_available_bytes{${VOLUME(volume)}}`),
  ...rules().groups[0].rules.flatMap(({ alert, labels }: { alert: string; labels: Record<string, string> }) => (alert === 'PostgresCertificateNotRenewed' ? [BY_CHART('demo', labels['certificate']!)] : [])),
].map((series) => [series, '1x200']));
const without = (series: string) => Object.fromEntries(Object.entries(EVERYTHING).filter(([name]) => name !== series));

// What each alert is for, played through: series as Prometheus would have them, and who is woken when.
test.each<[string, Record<string, string>, string, number]>([
  ['PostgresDown', { [`pg_up{${OF}}`]: '0x60' }, '5m', 1],
  ['PostgresDown', { [`pg_up{${OF}}`]: '1x60' }, '5m', 0],
  ['PostgresDown', { 'pg_up{namespace="other",service="db-stats"}': '1x60' }, '5m', 1],
  ['PostgresMetricsIncomplete', { ...UP, ...COLLECTORS, [`pg_exporter_last_scrape_error{${OF}}`]: '0x60' }, '30m', 0],
  ['PostgresMetricsIncomplete', { ...UP, ...COLLECTORS, [`pg_exporter_last_scrape_error{${OF}}`]: '1x60' }, '30m', 1],
  ['PostgresMetricsIncomplete', { ...UP, ...COLLECTORS, [`pg_scrape_collector_success{${OF},collector="wal"}`]: '0x60' }, '30m', 1],
  ['PostgresMetricsIncomplete', { ...UP, ...COLLECTORS, [`pg_scrape_collector_success{${OF},collector="wal"}`]: '0x5 1x60' }, '30m', 0],
  // No connection for the collectors: their series end, and pg_up stays.
  ['PostgresMetricsIncomplete', UP, '30m', 1],
  ['PostgresMetricsIncomplete', { ...UP, 'pg_scrape_collector_success{namespace="other",service="db-stats",collector="wal"}': '1x60' }, '30m', 1],
  // A database that is down is another alert.
  ['PostgresMetricsIncomplete', { [`pg_up{${OF}}`]: '0x60', [`pg_exporter_last_scrape_error{${OF}}`]: '1x60' }, '30m', 0],
  ['PostgresMetricsIncomplete', {}, '30m', 0],
  ['PostgresServerCrashed', { [COMMITS('postgres')]: '5000+10x10 3+10x60' }, '12m', 1],
  ['PostgresServerCrashed', { [COMMITS('postgres')]: '5000+10x10 3+10x60' }, '30m', 0],
  ['PostgresServerCrashed', { [COMMITS('postgres')]: '5000+10x60' }, '12m', 0],
  // A user drops a database and creates it again.
  ['PostgresServerCrashed', { [COMMITS('shop')]: '5000+10x10 3+10x60' }, '12m', 0],
  ['PostgresContainerRestarted', { [RESTARTS('postgres')]: '0x10 1x60' }, '12m', 1],
  ['PostgresContainerRestarted', { [RESTARTS('postgres')]: '0x10 1x60', [RESTARTS('exporter')]: '4x10 5x60' }, '12m', 2],
  ['PostgresContainerRestarted', { [RESTARTS('postgres')]: '0x10 1x60' }, '40m', 0],
  ['PostgresContainerRestarted', { [RESTARTS('postgres')]: '3x60' }, '12m', 0],
  ['PostgresContainerRestarted', { [RESTARTS('postgres', 'db-00')]: '0x10 1x60' }, '12m', 0],
  ['PostgresConnectionsNearLimit', { [`pg_stat_activity_count{${OF},state="active"}`]: '85x60', [`pg_settings_max_connections{${OF}}`]: '100x60' }, '10m', 1],
  ['PostgresConnectionsNearLimit', { [`pg_stat_activity_count{${OF},state="active"}`]: '75x60', [`pg_settings_max_connections{${OF}}`]: '100x60' }, '10m', 0],
  ['PostgresReplicationSlotInactive', { [`pg_replication_slot_slot_is_active{${OF},slot_name="a"}`]: '0x60' }, '20m', 1],
  ['PostgresReloadFailed', { [`kube_pod_container_status_ready{${RELOADER}}`]: '0x60' }, '20m', 1],
  ['PostgresReloadFailed', { [`kube_pod_container_status_ready{${RELOADER}}`]: '0x5 1x60' }, '20m', 0],
  ['PostgresVolumeNearlyFull', nearlyFull('data', 5), '10m', 1],
  ['PostgresVolumeNearlyFull', nearlyFull('data', 15), '10m', 0],
  ['PostgresVolumeNearlyFull', nearlyFull('wal', 5), '10m', 1],
  // Renewal is due 30 days before the end: at 22 days an operator must look, at 29 cert-manager may still be at it.
  ...[BY_CHART, BY_LABEL].flatMap((series): Array<[string, Record<string, string>, string, number]> => [
    ['PostgresCertificateNotRenewed', { [series('demo', 'db-server-cert')]: days(22) }, '2h', 1],
    ['PostgresCertificateNotRenewed', { [series('demo', 'db-server-cert')]: days(29) }, '2h', 0],
    ['PostgresCertificateNotRenewed', { [series('other', 'db-server-cert')]: days(22) }, '2h', 0],
  ]),
  // A source that is not scraped is one alert, of kubelet one for each volume.
  ['PostgresMetricsMissing', {}, '2h', 4],
  ['PostgresMetricsMissing', EVERYTHING, '2h', 0],
  ['PostgresMetricsMissing', without(`kubelet_volume_stats_available_bytes{${VOLUME('wal')}}`), '2h', 1],
  ['PostgresMetricsMissing', without(RESTARTS('postgres')), '2h', 1],
  ['PostgresMetricsMissing', without(BY_CHART('demo', 'db-server-cert')), '2h', 1],
])('%s with %j after %s: %d', (alertname, series, evalTime, count) => {
  expect(playAlerts(rules(), series, alertname, evalTime, count)).toMatch(/SUCCESS/);
});
