import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { eventually, get, kubectl, list, tryKubectl, type ClusterObject } from './support/kubectl';
import { createPrerequisites, demandCluster, OWN, removePlayground, renew } from './support/playground';
import { parseManifests } from '../local';
import { filesOf } from '../support/document-program';
import { filesBelow, markedBlock, REPOSITORY } from '../support/repository';

demandCluster();
jest.setTimeout(200_000);

// The applications of examples/clients.ts, from dist/, applied untouched.
const DIST = join(REPOSITORY, 'dist');
const FILES = Object.keys(filesBelow(DIST)).filter((file) => file.startsWith('clients-')).sort();
const DOCUMENTS = FILES.flatMap((file) => parseManifests(filesBelow(DIST)[file]!));
const DEPLOYMENTS = [
  { namespace: 'sales', name: 'orders', says: 'orders|orders|TLSv1.3' },
  { namespace: 'storefront', name: 'shop', says: 'shop|orders|TLSv1.3' },
  { namespace: 'finance', name: 'ledger', says: 'ledger|ledger|TLSv1.3' },
];
const onFiles = (...command: string[]) => kubectl([...command, ...FILES.flatMap((file) => ['--filename', join(DIST, file)])]);

/** What is cluster-scoped, or in the namespace of cert-manager: deleting the namespaces of the suite does not remove it. */
async function removeAll(): Promise<void> {
  await removePlayground();
  await onFiles('delete', '--ignore-not-found', '--wait', '--timeout=120s');
  const secrets = DOCUMENTS.filter(({ kind, metadata }) => kind === 'Certificate' && metadata.namespace === 'cert-manager').map((certificate) => (certificate as ClusterObject).spec.secretName as string);
  await kubectl(['--namespace', 'cert-manager', 'delete', 'secret', '--ignore-not-found', ...secrets]);
}

const podOf = async (namespace: string, deployment: string): Promise<string> => {
  const pods: ClusterObject[] = (await list(namespace, 'pods')).filter(({ metadata }) => metadata.name.startsWith(`${deployment}-`) && metadata.deletionTimestamp === undefined);
  return pods[0]!.metadata.name;
};
const inPod = async (namespace: string, deployment: string, ...command: string[]) => tryKubectl(['--namespace', namespace, 'exec', await podOf(namespace, deployment), '--', ...command]);
/** psql with nothing but the variables that `connect` has set. */
const ask = async (namespace: string, deployment: string, sql: string, ...options: string[]) => inPod(namespace, deployment, 'psql', '--no-psqlrc', '--no-align', '--tuples-only', '--quiet', ...options, '--command', sql);
const knock = async (namespace: string, pod: string, host: string) => (await tryKubectl(['--namespace', namespace, 'exec', pod, '--', 'pg_isready', '--timeout=3', '--username=probe', `--host=${host}`])).code;
const untilAnswer = (what: string, wanted: number, answer: () => Promise<number>) => eventually(what, 30, async () => {
  const got = await answer();
  if (got !== wanted) { throw new Error(`answer ${got}, not ${wanted}`); }
});
const SALES = 'sales-db.sales.svc.cluster.local';

beforeAll(async () => {
  await removeAll();
  await createPrerequisites();
  await onFiles('apply', '--validate=strict');
  await eventually('databases and applications', 180, async () => {
    for (const [namespace, name] of [['sales', 'sales-db'], ['finance', 'ledger-db']] as const) {
      if ((await get(namespace, 'statefulset', name)).status.readyReplicas !== 1) { throw new Error(`${name} is not ready`); }
    }
    for (const { namespace, name } of DEPLOYMENTS) {
      if ((await get(namespace, 'deployment', name)).status.readyReplicas !== 1) { throw new Error(`${name} is not ready`); }
    }
  }, 'sales', 'storefront', 'finance');
}, 400_000);

afterAll(removeAll, 300_000);

test.each(DEPLOYMENTS)('$namespace/$name connects: its own role, its own database, TLS', async ({ namespace, name, says }) => {
  await eventually(`an answer in the log of ${name}`, 90, async () => {
    const logs = await kubectl(['--namespace', namespace, 'logs', `deployment/${name}`]);
    expect(logs.split('\n')).toContain(says);
  }, namespace);
});

test('the CronJob connects', async () => {
  await kubectl(['--namespace', 'sales', 'create', 'job', '--from=cronjob/reports', 'reports-now']);
  await kubectl(['--namespace', 'sales', 'wait', '--for=condition=Complete', 'job/reports-now', '--timeout=90s']);
  expect((await kubectl(['--namespace', 'sales', 'logs', 'job/reports-now'])).split('\n')).toContain('reports|orders|TLSv1.3');
});

describe('a writer in another namespace', () => {
  beforeAll(async () => {
    expect(await ask('sales', 'orders', 'CREATE TABLE IF NOT EXISTS goods (name text)')).toMatchObject({ code: 0 });
  });

  test('writes what the owner has created, also afterwards', async () => {
    expect(await ask('storefront', 'shop', "INSERT INTO goods VALUES ('tea') RETURNING name")).toMatchObject({ code: 0, stdout: expect.stringContaining('tea') });
  });

  test('does not create tables', async () => {
    expect(await ask('storefront', 'shop', 'CREATE TABLE own ()')).toMatchObject({ code: 1, stderr: expect.stringContaining('permission denied for schema public') });
  });

  test('does not get into another database, and not as another role', async () => {
    expect(await ask('storefront', 'shop', 'SELECT 1', '--dbname', 'archive')).toMatchObject({ code: 2, stderr: expect.stringContaining('pg_hba.conf rejects connection') });
    expect(await ask('storefront', 'shop', 'SELECT 1', '--username', 'orders')).toMatchObject({ code: 2, stderr: expect.stringContaining('certificate authentication failed for user "orders"') });
    expect(await ask('storefront', 'shop', 'SELECT 1', '--username', 'postgres', '--dbname', 'postgres')).toMatchObject({ code: 2, stderr: expect.stringContaining('pg_hba.conf rejects connection') });
  });

  test('goes on with a renewed certificate', async () => {
    const [certificate] = (await list('storefront', 'certificates')).map(({ metadata }) => metadata.name as string);
    const before = (await get('storefront', 'secret', certificate!)).data['tls.crt'];
    await renew('storefront', certificate!);
    await eventually('the renewed key pair in the pod', 120, async () => {
      const { data } = await get('storefront', 'secret', certificate!);
      expect(data['tls.crt']).not.toBe(before);
      const { stdout } = await inPod('storefront', 'shop', 'sh', '-c', 'cat "$PGSSLCERT"');
      expect(stdout.trim()).toBe(Buffer.from(data['tls.crt'], 'base64').toString().trim());
    }, 'storefront');
    expect(await ask('storefront', 'shop', 'SELECT 1')).toMatchObject({ code: 0 });
  });
});

describe('the network', () => {
  beforeAll(async () => {
    for (const namespace of ['sales', 'storefront']) {
      await kubectl(['--namespace', namespace, 'apply', '--filename', '-'], stringify({
        apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stranger', namespace },
        spec: {
          terminationGracePeriodSeconds: 0,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{ name: 'psql', image: 'docker.io/library/postgres:18.4', command: ['sleep', 'infinity'], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
        },
      }));
      await kubectl(['--namespace', namespace, 'wait', '--for=condition=Ready', 'pod/stranger', '--timeout=60s']);
    }
  });

  test.each(['sales', 'storefront'])('a pod of %s that is not declared does not reach the port', async (namespace) => {
    await untilAnswer('the stranger', 2, () => knock(namespace, 'stranger', SALES));
  });

  test('a declared client reaches its own database and not that of another team', async () => {
    const pod = await podOf('storefront', 'shop');
    await untilAnswer('the client', 0, () => knock('storefront', pod, SALES));
    await untilAnswer('the client', 2, () => knock('storefront', pod, 'ledger-db.finance.svc.cluster.local'));
  });

  test('a declared client does not reach the port without the policy that admits it', async () => {
    const pod = await podOf('storefront', 'shop');
    const egress = (await list('storefront', 'networkpolicies')).map(({ metadata }) => metadata.name as string);
    expect(egress).toHaveLength(1);
    await kubectl(['--namespace', 'sales', 'patch', 'networkpolicy', 'sales-db', '--type=merge', '--patch', JSON.stringify({ spec: { ingress: [] } })]);
    await untilAnswer('the client', 2, () => knock('storefront', pod, SALES));
    await onFiles('apply', '--validate=strict');
    await untilAnswer('the client', 0, () => knock('storefront', pod, SALES));
  });
});

test('applied again, nothing changes', async () => {
  expect(await onFiles('diff')).toBe('');
});

describe('the application of the README', () => {
  const readme = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');

  beforeAll(async () => {
    await kubectl(['create', 'namespace', 'shop']);
    await kubectl(['label', 'namespace', 'shop', OWN]);
    await kubectl(['apply', '--validate=strict', '--filename', '-'], filesOf(markedBlock(readme, 'program: application'))['shop.k8s.yaml']!);
  });

  test('connects, and its log is as documented', async () => {
    await eventually('the documented log', 150, async () => {
      expect(await kubectl(['--namespace', 'shop', 'logs', 'deployment/shop'])).toContain(markedBlock(readme, 'log: application').trimEnd());
    }, 'shop');
  });
});
