import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { eventually, get, kubectl, list, tryKubectl, type ClusterObject } from './support/kubectl';
import { demandCluster, OWN } from './support/playground';
import { CertificateAuthority, CommittedManifests, Manifests, Postgres, PostgresMonitor, PostgresScripts, PostgresStorage, PostgresVersion } from '../../src';
import { scriptsDigest } from '../../src/workloads';

demandCluster();
jest.setTimeout(200_000);

// docs/operations.md, shared scripts: two databases of one namespace in charts of their own, applied untouched.
const NAMESPACE = 'cdk8s-postgres-tls-shared-scripts';
const DATABASES = ['orders', 'invoices'] as const;
const base = mkdtempSync(join(tmpdir(), 'shared-scripts-'));

/** Writes the files of the program; with a client, the first declaration of `orders`. */
function synth(folder: string, hasClient: boolean): string {
  const app = new App({ outdir: join(base, folder) });
  const shared = new Chart(app, 'shop-shared', { namespace: NAMESPACE });
  const { issuer } = new CertificateAuthority(shared, 'shop-ca');
  const scripts = new PostgresScripts(shared, 'postgres-scripts');
  for (const name of DATABASES) {
    const chart = new Chart(app, `shop-${name}`, { namespace: NAMESPACE });
    const storage = PostgresStorage.durable({ size: Size.gibibytes(1) });
    const db = new Postgres(chart, name, { version: PostgresVersion.V18, tls: { issuer }, storage, scripts, monitor: PostgresMonitor.prometheus() });
    if (hasClient && name === 'orders') {
      const podLabels = { app: 'web' };
      const container = { name: 'psql', image: 'docker.io/library/postgres:18.4', command: ['sleep', 'infinity'], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } };
      const { podSpec } = db.addClient('web').connectPodSpec(chart, {
        terminationGracePeriodSeconds: 0,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [container],
      }, { podLabels });
      new k8s.KubePod(chart, 'web', { metadata: { name: 'web', labels: podLabels }, spec: podSpec });
    }
  }
  app.synth();
  return join(base, folder);
}

const textsIn = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder).sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));

/** The files as a version of this package writes them whose reloader prints one more line: the ConfigMap has another digest, thus another name. */
function updated(folder: string): string {
  const texts = textsIn(folder);
  const changed = texts['shop-shared.k8s.yaml']!.replace(/(\n {2}reload\.sh: \|\n {4}#!\/bin\/sh\n)/, "$1    printf 'a later version\\n'\n");
  expect(changed).not.toBe(texts['shop-shared.k8s.yaml']);
  const { data } = parse(changed.split('\n---\n').find((text) => text.includes('\nkind: ConfigMap\n'))!);
  const [digest] = /(?<=name: postgres-scripts-)[0-9a-f]{12}/.exec(changed)!;
  const target = mkdtempSync(join(base, 'updated-'));
  for (const [file, text] of Object.entries({ ...texts, 'shop-shared.k8s.yaml': changed })) { writeFileSync(join(target, file), text.replaceAll(digest!, scriptsDigest(data))); }
  return target;
}

const apply = (folder: string) => kubectl(['apply', '--validate=strict', '--filename', folder]);
const podOf = (name: string) => get(NAMESPACE, 'pod', `${name}-0`);
const uids = async (): Promise<string[]> => Promise.all(DATABASES.map(async (name) => (await podOf(name)).metadata.uid as string));
const restarts = async (): Promise<number> => (await Promise.all(DATABASES.map(podOf)))
  .flatMap(({ status }: ClusterObject) => [...status.initContainerStatuses, ...status.containerStatuses])
  .reduce((sum, { restartCount }) => sum + restartCount, 0);
const psql = async (name: string, sql: string) => (await kubectl(['--namespace', NAMESPACE, 'exec', `${name}-0`, '--container', 'reloader', '--', 'psql', '-XAtqc', sql])).trim();
const ask = (sql: string) => tryKubectl(['--namespace', NAMESPACE, 'exec', 'web', '--', 'psql', '--no-psqlrc', '--no-align', '--tuples-only', '--quiet', '--command', sql]);
const reloaderLog = (name: string) => kubectl(['--namespace', NAMESPACE, 'logs', `${name}-0`, '--container', 'reloader']);
const scriptsConfigMaps = async (): Promise<string[]> => (await list(NAMESPACE, 'configmaps')).map(({ metadata }) => metadata.name as string).filter((name) => name.startsWith('postgres-scripts-')).sort();
/** The ConfigMap with the scripts that the running pod mounts. */
const mounted = async (name: string): Promise<string> => (await podOf(name)).spec.volumes.find(({ name: volume }: ClusterObject) => volume === 'config').projected.sources[1].configMap.name;

async function ready(): Promise<void> {
  await eventually('both databases are ready, with the current template', 120, async () => {
    for (const name of DATABASES) {
      const { metadata, status } = await get(NAMESPACE, 'statefulset', name);
      const isCurrent = status.observedGeneration === metadata.generation && status.currentRevision === status.updateRevision;
      const isReady = isCurrent && status.readyReplicas === 1 && status.updatedReplicas === 1;
      if (!isReady) { throw new Error(`${name} is not ready`); }
    }
  }, NAMESPACE);
}

async function untilConnected(): Promise<void> {
  await eventually('the client connects', 90, async () => {
    expect(await ask('SELECT session_user, version, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toMatchObject({ code: 0, stdout: 'web|TLSv1.3|/CN=web\n' });
  }, NAMESPACE);
}

const first = synth('first', false);
const declared = synth('declared', true);
const later = updated(declared);

beforeAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl(['label', 'namespace', NAMESPACE, OWN, 'pod-security.kubernetes.io/enforce=restricted']);
  await apply(first);
  await ready();
}, 300_000);

afterAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  rmSync(base, { recursive: true });
}, 200_000);

test('two databases start with the scripts of one ConfigMap, restarting nothing', async () => {
  const configMaps = await scriptsConfigMaps();
  expect(configMaps).toHaveLength(1);
  for (const name of DATABASES) {
    expect(await mounted(name)).toBe(configMaps[0]);
    await psql(name, 'CREATE TABLE kept AS SELECT 42 AS answer');
  }
  expect(await restarts()).toBe(0);
});

test('the first declaration reaches a running database without a new pod, and its client connects with its certificate', async () => {
  const before = await uids();
  await apply(declared);
  await untilConnected();
  expect(await psql('orders', "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'web'")).toBe('t');
  expect(await uids()).toEqual(before);
  expect(await restarts()).toBe(0);
});

test('a client without its certificate is refused', async () => {
  const { code, stderr } = await tryKubectl(['--namespace', NAMESPACE, 'exec', 'web', '--', 'env', 'PGSSLCERT=/nowhere', 'PGSSLKEY=/nowhere', 'psql', '--command', 'SELECT 1']);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/connection requires a valid client certificate|certificate required/);
});

/** Every database has a new pod with the scripts of these files, and its rows. */
async function untilReplaced(folder: string): Promise<void> {
  const before = await uids();
  await apply(folder);
  await ready();
  const after = await uids();
  DATABASES.forEach((_, index) => { expect(after[index]).not.toBe(before[index]); });
  const [wanted] = /postgres-scripts-[0-9a-f]{12}/.exec(textsIn(folder)['shop-shared.k8s.yaml']!)!;
  for (const name of DATABASES) {
    expect(await mounted(name)).toBe(wanted);
    expect(await psql(name, 'SELECT answer FROM kept')).toBe('42');
  }
  await untilConnected();
}

test('an update with other scripts replaces the pods, and the ConfigMap before it stays', async () => {
  expect(Manifests.fromYaml(textsIn(later)).validate({ committed: CommittedManifests.fromTexts(textsIn(declared)) })).toEqual([]);
  const before = await scriptsConfigMaps();
  await untilReplaced(later);
  expect(await scriptsConfigMaps()).toEqual(expect.arrayContaining(before));
  expect(await scriptsConfigMaps()).toHaveLength(2);
  for (const name of DATABASES) { expect(await reloaderLog(name)).toContain('a later version\n'); }
});

test('a rollback is the same with the earlier files', async () => {
  await untilReplaced(declared);
  for (const name of DATABASES) { expect(await reloaderLog(name)).not.toContain('a later version\n'); }
  // What docs/operations.md deletes once no pod uses it.
  const label = (await get(NAMESPACE, 'configmap', await mounted('orders'))).metadata.labels['cdk8s-postgres-tls/scripts'];
  await kubectl(['--namespace', NAMESPACE, 'delete', 'configmap', '--selector', `cdk8s-postgres-tls/scripts,cdk8s-postgres-tls/scripts!=${label}`]);
  expect(await scriptsConfigMaps()).toEqual([await mounted('orders')]);
});

test('applied again, nothing changes', async () => {
  expect(await kubectl(['diff', '--filename', declared])).toBe('');
});
