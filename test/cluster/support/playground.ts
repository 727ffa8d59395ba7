import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, get, kubectl, tryKubectl } from './kubectl';
import { markedBlock, REPOSITORY } from '../../support/repository';

/** What the suite puts on everything that it makes outside dist/, so that it never deletes what is not its own. */
const OWN = 'cdk8s-postgres-tls.test/owned=true';
const NAMESPACES = ['orders', 'demo', 'billing', 'sandbox'];
const OUTSIDE = [['clusterissuer', 'platform-ca'], ['--namespace', 'cert-manager', 'secret', 'platform-ca']];

/** Says at once, and loudly, what the suite lacks: a suite that was asked for and did not run has failed. */
export async function demandCluster(): Promise<void> {
  const { code, stderr } = await tryKubectl(['get', 'crd', 'certificates.cert-manager.io']);
  if (process.env['KUBECONFIG'] === undefined || code !== 0) {
    throw new Error(`the cluster suite DID NOT RUN: it needs kubectl, openssl and a KUBECONFIG whose cluster has cert-manager (${stderr.trim()})`);
  }
}

/** Creates what the README tells people to create, and nothing else. */
export async function createPrerequisites(): Promise<void> {
  await removePlayground();
  const directory = mkdtempSync(join(tmpdir(), 'prerequisites-'));
  try {
    const block = markedBlock(readFileSync(join(REPOSITORY, 'README.md'), 'utf8'), 'prerequisites');
    execFileSync('bash', ['-euo', 'pipefail', '-c', block], { cwd: directory, stdio: 'pipe' });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  await kubectl(['label', 'namespace', ...NAMESPACES, OWN]);
  for (const object of OUTSIDE) { await kubectl(['label', ...object, OWN]); }
}

/** Removes what an earlier run has left; what somebody else has made under one of these names stops the suite. */
export async function removePlayground(): Promise<void> {
  const found = (await kubectl(['get', 'namespaces', ...NAMESPACES, '--ignore-not-found', '--output', 'name'])).split('\n').filter(Boolean);
  const own = (await kubectl(['get', 'namespaces', '--selector', OWN, '--output', 'name'])).split('\n');
  const foreign = found.filter((name) => !own.includes(name));
  if (foreign.length > 0) { throw new Error(`${foreign.join(', ')} exist and are not this suite's: it would have to delete them; use another cluster`); }
  if (found.length > 0) { await kubectl(['delete', ...found, '--wait', '--timeout=150s']); }
  for (const object of OUTSIDE) { await tryKubectl(['delete', ...object.slice(0, -1), '--selector', OWN, '--ignore-not-found']); }
}

export interface ClientOptions {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  /** Mounted whole at /tls. */
  readonly secret: string;
}

/** A pod that meets the restricted Pod Security Standard, mounts a client's Secret and waits for `exec`. */
export async function startClient({ namespace, name, image, secret }: ClientOptions): Promise<void> {
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
      volumes: [{ name: 'tls', secret: { secretName: secret, defaultMode: 0o440 } }],
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
