import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion, Validation } from '../../../src';
import { findingsIn } from '../../support/findings';
import { chartIn, refusal } from '../../support/tree';

/** A database of this package, with something done to it. */
function database(change: (chart: Chart, db: Postgres) => void): Chart {
  const chart = chartIn();
  change(chart, new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral() }));
  return chart;
}
const found = (chart: Chart) => Validation.of(chart).findings().map(({ severity, rule: { code } }) => `${severity} ${code}`).join();
const patched = (...patches: JsonPatch[]) => database((_, db) => { ApiObject.of(db).addJsonPatch(...patches); });
const scaler = (apiVersion: string, kind: string, spec: object, namespace = 'demo') => ({ apiVersion, kind, metadata: { name: 'scaler', namespace }, spec });
const target = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' };
const hpa = (spec: object = {}) => scaler('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: target, minReplicas: 1, maxReplicas: 5, ...spec });
const keda = (spec: object = {}) => scaler('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { kind: 'StatefulSet', name: 'db' }, triggers: [], ...spec });

describe('a second instance', () => {
  test.each<[string, JsonPatch[], string]>([
    ['three replicas', [JsonPatch.replace('/spec/replicas', 3)], 'error PGTLS-N04'],
    ['the default of the API', [JsonPatch.remove('/spec/replicas')], ''],
    ['stopped', [JsonPatch.replace('/spec/replicas', 0)], ''],
    ['another first pod', [JsonPatch.add('/spec/ordinals', { start: 1 })], 'error PGTLS-N04'],
    ['the first pod, as spec.ordinals', [JsonPatch.add('/spec/ordinals', { start: 0 })], ''],
  ])('%s: %j', (_, patches, expected) => {
    expect(found(patched(...patches))).toBe(expected);
  });

  test.each<[string, object, string]>([
    ['a HorizontalPodAutoscaler', hpa(), 'error PGTLS-N05'],
    ['an old one', { ...hpa(), apiVersion: 'autoscaling/v1' }, 'error PGTLS-N05'],
    ['one that stays at one', hpa({ maxReplicas: 1 }), ''],
    ['one of another StatefulSet', hpa({ scaleTargetRef: { ...target, name: 'web' } }), ''],
    ['one of a Deployment of that name', hpa({ scaleTargetRef: { ...target, kind: 'Deployment' } }), ''],
    ['one of another namespace', scaler('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: target, maxReplicas: 5 }, 'other'), ''],
    ['one of KEDA', keda(), 'error PGTLS-N05'],
    ['one of KEDA that stops the database', keda({ minReplicaCount: 0, maxReplicaCount: 1 }), ''],
    ['one of Datadog', scaler('datadoghq.com/v1alpha1', 'WatermarkPodAutoscaler', { scaleTargetRef: target, maxReplicas: 3 }), 'error PGTLS-N05'],
    ['a vertical one', scaler('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', { targetRef: target }), ''],
  ])('beside %s', (_, object, expected) => {
    expect(found(database((chart) => { new ApiObject(chart, 'scaler', object as never); }))).toBe(expected);
  });

  test('is refused with the reason', () => {
    expect(refusal(patched(JsonPatch.replace('/spec/replicas', 2)))).toContain("[chart/db] PGTLS-N04: StatefulSet 'db' has replicas 2: each pod has its own data directory, and each connection reaches one of these unrelated databases");
    expect(refusal(database((chart) => { new ApiObject(chart, 'scaler', hpa() as never); }))).toContain("[chart/scaler] PGTLS-N05: HorizontalPodAutoscaler 'scaler' scales StatefulSet 'db' to up to 5 pods");
  });
});

describe('in manifests of other origin', () => {
  const workload = (kind: string, spec: object, pod: object = {}, container: object = {}) => ({
    apiVersion: 'apps/v1', kind, metadata: { name: 'db', namespace: 'demo' },
    spec: { selector: { matchLabels: { app: 'db' } }, template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'postgres', image: 'postgres:17', ...container }], ...pod } }, ...spec },
  });
  const configMap = (text: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'demo' }, data: { file: text } });
  const mounting = { volumes: [{ name: 'config', configMap: { name: 'config' } }] };

  test.each<[string, object[], string[]]>([
    ['one replica', [workload('StatefulSet', { replicas: 1 })], []],
    ['three', [workload('StatefulSet', { replicas: 3 })], ['PGTLS-N06']],
    ['three of a Deployment', [workload('Deployment', { replicas: 3 })], ['PGTLS-N06']],
    ['an autoscaler', [workload('StatefulSet', {}), hpa()], ['PGTLS-N06']],
    ['three with a row for replication in pg_hba.conf', [workload('StatefulSet', { replicas: 3 }, mounting), configMap('local replication all peer')], ['PGTLS-N06']],
    ['three with Patroni', [workload('StatefulSet', { replicas: 3 }, {}, { env: [{ name: 'PATRONI_SCOPE', value: 'db' }] })], []],
    ['three with a mode of replication', [workload('StatefulSet', { replicas: 3 }, {}, { env: [{ name: 'POSTGRESQL_REPLICATION_MODE', value: 'slave' }] })], []],
    ['three with a script that copies the first', [workload('StatefulSet', { replicas: 3 }, mounting), configMap('pg_basebackup --host=db-0.db')], []],
    ['three clients of PostgreSQL', [workload('Deployment', { replicas: 3 }, {}, { command: ['psql', '-c', 'SELECT 1'] })], []],
    ['three of something else', [workload('StatefulSet', { replicas: 3 }, {}, { image: 'redis:7' })], []],
  ])('%s', (_, manifests, expected) => {
    expect(findingsIn(manifests).map(({ rule: { code } }) => code)).toEqual(expected);
  });
});
