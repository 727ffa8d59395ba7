import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl and returns exit code and output. */
export function tryKubectl(args: readonly string[], input?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const child = execFile('kubectl', args, { maxBuffer: 1 << 26, timeout: 180_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr: stderr || (error?.message ?? '') });
    });
    child.stdin?.end(input);
  });
}

/** Runs kubectl; anything but success is an error. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await tryKubectl(args, input);
  if (code !== 0) { throw new Error(`kubectl ${args.join(' ')} exited with ${code}: ${stderr}${stdout}`); }
  return stdout;
}

/** An object of the cluster; tests look at parts of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ClusterObject = any;

export async function get(namespace: string, kind: string, name: string): Promise<ClusterObject> {
  return JSON.parse(await kubectl(['--namespace', namespace, 'get', kind, name, '--output', 'json']));
}

export async function list(namespace: string, kind: string): Promise<ClusterObject[]> {
  return JSON.parse(await kubectl(['--namespace', namespace, 'get', kind, '--output', 'json'])).items;
}

/** Tries until it succeeds; after the deadline it throws the last failure, with the state of the namespaces. */
export async function eventually<T>(what: string, seconds: number, attempt: () => Promise<T>, ...namespaces: string[]): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        const states = await Promise.all(namespaces.map(describeNamespace));
        throw new Error(`${what} did not happen within ${seconds} s: ${(error as Error).message}\n${states.join('\n')}`, { cause: error });
      }
      await delay(500);
    }
  }
}

async function describeNamespace(namespace: string): Promise<string> {
  const answers = await Promise.all([
    tryKubectl(['--namespace', namespace, 'get', 'pods,persistentvolumeclaims,certificates,issuers', '--output', 'wide']),
    tryKubectl(['--namespace', namespace, 'get', 'events', '--sort-by', 'lastTimestamp']),
    tryKubectl(['--namespace', namespace, 'logs', '--selector', 'app.kubernetes.io/name=postgresql', '--all-containers', '--tail', '20', '--prefix']),
  ]);
  return [`--- ${namespace}`, ...answers.map(({ stdout, stderr }) => stdout + stderr)].join('\n');
}

/** A psql that stays connected in a pod and takes one statement after the other. */
export class OpenSession {
  private readonly child: ChildProcessWithoutNullStreams;
  private output = '';

  constructor(namespace: string, pod: string, conninfo: string) {
    const psql = ['psql', '--no-psqlrc', '--no-align', '--tuples-only', '--quiet', '--set=ON_ERROR_STOP=1', conninfo];
    this.child = spawn('kubectl', ['--namespace', namespace, 'exec', '--stdin', pod, '--', ...psql]);
    this.child.stdout.on('data', (data: Buffer) => { this.output += data.toString(); });
    this.child.stderr.on('data', (data: Buffer) => { this.output += data.toString(); });
  }

  /** The answer to one statement, within ten seconds. */
  async ask(sql: string): Promise<string> {
    const from = this.output.length;
    this.child.stdin.write(`${sql}\n\\echo --end--\n`);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const answer = this.output.slice(from);
      if (answer.includes('--end--')) { return answer.slice(0, answer.indexOf('--end--')).trim(); }
      if (this.child.exitCode !== null) { throw new Error(`psql ended: ${answer}`); }
      await delay(100);
    }
    throw new Error(`no answer to ${sql}: ${this.output.slice(from)}`);
  }

  close(): void {
    this.child.stdin.end();
    this.child.kill();
  }
}
