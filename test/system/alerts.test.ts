import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { stringify } from 'yaml';
import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion } from '../../src';
import { chartIn, written } from '../support/tree';

const promtool = (...args: string[]) => {
  try {
    return execFileSync('promtool', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: string; stdout?: string; stderr?: string };
    if (code === 'ENOENT') { throw new Error('the alerts DID NOT RUN: promtool is not on the PATH', { cause: error }); }
    return stdout + stderr;
  }
};

function rules() {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, 
    storage: PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } }), monitor: { alerts: {} },
  });
  return written(chart, 'PrometheusRule').spec;
}

const scratch: string[] = [];
afterAll(() => { for (const folder of scratch) { rmSync(folder, { recursive: true }); } });

function file(name: string, content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  scratch.push(folder);
  writeFileSync(join(folder, name), stringify(content));
  return join(folder, name);
}

test('promtool reads them', () => {
  expect(promtool('check', 'rules', file('rules.yml', rules()))).toMatch(/SUCCESS: 13 rules found/);
});

test('promtool refuses what it cannot read', () => {
  expect(promtool('check', 'rules', file('rules.yml', { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'sum(' }] }] }))).toMatch(/FAILED|parse error/);
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

const EVERYTHING = Object.fromEntries([
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
  ['PostgresConnectionsNearLimit', { [`pg_stat_activity_count{${OF},state="active"}`]: '85x60', [`pg_settings_max_connections{${OF}}`]: '100x60' }, '10m', 1],
  ['PostgresConnectionsNearLimit', { [`pg_stat_activity_count{${OF},state="active"}`]: '75x60', [`pg_settings_max_connections{${OF}}`]: '100x60' }, '10m', 0],
  ['PostgresReplicationSlotInactive', { [`pg_replication_slot_slot_is_active{${OF},slot_name="a"}`]: '0x60' }, '20m', 1],
  ['PostgresReloadFailed', { [`kube_pod_container_status_ready{${RELOADER}}`]: '0x60' }, '20m', 1],
  ['PostgresReloadFailed', { [`kube_pod_container_status_ready{${RELOADER}}`]: '0x5 1x60' }, '20m', 0],
  ['PostgresVolumeNearlyFull', nearlyFull('data', 5), '10m', 1],
  ['PostgresVolumeNearlyFull', nearlyFull('data', 15), '10m', 0],
  ['PostgresVolumeNearlyFull', nearlyFull('wal', 5), '10m', 1],
  // Renewal is due 30 days before the end: at 22 days somebody should look, at 29 cert-manager may still be at it.
  ...[BY_CHART, BY_LABEL].flatMap((series): Array<[string, Record<string, string>, string, number]> => [
    ['PostgresCertificateNotRenewed', { [series('demo', 'db-server-cert')]: days(22) }, '2h', 1],
    ['PostgresCertificateNotRenewed', { [series('demo', 'db-server-cert')]: days(29) }, '2h', 0],
    ['PostgresCertificateNotRenewed', { [series('other', 'db-server-cert')]: days(22) }, '2h', 0],
  ]),
  // A source that is not scraped is one alert, of kubelet one for each volume.
  ['PostgresMetricsMissing', {}, '2h', 4],
  ['PostgresMetricsMissing', EVERYTHING, '2h', 0],
  ['PostgresMetricsMissing', without(`kubelet_volume_stats_available_bytes{${VOLUME('wal')}}`), '2h', 1],
  ['PostgresMetricsMissing', without(BY_CHART('demo', 'db-server-cert')), '2h', 1],
])('%s with %j after %s: %d', (alertname, series, evalTime, count) => {
  const path = file('rules.yml', rules());
  const testFile = join(path, '..', 'test.yml');
  writeFileSync(testFile, stringify({
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    tests: [{
      interval: '1m',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [{ expr: `count(ALERTS{alertname="${alertname}",alertstate="firing"}) or vector(0)`, eval_time: evalTime, exp_samples: [{ labels: '{}', value: count }] }],
    }],
  }));
  expect(promtool('test', 'rules', testFile)).toMatch(/SUCCESS/);
});
