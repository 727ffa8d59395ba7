import { Chart, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { eventually, get, kubectl, tryKubectl, type ClusterObject } from './support/kubectl';
import { demandCluster } from './support/playground';
import { NetworkPeer, Postgres, PostgresMonitor, PostgresNetwork, PostgresStorage, PostgresVersion, RestrictedNetworkOptions } from '../../src';
import { chartIn } from '../support/tree';

demandCluster();
jest.setTimeout(200_000);

// What NetworkPolicies promise, on nodes that enforce them.
const NAMESPACE = 'cdk8s-postgres-tls-network';
const ELSEWHERE = `${NAMESPACE}-elsewhere`;
const OWN = 'cdk8s-postgres-tls.test/owned=true';
const IMAGE = PostgresVersion.V18.image;
const SMALL = { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(192), limit: Size.mebibytes(192) } };
const CLIENTS = { 'network-test/role': 'client' };

const apply = (chart: Chart) => kubectl(['apply', '--validate=strict', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Testing.synth(chart) }));
const byName = (namespace: string) => NetworkPeer.namespaces({ 'kubernetes.io/metadata.name': namespace });

/** `db` with a network, and `sink`, which accepts connections from everywhere. */
function databases(network: RestrictedNetworkOptions): Chart {
  const chart = chartIn(NAMESPACE);
  const props = { version: PostgresVersion.V18, resources: SMALL, storage: PostgresStorage.ephemeral() };
  new Postgres(chart, 'db', { ...props, network: PostgresNetwork.restricted(network), monitor: PostgresMonitor.prometheus() });
  new Postgres(chart, 'sink', { ...props, network: PostgresNetwork.restricted({ clients: [NetworkPeer.anywhere()] }) });
  return chart;
}

async function startPod(namespace: string, name: string, labels: Record<string, string>): Promise<void> {
  await kubectl(['apply', '--filename', '-'], JSON.stringify({
    apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels },
    spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'psql', image: IMAGE, command: ['sleep', 'infinity'] }] },
  }));
  await kubectl(['--namespace', namespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s']);
}

/** Exit code of pg_isready for a server: 0 it answers, 2 it does not. */
const knock = (namespace: string, pod: string, container: string, host: string, port = 5432) =>
  tryKubectl(['--namespace', namespace, 'exec', pod, '--container', container, '--', 'pg_isready', '--timeout=3', '--username=probe', `--host=${host}`, `--port=${port}`]).then(({ code }) => code);
const fromPod = (namespace: string, pod: string) => knock(namespace, pod, 'psql', `db.${NAMESPACE}.svc`);
const fromDatabase = (host: string) => knock(NAMESPACE, 'db-0', 'reloader', host);
/** Whether a TCP connection to the metrics is made at all. */
const scrape = (namespace: string, pod: string) => tryKubectl(['--namespace', namespace, 'exec', pod, '--', 'timeout', '3', 'bash', '-c', `exec 3<>/dev/tcp/db-stats.${NAMESPACE}.svc/9187`]).then(({ code }) => code);

/** A policy is enforced a moment after the API server took it: until what it changes is seen, or it is not enforced at all. */
const until = (what: string, wanted: number, ask: () => Promise<number>) => eventually(what, 30, async () => {
  const answer = await ask();
  if (answer !== wanted) { throw new Error(`answer ${answer}, not ${wanted}`); }
}, NAMESPACE);

beforeAll(async () => {
  await kubectl(['delete', 'namespaces', '--selector', OWN, '--wait', '--timeout=150s']);
  for (const namespace of [NAMESPACE, ELSEWHERE]) {
    await kubectl(['create', 'namespace', namespace]);
    await kubectl(['label', 'namespace', namespace, OWN]);
  }
  await apply(databases({ clients: [NetworkPeer.pods(CLIENTS), byName(ELSEWHERE)], monitoring: [byName(ELSEWHERE)] }));
  await Promise.all([startPod(NAMESPACE, 'declared', CLIENTS), startPod(NAMESPACE, 'stranger', {}), startPod(ELSEWHERE, 'neighbour', {})]);
  await eventually('readiness', 120, async () => {
    for (const name of ['db', 'sink']) {
      const { status }: ClusterObject = await get(NAMESPACE, 'statefulset', name);
      if (status.readyReplicas !== 1) { throw new Error(`${name} is not ready`); }
    }
  }, NAMESPACE);
}, 300_000);

afterAll(() => kubectl(['delete', 'namespaces', '--selector', OWN, '--wait', '--timeout=150s']), 200_000);

test('declared clients reach the port: a pod by its labels, a namespace by its name', async () => {
  await until('the declared pod', 0, () => fromPod(NAMESPACE, 'declared'));
  await until('the declared namespace', 0, () => fromPod(ELSEWHERE, 'neighbour'));
});

test('a pod that is not declared does not reach it, in the same namespace', async () => {
  await until('the stranger', 2, () => fromPod(NAMESPACE, 'stranger'));
});

test('metrics are for who monitors', async () => {
  await until('monitoring', 0, () => scrape(ELSEWHERE, 'neighbour'));
  expect(await scrape(NAMESPACE, 'stranger')).not.toBe(0);
});

test('the pod resolves names, and reaches nothing that egress does not name', async () => {
  const resolved = await kubectl(['--namespace', NAMESPACE, 'exec', 'db-0', '--container', 'reloader', '--', 'getent', 'hosts', `sink.${NAMESPACE}.svc.cluster.local`]);
  expect(resolved).toMatch(/^\d/);
  await until('the sink', 2, () => fromDatabase(`sink.${NAMESPACE}.svc`));
});

test('egress that is named is open, at its port', async () => {
  const sink = NetworkPeer.pods({ 'app.kubernetes.io/instance': 'sink' });
  await apply(databases({ clients: [NetworkPeer.pods(CLIENTS)], egress: [{ to: sink, ports: [5432] }] }));
  await until('the sink', 0, () => fromDatabase(`sink.${NAMESPACE}.svc`));
  await apply(databases({ clients: [NetworkPeer.pods(CLIENTS)], egress: [{ to: sink, ports: [5433] }] }));
  await until('the sink', 2, () => fromDatabase(`sink.${NAMESPACE}.svc`));
});
