import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion, Severity, Validation } from '../../../src';
import { Fields, object, service } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';
import { chartIn } from '../../support/tree';

type Labels = Record<string, string>;

/** A workload whose pods have `labels` and that selects them all by default. */
function workload(kind: string, name: string, labels: Labels, { image = 'example.com/app:1', spec = {}, selector = labels as unknown, ports = [] as Fields[], env = [] as Fields[] } = {}): Fields {
  const isSelector = typeof selector === 'object' && selector !== null && ('matchLabels' in selector || 'matchExpressions' in selector);
  return object('apps/v1', kind, name, {
    spec: {
      ...(kind === 'StatefulSet' ? { serviceName: `${name}-hl` } : {}),
      selector: isSelector ? selector : { matchLabels: selector },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image, ports, env }] } },
      ...spec,
    },
  });
}
const database = (name: string, labels: Labels, rest = {}) => workload('StatefulSet', name, labels, { image: 'postgres:17.5', ...rest });
/** A database with an exporter beside it. */
function exported(name: string, labels: Labels): Fields {
  const pod = database(name, labels, { ports: [{ name: 'postgresql', containerPort: 5432 }] }) as { spec: { template: { spec: { containers: Fields[] } } } } & Fields;
  pod.spec.template.spec.containers.push({ name: 'exporter', image: 'quay.io/prometheuscommunity/postgres-exporter:v0.17.1', ports: [{ name: 'metrics', containerPort: 9187 }] });
  return pod;
}
const withMetrics = (manifest: Fields) => {
  const pod = structuredClone(manifest) as { spec: { template: { spec: { containers: Array<{ ports: Fields[] }> } } } } & Fields;
  pod.spec.template.spec.containers[0]!.ports.push({ name: 'metrics', containerPort: 9090 });
  return pod;
};
const job = (name: string, labels: Labels) => object('batch/v1', 'CronJob', name, {
  spec: {
    schedule: '0 4 * * *',
    jobTemplate: { spec: { template: { metadata: { labels }, spec: { restartPolicy: 'Never', containers: [{ name: 'dump', image: 'postgres:17.5', command: ['pg_dump'] }] } } } },
  },
});
const budget = (name: string, selector: unknown) => object('policy/v1', 'PodDisruptionBudget', name, { spec: { selector, maxUnavailable: 1 } });
const policy = (name: string, podSelector: unknown, spec: Fields) => object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { podSelector, policyTypes: ['Ingress'], ...spec } });
const at = (port: unknown) => ({ ingress: [{ ports: [{ port }] }] });

const DB = database('store', { release: 'erp', tier: 'data' });
const WEB = workload('Deployment', 'web', { release: 'erp', tier: 'front' }, { ports: [{ name: 'http', containerPort: 8080 }] });
const ALL = { release: 'erp' };
const REPLICATION = { env: [{ name: 'POSTGRESQL_REPLICATION_MODE', value: 'slave' }] };

test.each<[string, Fields[], string | undefined]>([
  ['two controllers with one selector', [workload('Deployment', 'a', { app: 'x' }), workload('Deployment', 'b', { app: 'x' })], 'a controller counts the pods of another as its own'],
  ['of two kinds', [workload('DaemonSet', 'a', { app: 'x' }), workload('StatefulSet', 'b', { app: 'x', more: 'y' })], 'a controller counts the pods of another as its own'],
  ['with an expression', [workload('Deployment', 'a', { app: 'x' }, { selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }), workload('Deployment', 'b', { app: 'y' })], 'a controller counts the pods of another as its own'],
  ['one selects more labels than the other has', [workload('Deployment', 'a', { app: 'x', part: 'a' }), workload('Deployment', 'b', { app: 'x', part: 'b' })], undefined],
  ['in two namespaces', [workload('Deployment', 'a', { app: 'x' }), { ...workload('Deployment', 'b', { app: 'x' }), metadata: { name: 'b', namespace: 'other' } }], undefined],
  ['a hook of a chart with the labels of the Deployment', [workload('Deployment', 'a', { app: 'x' }), job('migrate', { app: 'x' })], undefined],

  ['a Service of a database and of an application', [DB, WEB, service('s', { selector: ALL })], 'connections to a database reach another program'],
  ['a port of the application that leads to the database too', [DB, WEB, service('s', { selector: ALL, ports: [{ port: 80, targetPort: 8080 }] })], 'connections to a database reach another program'],
  ['a named port that the application alone has', [DB, WEB, service('s', { selector: ALL, ports: [{ port: 80, targetPort: 'http' }] })], undefined],
  ['a database and its backups', [database('store', { app: 'p' }), job('dump', { app: 'p' }), service('s', { selector: { app: 'p' } })], 'connections to a database reach another program'],
  ['blue and green', [workload('Deployment', 'blue', { app: 'x', color: 'blue' }), workload('Deployment', 'green', { app: 'x', color: 'green' }), service('s', { selector: { app: 'x' } })], undefined],
  ['two databases', [DB, database('other', { release: 'erp', tier: 'more' }), service('s', { selector: ALL })], 'connections reach unrelated databases'],
  ['two databases that replicate', [DB, database('read', { release: 'erp', tier: 'read' }, REPLICATION), service('s', { selector: ALL })], undefined],
  ['an old database that is stopped', [DB, database('other', { release: 'erp', tier: 'more' }, { spec: { replicas: 0 } }), service('s', { selector: ALL })], undefined],
  ['the governing Service', [database('a', { app: 'p', n: 'a' }, { spec: { serviceName: 's' } }), workload('StatefulSet', 'repo', { app: 'p', n: 'r' }, { spec: { serviceName: 's' } }),
    service('s', { selector: { app: 'p' }, clusterIP: 'None' })], undefined],
  ['the metrics of a database and of an application', [exported('store', { release: 'erp', tier: 'data' }), withMetrics(WEB), service('s', { selector: ALL, ports: [{ port: 9090, targetPort: 'metrics' }] })], undefined],
  ['the metrics of two databases', [exported('store', { release: 'erp', tier: 'data' }), exported('other', { release: 'erp', tier: 'more' }), service('s', { selector: ALL, ports: [{ port: 9187 }] })], undefined],
  ['their databases', [exported('store', { release: 'erp', tier: 'data' }), exported('other', { release: 'erp', tier: 'more' }), service('s', { selector: ALL })], 'connections reach unrelated databases'],
  ['a Service without a selector', [DB, WEB, service('s', { selector: undefined })], undefined],
  ['a role that a manager gives', [DB, WEB, service('s', { selector: { ...ALL, role: 'primary' } })], undefined],
  ['one pod by its name', [DB, WEB, service('s', { selector: { ...ALL, 'statefulset.kubernetes.io/pod-name': 'store-0' } })], undefined],

  ['a budget of a database and of an application', [DB, WEB, budget('b', { matchLabels: ALL })], 'blocks the eviction of the other'],
  ['a budget of databases', [DB, database('other', { release: 'erp', tier: 'more' }), budget('b', { matchLabels: ALL })], undefined],
  ['a budget of applications', [WEB, workload('Deployment', 'api', { release: 'erp', tier: 'api' }), budget('b', { matchLabels: ALL })], undefined],
  ['a budget of all', [DB, WEB, budget('b', {})], undefined],
  ['a budget of none', [DB, WEB, budget('b', null)], undefined],
  ['two budgets of a pod', [DB, WEB, budget('b', {}), budget('own', { matchLabels: { tier: 'data' } })], 'a pod with two budgets cannot be evicted'],

  ['a policy that shuts the application', [DB, WEB, policy('p', { matchLabels: ALL }, at(5432))].map((manifest) => withPort(manifest)), 'blocks the ports of the others'],
  ['a policy that opens both', [DB, WEB, policy('p', { matchLabels: ALL }, { ingress: [{ ports: [{ port: 5432 }, { port: 8080 }] }] })].map((manifest) => withPort(manifest)), undefined],
  ['another that opens the application', [DB, WEB, policy('p', { matchLabels: ALL }, at(5432)), policy('q', { matchLabels: { tier: 'front' } }, at('http'))].map((manifest) => withPort(manifest)), undefined],
  ['one that shuts all on purpose', [DB, WEB, policy('p', { matchLabels: ALL }, at(5432)), policy('deny', {}, {})].map((manifest) => withPort(manifest)), undefined],
  ['a policy for all pods without ingress rules', [DB, WEB, policy('p', {}, {})].map((manifest) => withPort(manifest)), undefined],
  ['peers and no ports', [DB, WEB, policy('p', { matchLabels: ALL }, { ingress: [{ from: [{ podSelector: {} }] }] })].map((manifest) => withPort(manifest)), undefined],
])('%s', (_, manifests, expected) => {
  const messages = findingsIn(manifests).filter(({ rule: { code } }) => code === 'PGTLS-N07' || code === 'PGTLS-N08').map(({ message }) => message);
  expect(messages).toEqual(expected === undefined ? [] : [expect.stringContaining(expected)]);
});

test.each<[string, Fields[], Severity]>([
  ['two applications', [workload('Deployment', 'a', { app: 'x' }), workload('Deployment', 'b', { app: 'x', track: 'canary' })], Severity.WARNING],
  ['an application and a database', [workload('Deployment', 'a', { app: 'x' }), database('b', { app: 'x', tier: 'data' })], Severity.ERROR],
  ['two databases', [database('a', { app: 'x' }), database('b', { app: 'x', tier: 'data' })], Severity.ERROR],
])('selectors of %s that overlap', (_, manifests, severity) => {
  expect(findingsIn(manifests).filter(({ rule: { code } }) => /N0[78]$/.test(code)).map((finding) => finding.severity)).toEqual([severity]);
});

/** The database declares its port. */
function withPort(manifest: Fields): Fields {
  return manifest === DB ? database('store', { release: 'erp', tier: 'data' }, { ports: [{ containerPort: 5432 }] }) : manifest;
}

test('selectors with one cause are one finding, at the first of them', () => {
  const copy = database('copy', { release: 'erp', tier: 'data' });
  const found = findingsIn([DB, copy, service('s', { selector: ALL }), service('t', { selector: ALL }), budget('b', { matchLabels: { tier: 'nothing' } })]);
  expect(found.filter(({ rule: { code } }) => code === 'PGTLS-N07').map(({ message }) => message)).toEqual([
    expect.stringContaining("StatefulSet 'store', StatefulSet 'copy', Service 's' and Service 't' select pods of StatefulSet 'store' and StatefulSet 'copy': "),
  ]);
});

test('a budget beside those of several databases is one finding', () => {
  const budgets = [budget('one', { matchLabels: { tier: 'data' } }), budget('two', { matchLabels: { tier: 'more' } }), budget('all', { matchLabels: ALL })];
  const found = findingsIn([DB, database('other', { release: 'erp', tier: 'more' }), ...budgets]);
  expect(found.filter(({ rule: { code } }) => code === 'PGTLS-N07').map(({ message }) => message)).toEqual([expect.stringContaining(
    "PodDisruptionBudget 'one', PodDisruptionBudget 'two' and PodDisruptionBudget 'all' select pods of StatefulSet 'store' and StatefulSet 'other': a pod with two budgets",
  )]);
});

test('duplicates have that one finding', () => {
  const own = budget('b', { matchLabels: ALL });
  expect(codesIn([DB, DB, service('s', { selector: ALL }), own, own])).toEqual(['PGTLS-N02']);
});

describe('beside a database of this package', () => {
  const beside = (change: (chart: Chart, db: Postgres) => void) => {
    const chart = chartIn();
    change(chart, new Postgres(chart, 'erp-db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral() }));
    return Validation.of(chart).findings().filter(({ rule: { code } }) => code.startsWith('PGTLS-N')).map(({ message }) => message);
  };
  const add = (chart: Chart, manifest: Fields) => { new ApiObject(chart, 'other', manifest as never); };

  test('a workload with the same labels but no database label has no finding', () => {
    expect(beside((chart) => { add(chart, database('erp-db-postgresql', { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'erp-db', 'app.kubernetes.io/component': 'primary' })); })).toEqual([]);
  });

  test('pods that bear its own label are caught by all of its selectors: one finding', () => {
    const labels = { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'erp-db', 'cdk8s-postgres-tls/database': 'erp-db' };
    expect(beside((chart) => { add(chart, workload('Deployment', 'copy', labels, { selector: { x: 'y' } })); }))
      .toEqual([expect.stringContaining("StatefulSet 'erp-db' and PodDisruptionBudget 'erp-db' select pods of StatefulSet 'erp-db' and Deployment 'copy': ")]);
  });

  test('a Service of two of them', () => {
    expect(beside((chart) => {
      for (const name of ['one', 'two']) { new Postgres(chart, name, { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), podTemplate: { labels: { tier: 'data' } } }); }
      add(chart, service('all', { selector: { tier: 'data' }, ports: [{ port: 5432, targetPort: 'postgresql' }] }));
    })).toEqual([expect.stringContaining('connections reach unrelated databases')]);
  });

  test('a patched selector of its Service', () => {
    const found = beside((chart, db) => {
      add(chart, workload('Deployment', 'web', { part: 'erp', tier: 'front' }));
      ApiObject.of(db).addJsonPatch(JsonPatch.add('/spec/template/metadata/labels/part', 'erp'));
      (db.node.findChild('service') as ApiObject).addJsonPatch(JsonPatch.replace('/spec/selector', { part: 'erp' }), JsonPatch.replace('/spec/ports/0/targetPort', 5432));
    });
    expect(found).toEqual([expect.stringContaining("Service 'erp-db' selects pods of StatefulSet 'erp-db' and Deployment 'web'")]);
  });
});
