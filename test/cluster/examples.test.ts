import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { eventually, get, kubectl, list, OpenSession, tryKubectl, type Answer, type ClusterObject } from './support/kubectl';
import { createPrerequisites, demandCluster, psql, removePlayground, renew, startClient, untilReachable } from './support/playground';
import { type Manifest, parseManifests } from '../local';
import { printedSeed } from '../support/seed';
import { filesBelow, markedBlock, REPOSITORY } from '../support/repository';

demandCluster();
// Longer than any deadline of `eventually`: its error has the state of the cluster.
jest.setTimeout(300_000);

const DIST = join(REPOSITORY, 'dist');
// The applications of the clients have a suite of their own.
const FILES = Object.entries(filesBelow(DIST)).filter(([file]) => !file.startsWith('clients-'));
const FILENAMES = FILES.flatMap(([file]) => ['--filename', join(DIST, file)]);
const DOCUMENTS = FILES.flatMap(([, text]) => parseManifests(text));
const DATABASES = [
  { namespace: 'orders', db: 'orders-db' },
  { namespace: 'demo', db: 'pg' },
  { namespace: 'billing', db: 'billing-db' },
  { namespace: 'sandbox', db: 'scratch-db' },
];
const WITH_CERTIFICATES = DATABASES.slice(0, 2);
const TRUST = 'sslrootcert=/tls/ca.crt';
const CERTIFICATE = 'sslcert=/tls/tls.crt sslkey=/tls/tls.key';
const WHO_AM_I = 'SELECT current_user, ssl, version, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

const figures: string[] = [];
let firstApply: Answer;
const imageOf = (namespace: string): string => {
  const statefulSet: ClusterObject = DOCUMENTS.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.namespace === namespace);
  return statefulSet.spec.template.spec.containers[0].image;
};
const login = (host: string, ...rest: string[]) =>
  [`host=${host} port=5432 user=postgres dbname=postgres sslmode=verify-full connect_timeout=10`, TRUST, ...rest].join(' ');
const applyAll = () => tryKubectl(['apply', '--server-side=false', '--validate=strict', ...FILENAMES]);
const runOf = async (namespace: string, db: string) => {
  const { metadata, status } = await get(namespace, 'pod', `${db}-0`);
  const containers: ClusterObject[] = [...status.initContainerStatuses, ...status.containerStatuses];
  return {
    uid: metadata.uid,
    containers: containers.map(({ containerID, name, ready, restartCount }) => ({ containerID, name, ready, restartCount })),
  };
};
const STARTED_ONCE = ['init', 'postgres', 'reloader'].map((name) => expect.objectContaining({ name, ready: true, restartCount: 0 }));

/** Ready at this moment: every Certificate and Issuer, every pod of every StatefulSet. */
async function everythingReady(namespaces: readonly string[]): Promise<void> {
  const shared = await get('cert-manager', 'clusterissuer', 'platform-ca');
  for (const namespace of namespaces) {
    for (const object of [shared, ...await list(namespace, 'certificates'), ...await list(namespace, 'issuers')]) {
      const ready = object.status?.conditions?.find((condition: ClusterObject) => condition.type === 'Ready')?.status;
      if (ready !== 'True') { throw new Error(`${object.kind} ${object.metadata.name} is not ready`); }
    }
    for (const { metadata, spec, status } of await list(namespace, 'statefulsets')) {
      const observed = status.observedGeneration === metadata.generation;
      if (!observed || status.readyReplicas !== spec.replicas || status.updatedReplicas !== spec.replicas) {
        throw new Error(`StatefulSet ${metadata.name} is not ready`);
      }
    }
  }
}

const untilReady = (...namespaces: string[]) => eventually('readiness of everything', 120, () => everythingReady(namespaces), ...namespaces);

function measure(what: string, start: number): void {
  figures.push(`${what} ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

beforeAll(async () => {
  await createPrerequisites();
  const start = Date.now();
  firstApply = await applyAll();
  if (firstApply.code !== 0) { throw new Error(firstApply.stderr); }
  await untilReady(...DATABASES.map(({ namespace }) => namespace));
  measure('from the first apply to everything Ready', start);
  for (const { namespace, db } of DATABASES.slice(0, 3)) {
    await startClient({ namespace, name: 'client', image: imageOf(namespace), db });
  }
  await kubectl(['--namespace', 'sandbox', 'run', 'client', '--image', imageOf('sandbox'), '--overrides', JSON.stringify({
    spec: {
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'client',
        image: imageOf('sandbox'),
        command: ['sleep', 'infinity'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      }],
    },
  })]);
  await kubectl(['--namespace', 'sandbox', 'wait', '--for=condition=Ready', 'pod/client', '--timeout=60s']);
  for (const { namespace, db } of DATABASES) { await untilReachable(namespace, 'client', db); }
}, 400_000);

afterAll(async () => {
  if (figures.length > 0) { process.stdout.write(`measured:\n${figures.map((figure) => `  ${figure}\n`).join('')}`); }
  await removePlayground();
}, 200_000);

test('the first apply is accepted without a warning', () => {
  expect(firstApply.stderr).toBe('');
});

test('the namespaces refuse what is not restricted', async () => {
  const { code, stderr } = await tryKubectl(['--namespace', 'orders', 'run', 'privileged', '--image', imageOf('orders'), '--privileged']);
  expect(code).not.toBe(0);
  expect(stderr).toContain('violates PodSecurity "restricted');
});

test.each(DATABASES)('$namespace/$db has started without a restart', async ({ namespace, db }) => {
  expect((await runOf(namespace, db)).containers).toEqual(STARTED_ONCE);
});

describe.each(WITH_CERTIFICATES)('$namespace/$db: verify-full, clients known by certificate', ({ namespace, db }) => {
  const domains = ['', `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.cluster.local`];
  const names = [db, `${db}-pods`, `${db}-0.${db}-pods`].flatMap((host) => domains.map((domain) => host + domain));
  const ask = (conninfo: string, sql = WHO_AM_I) => psql(namespace, 'client', conninfo, sql);

  beforeAll(async () => {
    // A role that may log in, so that nothing but the certificate's name can be the reason of a refusal.
    await ask(login(db, CERTIFICATE), 'CREATE ROLE mallory LOGIN');
    const ca = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=another CA', '-keyout', '/dev/null'];
    await kubectl(['--namespace', namespace, 'exec', 'client', '--', 'openssl', ...ca, '-out', '/tmp/another.crt']);
  });

  test.each(names)('can connect to %s', async (host) => {
    expect(await ask(login(host, CERTIFICATE))).toBe('postgres|t|TLSv1.3|/CN=postgres');
  });

  test.each([
    ['without TLS', login(db, CERTIFICATE).replace('verify-full', 'disable'), /pg_hba\.conf rejects connection .* no encryption/],
    ['without its certificate', login(db, 'sslcert=/none sslkey=/none'), /connection requires a valid client certificate/],
    ['under another name', login(db, CERTIFICATE).replace('user=postgres', 'user=mallory'), /certificate authentication failed for user "mallory"/],
    ['trusting another CA', login(db, CERTIFICATE).replace('/tls/ca.crt', '/tmp/another.crt'), /certificate verify failed/],
  ])('is refused %s', async (_, conninfo, reason) => {
    await expect(ask(conninfo)).rejects.toThrow(reason);
  });

  test('is refused by a host name that the certificate does not carry', async () => {
    const { spec } = await get(namespace, 'service', db);
    await expect(ask(login(spec.clusterIP, CERTIFICATE))).rejects.toThrow(/does not match host name/);
  });
});

test('the client of examples/README.md can log in', async () => {
  const readme = readFileSync(join(REPOSITORY, 'examples/README.md'), 'utf8');
  await kubectl(['apply', '--validate=strict', '--filename', '-'], markedBlock(readme, 'manifest: client pod'));
  await kubectl(['--namespace', 'orders', 'wait', '--for=condition=Ready', 'pod/psql', '--timeout=60s']);
  await untilReachable('orders', 'psql', 'orders-db');
  const answer = await kubectl(['--namespace', 'orders', 'exec', 'psql', '--', 'sh', '-c', markedBlock(readme, 'client')]);
  expect(answer).toMatch(/ t +\| TLSv1\.3/);
  await kubectl(['--namespace', 'orders', 'delete', 'pod', 'psql', '--grace-period=0', '--force']);
});

describe('billing/billing-db: require, SCRAM', () => {
  const host = 'billing-db.billing.svc';
  const ask = (password: string, conninfo = login(host)) => psql('billing', 'client', conninfo, WHO_AM_I, { PGPASSWORD: password });
  const passwordIn = async () => Buffer.from((await get('billing', 'secret', 'billing-db-auth')).data.password, 'base64').toString();

  test('the password of the Secret is accepted over TLS', async () => {
    expect(await ask(await passwordIn())).toBe('postgres|t|TLSv1.3|');
  });

  test('plaintext and a wrong password are refused', async () => {
    const plaintext = login(host).replace('verify-full', 'disable');
    await expect(ask(await passwordIn(), plaintext)).rejects.toThrow(/pg_hba\.conf rejects connection .* no encryption/);
    await expect(ask('guess')).rejects.toThrow(/password authentication failed/);
  });

  test('a changed Secret changes the password, without a restart', async () => {
    const before = await runOf('billing', 'billing-db');
    const old = await passwordIn();
    const start = Date.now();
    const patch = JSON.stringify({ stringData: { password: 'a new one' } });
    await kubectl(['--namespace', 'billing', 'patch', 'secret', 'billing-db-auth', '--patch', patch]);
    await eventually('the new password', 120, () => ask('a new one'), 'billing');
    measure('from a changed password in the Secret to the server', start);
    await expect(ask(old)).rejects.toThrow(/password authentication failed/);
    expect(await runOf('billing', 'billing-db')).toEqual(before);
  });
});

test('sandbox/scratch-db: plaintext with the password gets in, TLS is not on offer', async () => {
  const password = Buffer.from((await get('sandbox', 'secret', 'scratch-db-auth')).data.password, 'base64').toString();
  const ask = (sslmode: string) =>
    psql('sandbox', 'client', `host=scratch-db user=postgres dbname=postgres sslmode=${sslmode}`, WHO_AM_I, { PGPASSWORD: password });
  expect(await ask('disable')).toBe('postgres|f||');
  await expect(ask('require')).rejects.toThrow(/server does not support SSL/);
});

describe('applied again', () => {
  // kubectl calls a StatefulSet with claim templates `configured` although nothing changes; the cluster's own counts tell. Where a
  // controller writes the status, the generation counts changes of the spec alone.
  const versions = async () => {
    const { items } = JSON.parse(await kubectl(['get', ...FILENAMES, '--output', 'json']));
    return items.map(({ kind, metadata: { namespace, name, labels, generation, resourceVersion } }: ClusterObject) =>
      ({ kind, namespace, name, labels, version: generation ?? resourceVersion }));
  };

  test('there is nothing to change: kubectl diff is empty', async () => {
    expect(await tryKubectl(['diff', ...FILENAMES])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('pruning by the label of a database finds neither claims nor Secrets', async () => {
    const { metadata: { name } } = DOCUMENTS.find(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === 'orders')!;
    const kept = stringify(DOCUMENTS.find(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === name));
    const { stdout } = await tryKubectl(['--namespace', 'orders', 'apply', '--dry-run=server', '--prune', '--selector', `app.kubernetes.io/instance=${name}`, '--filename', '-'], kept);
    const pruned = stdout.split('\n').filter((line) => line.includes('pruned')).map((line) => line.split('/')[0]);
    expect(pruned).toContain('statefulset.apps');
    expect(pruned).not.toContain('persistentvolumeclaim');
    expect(pruned).not.toContain('secret');
    expect(await kubectl(['--namespace', 'orders', 'get', 'persistentvolumeclaims', '--selector', `app.kubernetes.io/instance=${name}`, '--output', 'name'])).toContain(`data-${name}-0`);
  });

  test('nothing changes', async () => {
    const before = await versions();
    expect(before).toHaveLength(DOCUMENTS.length);
    const { stdout, ...rest } = await applyAll();
    expect(rest).toEqual({ code: 0, stderr: '' });
    expect(await versions()).toEqual(before);
    const configured = stdout.trim().split('\n').filter((line) => !line.endsWith(' unchanged')).map((line) => line.replace(/\/\S+ /, ' '));
    expect([...new Set(configured)].sort()).toEqual(['poddisruptionbudget.policy configured', 'statefulset.apps configured']);
  });
});

describe('a renewal by cert-manager', () => {
  test('is served without a restart, while a session stays open', async () => {
    const certificate = 'orders-db-server-cert';
    const serialIn = async () => {
      const { data } = await get('orders', 'secret', certificate);
      const command = ['--namespace', 'orders', 'exec', '--stdin', 'client', '--', 'openssl', 'x509', '-noout', '-serial'];
      return (await kubectl(command, Buffer.from(data['tls.crt'], 'base64').toString())).trim();
    };
    const served = async () => {
      const s_client = 'openssl s_client -starttls postgres -connect orders-db:5432 </dev/null 2>/dev/null | openssl x509 -noout -serial';
      return (await kubectl(['--namespace', 'orders', 'exec', 'client', '--', 'sh', '-c', s_client])).trim();
    };
    const session = new OpenSession('orders', 'client', login('orders-db', CERTIFICATE));
    try {
      const before = await runOf('orders', 'orders-db');
      const backend = await session.ask('SELECT pg_backend_pid(), pg_postmaster_start_time();');
      expect(backend).toMatch(/^\d+\|/);
      const old = await serialIn();
      expect(await served()).toBe(old);

      await renew('orders', certificate);
      await eventually('the renewal', 60, async () => { expect(await serialIn()).not.toBe(old); }, 'orders');
      const start = Date.now();
      const renewed = await serialIn();
      await eventually('the renewed certificate on the wire', 120, async () => { expect(await served()).toBe(renewed); }, 'orders');
      measure('from a renewed certificate in the Secret to the wire', start);

      expect(await session.ask('SELECT pg_backend_pid(), pg_postmaster_start_time();')).toBe(backend);
      expect(await runOf('orders', 'orders-db')).toEqual(before);
    } finally {
      session.close();
    }
    expect(await psql('orders', 'client', login('orders-db', CERTIFICATE), WHO_AM_I)).toBe('postgres|t|TLSv1.3|/CN=postgres');
  });
});

describe('orders/orders-db keeps its data', () => {
  const ask = (sql: string) => psql('orders', 'client', login('orders-db', CERTIFICATE), sql);
  const ca = async () => (await get('orders', 'secret', 'orders-db-server-cert')).data['ca.crt'];

  beforeAll(async () => { await ask('CREATE TABLE kept AS SELECT 42 AS answer'); });

  test('when its pod is deleted', async () => {
    const { uid } = await runOf('orders', 'orders-db');
    // An open session does not delay the end of the pod.
    const session = new OpenSession('orders', 'client', login('orders-db', CERTIFICATE));
    expect(await session.ask('SELECT 1;')).toBe('1');
    const start = Date.now();
    await kubectl(['--namespace', 'orders', 'delete', 'pod', 'orders-db-0', '--wait', '--timeout=60s']);
    session.close();
    await eventually('a new pod', 60, async () => { expect((await runOf('orders', 'orders-db')).uid).not.toBe(uid); }, 'orders');
    await untilReady('orders');
    await untilReachable('orders', 'client', 'orders-db');
    measure('from the deletion of a pod to its return', start);
    expect(await ask('SELECT answer FROM kept')).toBe('42');
  });

  const quickstart = parseManifests(readFileSync(join(DIST, 'quickstart.k8s.yaml'), 'utf8'));
  const seed = printedSeed();

  test.each<[string, Manifest[]]>([
    ['backwards', [...quickstart].reverse()],
    [`in a random order (SEED=${seed})`, shuffled(quickstart, seed)],
  ])('when everything was removed and is applied again %s', async (how, documents) => {
    const old = await ca();
    await kubectl(['--namespace', 'orders', 'delete', 'pod', 'client', '--ignore-not-found', '--wait']);
    await kubectl(['delete', '--filename', join(DIST, 'quickstart.k8s.yaml'), '--wait', '--timeout=120s']);
    expect((await list('orders', 'secrets')).map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['orders-ca-key-pair', 'orders-db-client-ca-key-pair', 'orders-db-server-cert']));
    await kubectl(['--namespace', 'orders', 'delete', 'secrets', '--all']);
    const start = Date.now();
    for (const document of documents) { await kubectl(['apply', '--validate=strict', '--filename', '-'], stringify(document)); }
    await untilReady('orders');
    measure(`from the first document, applied ${how}, to everything Ready`, start);
    await startClient({ namespace: 'orders', name: 'client', image: imageOf('orders'), db: 'orders-db' });
    await untilReachable('orders', 'client', 'orders-db');
    expect(await ca()).not.toBe(old);
    expect(await ask('SELECT answer FROM kept')).toBe('42');
    expect((await runOf('orders', 'orders-db')).containers).toEqual(STARTED_ONCE);
  });
});

/** The same order for the same seed. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  let state = seed + 1;
  const random = () => (state = state * 48_271 % 2_147_483_647) / 2_147_483_647;
  return values.map((value) => ({ value, rank: random() })).sort((a, b) => a.rank - b.rank).map(({ value }) => value);
}
