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
    version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), monitor: { alerts: {} },
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
  expect(promtool('check', 'rules', file('rules.yml', rules()))).toMatch(/SUCCESS: 8 rules found/);
});

test('promtool refuses what it cannot read', () => {
  expect(promtool('check', 'rules', file('rules.yml', { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'sum(' }] }] }))).toMatch(/FAILED|parse error/);
});

const OF = 'namespace="demo",service="db-stats"';
const RELOADER = 'namespace="demo",pod="db-0",container="reloader"';
const VOLUME = 'namespace="demo",persistentvolumeclaim="data-db-0"';

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
  ['PostgresVolumeNearlyFull', { [`kubelet_volume_stats_available_bytes{${VOLUME}}`]: '5x60', [`kubelet_volume_stats_capacity_bytes{${VOLUME}}`]: '100x60' }, '10m', 1],
  ['PostgresVolumeNearlyFull', { [`kubelet_volume_stats_available_bytes{${VOLUME}}`]: '15x60', [`kubelet_volume_stats_capacity_bytes{${VOLUME}}`]: '100x60' }, '10m', 0],
  // Renewal is due 30 days before the end: at 22 days somebody should look, at 29 cert-manager may still be at it.
  ['PostgresCertificateNotRenewed', { 'certmanager_certificate_expiration_timestamp_seconds{namespace="demo",name="db-server-cert"}': `${22 * 86_400}x200` }, '2h', 1],
  ['PostgresCertificateNotRenewed', { 'certmanager_certificate_expiration_timestamp_seconds{namespace="demo",name="db-server-cert"}': `${29 * 86_400}x200` }, '2h', 0],
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
