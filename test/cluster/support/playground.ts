import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, get, kubectl, tryKubectl, type ClusterObject } from './kubectl';
import { markedBlock, REPOSITORY } from '../../support/repository';

/** What the suite puts on everything that it makes outside dist/, so that it never deletes what is not its own. */
export const OWN = 'cdk8s-postgres-tls.test/owned=true';
/** The same for files that run beside the others (.ci/run), which remove what has their label. */
export const OWN_APART = 'cdk8s-postgres-tls.test/owned=apart';
const NAMESPACES = ['orders', 'demo', 'billing', 'sandbox', 'sales', 'storefront', 'finance'];
/** What the prerequisites create, as kubectl names it. */
const PREREQUISITES = [
  ...NAMESPACES.map((namespace) => ['namespace', namespace]),
  ['clusterissuer', 'platform-ca'],
  ['--namespace', 'cert-manager', 'secret', 'platform-ca'],
];

/**
 * Says at once, and loudly, what the suite lacks: a suite that was asked for and did not run has failed. Meant for the top of a file,
 * where a failure is reported once and no hook runs any more.
 */
export function demandCluster(): void {
  demandBareCluster();
  const foreign = PREREQUISITES.filter((object) => {
    const labels = labelsOf(object);
    return labels !== undefined && !Object.entries(labels).some((label) => label.join('=') === OWN);
  });
  if (foreign.length > 0) {
    const names = foreign.map((object) => object.slice(-2).join('/')).join(', ');
    throw new Error(`the cluster suite DID NOT RUN: ${names} exist without the label ${OWN}, `
      + 'and it would overwrite and delete them; use another cluster');
  }
}

/** The same for a file that uses no prerequisites, which another file may be creating at the same time. */
export function demandBareCluster(): void {
  const lack = whatIsLacking();
  if (lack !== undefined) {
    throw new Error('the cluster suite DID NOT RUN: it needs kubectl, openssl and a KUBECONFIG whose cluster has cert-manager '
      + `and a default StorageClass, but ${lack}`);
  }
}

function whatIsLacking(): string | undefined {
  // kubectl itself would fall back to the current cluster of the user.
  if ((process.env['KUBECONFIG'] ?? '') === '') { return 'KUBECONFIG is not set'; }
  try {
    run('openssl', 'version');
    run('kubectl', 'get', 'crd', 'certificates.cert-manager.io');
    const { items } = JSON.parse(run('kubectl', 'get', 'storageclasses', '--output', 'json'));
    const isDefault = ({ metadata }: ClusterObject) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    return items.some(isDefault) ? undefined : 'there is no default StorageClass';
  } catch (error) {
    // The last line says it; kubectl repeats itself before.
    return (error as Error).message.trim().split('\n').at(-1);
  }
}

/** Undefined where there is no such object. */
function labelsOf(object: readonly string[]): Record<string, string> | undefined {
  const found = run('kubectl', 'get', ...object, '--ignore-not-found', '--output', 'json');
  return found === '' ? undefined : JSON.parse(found).metadata.labels ?? {};
}

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
}

/** Creates the prerequisites of examples/README.md, and nothing else. */
export async function createPrerequisites(): Promise<void> {
  await removePlayground();
  const directory = mkdtempSync(join(tmpdir(), 'prerequisites-'));
  try {
    const block = markedBlock(readFileSync(join(REPOSITORY, 'examples/README.md'), 'utf8'), 'prerequisites');
    execFileSync('bash', ['-euo', 'pipefail', '-c', block], { cwd: directory, stdio: 'pipe' });
    const left = readdirSync(directory);
    if (left.length > 0) { throw new Error(`the prerequisites leave keys or passwords behind: ${left.join(', ')}`); }
  } finally {
    rmSync(directory, { recursive: true, force: true });
    // None of these was there before, so all that is there now is the suite's, also after a failure half-way.
    for (const object of PREREQUISITES) { await tryKubectl(['label', ...object, OWN]); }
  }
}

/** Removes what this run or an earlier one has made, and nothing without the suite's label. */
export async function removePlayground(): Promise<void> {
  await kubectl(['delete', 'namespaces', '--selector', OWN, '--wait', '--timeout=150s']);
  await kubectl(['delete', 'clusterissuers', '--selector', OWN]);
  await kubectl(['--namespace', 'cert-manager', 'delete', 'secrets', '--selector', OWN]);
}

export interface ClientOptions {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  /** The database: its client's key pair, where it has one, and the CA of its server are mounted at /tls. */
  readonly db: string;
}

/** The files of a client, as in examples/README.md: the key pair of its own Secret, and of the server's Secret the CA alone, because the Secret also has the server's key. */
export function clientFiles(db: string): object {
  return {
    projected: {
      defaultMode: 0o440,
      sources: [
        { secret: { name: `${db}-client-cert`, optional: true, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }, { key: 'ca.crt', path: 'client-ca.crt' }] } },
        { secret: { name: `${db}-server-cert`, optional: true, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      ],
    },
  };
}

/** A pod that meets the restricted Pod Security Standard, mounts a client's files and waits for `exec`. */
export async function startClient({ namespace, name, image, db }: ClientOptions): Promise<void> {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'psql',
        image,
        command: ['sleep', 'infinity'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'tls', mountPath: '/tls', readOnly: true }],
      }],
      volumes: [{ name: 'tls', ...clientFiles(db) }],
    },
  };
  await kubectl(['apply', '--filename', '-'], JSON.stringify(manifest));
  await eventually(`client pod ${name}`, 60, async () => {
    const pod = await get(namespace, 'pod', name);
    if (pod.status.containerStatuses?.[0]?.ready !== true) { throw new Error(`phase ${pod.status.phase}`); }
  }, namespace);
}

/** Asks one statement through psql in the client pod. */
export async function psql(namespace: string, pod: string, conninfo: string, sql: string, env: Record<string, string> = {}): Promise<string> {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const command = ['env', ...settings, 'psql', '--no-psqlrc', '--no-align', '--tuples-only', '--quiet', conninfo, '--command', sql];
  return (await kubectl(['--namespace', namespace, 'exec', pod, '--', ...command])).trim();
}

/**
 * Until a Service leads to its database. A pod is Ready before the nodes' service proxies know of it, and until then a packet to the
 * Service's address goes wherever else the network takes it.
 */
export async function untilReachable(namespace: string, pod: string, host: string): Promise<void> {
  await eventually(`an answer from ${host}`, 60, () => kubectl(['--namespace', namespace, 'exec', pod, '--', 'pg_isready', '--timeout=2', '--username', 'postgres', '--host', host]), namespace);
}

/** Has cert-manager issue a certificate again, as `cmctl renew` does. */
export async function renew(namespace: string, name: string): Promise<void> {
  const { status } = await get(namespace, 'certificate', name);
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+/, '');
  const issuing = { type: 'Issuing', status: 'True', reason: 'ManuallyTriggered', message: 'asked for by a test', lastTransitionTime };
  const conditions = [...status.conditions.filter(({ type }: ClusterObject) => type !== 'Issuing'), issuing];
  const patch = ['patch', 'certificate', name, '--subresource=status', '--type=merge', '--patch', JSON.stringify({ status: { conditions } })];
  await kubectl(['--namespace', namespace, ...patch]);
}
