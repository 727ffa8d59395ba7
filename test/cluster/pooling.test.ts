import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, get, kubectl, list, tryKubectl, type ClusterObject } from './support/kubectl';
import { demandCluster, renew } from './support/playground';
import { filesOf } from '../support/document-program';
import { markedBlock, REPOSITORY } from '../support/repository';

demandCluster();
jest.setTimeout(200_000);

// The program of docs/pooling.md, applied untouched.
const NAMESPACE = 'shop';
const POOL = 'shop-db-pool.shop.svc.cluster.local';
const folder = mkdtempSync(join(tmpdir(), 'pooling-'));
const file = join(folder, 'shop.yaml');

const podsOf = async (deployment: string): Promise<ClusterObject[]> => (await list(NAMESPACE, 'pods')).filter(({ metadata }) => metadata.name.startsWith(`${deployment}-`) && metadata.deletionTimestamp === undefined);
const inPod = async (deployment: string, ...command: string[]) => tryKubectl(['--namespace', NAMESPACE, 'exec', (await podsOf(deployment))[0]!.metadata.name, '--', ...command]);
const ask = async (deployment: string, sql: string, ...options: string[]) => inPod(deployment, 'env', ...options, 'psql', '--no-psqlrc', '--no-align', '--tuples-only', '--quiet', '--command', sql);
const reloaderLogs = async (): Promise<string[]> => Promise.all((await podsOf('shop-db-pool')).map(({ metadata }) => kubectl(['--namespace', NAMESPACE, 'logs', metadata.name, '--container', 'reloader'])));
const serialAt = async (): Promise<string> => (await inPod('web', 'sh', '-c', `openssl s_client -starttls postgres -connect ${POOL}:5432 </dev/null 2>/dev/null | openssl x509 -noout -serial`)).stdout.trim();
/** Backends of the pooler, by the certificate that they were opened with. */
const backends = async (): Promise<string[]> => (await tryKubectl(['--namespace', NAMESPACE, 'exec', 'shop-db-0', '--container', 'postgres', '--', 'psql', '-U', 'postgres', '-X', '-A', '-t', '-c',
  "SELECT client_serial FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'shop' ORDER BY 1"])).stdout.trim().split('\n');

beforeAll(async () => {
  const [text] = Object.values(filesOf(markedBlock(readFileSync(join(REPOSITORY, 'docs/pooling.md'), 'utf8'), 'program: pooling')));
  writeFileSync(file, text!);
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=120s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  // The applications, Deployments of cdk8s-plus, cannot set the seccomp profile of `restricted`.
  await kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=baseline', 'pod-security.kubernetes.io/warn=restricted']);
  await kubectl(['apply', '--validate=strict', '--filename', file]);
  await eventually('database, pooler and applications', 180, async () => {
    if ((await get(NAMESPACE, 'statefulset', 'shop-db')).status.readyReplicas !== 1) { throw new Error('shop-db is not ready'); }
    for (const [name, replicas] of [['shop-db-pool', 2], ['web', 1], ['reports', 1]] as const) {
      if ((await get(NAMESPACE, 'deployment', name)).status.readyReplicas !== replicas) { throw new Error(`${name} is not ready`); }
    }
  }, NAMESPACE);
}, 400_000);

afterAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=120s']);
  rmSync(folder, { recursive: true });
}, 300_000);

test('a client gets in with its own certificate and role, and the database sees that of the pooler', async () => {
  await eventually('an answer', 30, async () => {
    expect(await ask('web', 'SELECT session_user, version, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toMatchObject({ code: 0, stdout: 'shop|TLSv1.3|/CN=shop-db-pool\n' });
  }, NAMESPACE);
});

test.each([
  ['another role than that of the certificate', ['PGUSER=reports'], /FATAL: {2}no such user|certificate authentication failed/],
  ['no certificate', ['PGSSLCERT=/nowhere', 'PGSSLKEY=/nowhere'], /certificate required|certificate authentication failed/],
  ['no TLS', ['PGSSLMODE=disable'], /SSL required/],
  ['a database that is not one of its own', ['PGDATABASE=postgres'], /no such database/],
])('refused: %s', async (_what, environment, message) => {
  const { code, stderr } = await ask('web', 'SELECT 1', ...environment);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(message);
});

test('a client does not accept the pooler under another name', async () => {
  const { spec: { clusterIP } } = await get(NAMESPACE, 'service', 'shop-db-pool');
  expect((await ask('web', 'SELECT 1', 'PGHOST=another.shop.svc.cluster.local', `PGHOSTADDR=${clusterIP}`)).stderr).toMatch(/does not match host name "another/);
});

test('the pooler is the only way for a client that is connected through it, and no way for others', async () => {
  expect((await ask('web', 'SELECT 1', 'PGHOST=shop-db.shop.svc.cluster.local', 'PGCONNECT_TIMEOUT=5')).code).not.toBe(0);
  expect((await ask('reports', 'SELECT 1', `PGHOST=${POOL}`, 'PGCONNECT_TIMEOUT=5')).code).not.toBe(0);
  expect(await ask('reports', 'SELECT 1')).toMatchObject({ code: 0, stdout: '1\n' });
});

test('many clients share few connections, with prepared statements', async () => {
  const client = String.raw`printf '%s\n' 'SELECT $1::int + 1 AS two \bind 1 \g' 'SELECT pg_sleep(0.2);' | psql --no-psqlrc -A -t -q`;
  const { stdout } = await inPod('web', 'sh', '-c', `for i in 1 2 3 4 5 6 7 8 9 10 11 12; do ( ${client} ) & done; wait`);
  expect(stdout.match(/^2$/gm)).toHaveLength(12);
  expect((await backends()).length).toBeLessThanOrEqual(20);
});

test('renewed certificates are used on both sides, and a held client loses no query', async () => {
  const before = await serialAt();
  const used = await backends();
  // One client, a query every 50 ms: it ends with an error at the first that fails.
  const held = inPod('web', 'sh', '-c', "i=0; while [ $i -lt 500 ]; do echo 'SELECT 1;'; i=$((i+1)); sleep 0.05; done | psql --no-psqlrc -A -t -q -v ON_ERROR_STOP=1 | grep -c '^1$'");
  const reloads = (await reloaderLogs()).map((text) => text.split('reloaded, serving').length);
  await renew(NAMESPACE, 'shop-db-pooler-pool-server-cert');
  await renew(NAMESPACE, 'shop-db-pooler-pool-client-cert');
  await eventually('both pods have reloaded', 120, async () => {
    (await reloaderLogs()).forEach((text, index) => { if (text.split('reloaded, serving').length <= reloads[index]!) { throw new Error(`pod ${index} has not reloaded`); } });
    expect(await serialAt()).not.toBe(before);
  }, NAMESPACE);
  expect(await held).toMatchObject({ code: 0, stdout: '500\n' });
  await ask('web', 'SELECT 1');
  expect((await backends()).some((serial) => !used.includes(serial))).toBe(true);
});

test('an image of another release stops the rollout, and the pods before it stay', async () => {
  const wrong = readFileSync(file, 'utf8').replace(/(name: PGBOUNCER_RELEASE\n\s+value: ).*/, '$11.99.0');
  await kubectl(['apply', '--filename', '-'], wrong);
  await eventually('the problem in the log', 60, async () => {
    expect((await reloaderLogs()).join('\n')).toMatch(/the image has PgBouncer \d+\.\d+\.\d+; set the version of the pooler to this release/);
  }, NAMESPACE);
  expect(await ask('web', 'SELECT 1')).toMatchObject({ code: 0, stdout: '1\n' });
  await kubectl(['apply', '--filename', file]);
});
