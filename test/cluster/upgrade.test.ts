import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, get, kubectl, list, tryKubectl, type ClusterObject } from './support/kubectl';
import { createPrerequisites, demandCluster, psql, removePlayground, startClient, untilReachable } from './support/playground';
import { parseManifests } from '../local';
import { markedBlock, REPOSITORY } from '../support/repository';

demandCluster();
jest.setTimeout(300_000);

// The manifests that this package wrote before its selectors had a label of their own, and before every database had a client CA of its own.
const BEFORE = join(__dirname, 'earlier/quickstart.k8s.yaml');
const NOW = join(REPOSITORY, 'dist/quickstart.k8s.yaml');
const LOGIN = 'host=orders-db.orders.svc port=5432 user=postgres dbname=postgres sslmode=verify-full connect_timeout=10 '
  + 'sslrootcert=/tls/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key';
const inPod = (sql: string) => kubectl(['--namespace', 'orders', 'exec', 'orders-db-0', '--container', 'reloader', '--', 'psql', '-X', '-A', '-t', '-q', '-c', sql])
  .then((answer) => answer.trim());

async function untilReady(): Promise<void> {
  await eventually('readiness of orders-db', 150, async () => {
    const { metadata, spec, status } = await get('orders', 'statefulset', 'orders-db');
    if (status.observedGeneration !== metadata.generation || status.readyReplicas !== spec.replicas || status.updatedReplicas !== spec.replicas) {
      throw new Error('orders-db is not ready');
    }
    for (const certificate of await list('orders', 'certificates')) {
      const conditions: Array<{ type: string; status: string }> = certificate.status?.conditions ?? [];
      if (!conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True')) { throw new Error(`${certificate.metadata.name} is not issued`); }
    }
  }, 'orders');
}

beforeAll(async () => {
  await createPrerequisites();
  await kubectl(['apply', '--filename', BEFORE]);
  await untilReady();
  await inPod('CREATE TABLE kept AS SELECT generate_series(1, 1000) AS row');
}, 300_000);

afterAll(() => removePlayground(), 200_000);

test('applied over the version before, all objects but the StatefulSet are taken, and the running database is left alone', async () => {
  const before = await get('orders', 'pod', 'orders-db-0');

  const { code, stderr } = await tryKubectl(['apply', '--filename', NOW]);

  expect(code).not.toBe(0);
  expect(stderr).toMatch(/StatefulSet.*"orders-db" is invalid: spec: Forbidden/);
  expect(stderr.match(/is invalid/g)).toHaveLength(1);
  expect((await get('orders', 'pod', 'orders-db-0')).metadata.uid).toBe(before.metadata.uid);
  expect(await inPod('SELECT count(*) FROM kept')).toBe('1000');
});

test('moved as in docs/operations.md, the database keeps its volume and its data', async () => {
  const claim = await get('orders', 'persistentvolumeclaim', 'data-orders-db-0');
  const commands = markedBlock(readFileSync(join(REPOSITORY, 'docs/operations.md'), 'utf8'), 'commands: new selectors');

  for (const command of commands.trim().split('\n')) {
    await kubectl(command.replace(/^kubectl /, '').replaceAll('NAMESPACE', 'orders').replaceAll('NAME', 'orders-db').replaceAll('dist/', NOW).split(' '));
  }
  await untilReady();

  expect((await get('orders', 'persistentvolumeclaim', 'data-orders-db-0')).metadata.uid).toBe(claim.metadata.uid);
  expect(await inPod('SELECT count(*) FROM kept')).toBe('1000');
});

test('clients can log in with the certificates of the new manifests', async () => {
  const [image] = parseManifests(readFileSync(NOW, 'utf8')).filter(({ kind }) => kind === 'StatefulSet').map(({ spec }: ClusterObject) => spec.template.spec.containers[0].image);
  await startClient({ namespace: 'orders', name: 'client', image, db: 'orders-db' });
  await untilReachable('orders', 'client', 'orders-db.orders.svc');
  expect(await psql('orders', 'client', LOGIN, 'SELECT count(*) FROM kept')).toBe('1000');
});
