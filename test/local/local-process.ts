import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Identity } from './kubelet-volumes';

export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LocalProcessOptions {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly user?: Identity;
  readonly watchdog: Watchdog;
}

/** A process in a group of its own, with its output so far. */
export class LocalProcess {
  readonly pid: number;
  /** A command that cannot be run exits with 127, as in a shell. */
  readonly exited: Promise<ExitStatus>;
  stdout = '';
  stderr = '';
  /** Both streams in order of arrival. */
  logs = '';
  private status?: ExitStatus;
  private readonly listeners = new Set<() => void>();

  constructor({ command: [file, ...args], env, cwd, user, watchdog }: LocalProcessOptions) {
    const child = spawn(file!, args, { env, cwd, ...user, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.pid = child.pid ?? 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.take('stdout', text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.take('stderr', text));
    if (this.pid !== 0) { watchdog.watch(this.pid); }
    this.exited = exitOf(child, (error) => this.take('stderr', `${error.message}\n`)).then((status) => {
      watchdog.forget(this.pid);
      this.status = status;
      this.notify();
      return status;
    });
  }

  get running(): boolean {
    return this.status === undefined;
  }

  /** Waits for a text in the logs, from an offset such as an earlier `logs.length` on. */
  waitFor(pattern: RegExp, milliseconds = 10_000, from = 0): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.listeners.delete(look);
        act();
      };
      const fail = (why: string): void => settle(() => reject(new Error(`${why} before ${pattern} appeared in:\n${this.logs.slice(from)}`)));
      const look = (): void => {
        const match = this.logs.slice(from).match(pattern);
        if (match !== null) {
          settle(() => resolve(match));
        } else if (this.status !== undefined) {
          fail(`process ended with ${this.status.signal ?? this.status.code}`);
        }
      };
      const timer = setTimeout(() => fail(`${milliseconds} ms passed`), milliseconds);
      this.listeners.add(look);
      look();
    });
  }

  /** Signals the process alone, as a container runtime signals PID 1. */
  signal(signal: NodeJS.Signals): void {
    if (this.running) { kill(this.pid, signal); }
  }

  /** As a pod ends: the stop signal, the grace period, SIGKILL. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMilliseconds = 30_000): Promise<ExitStatus> {
    this.signal(signal);
    return this.killAfter(graceMilliseconds);
  }

  /** Ends the whole group. SIGINT first lets PostgreSQL give back its shared memory. */
  async destroy(): Promise<ExitStatus> {
    if (this.running) { kill(-this.pid, 'SIGINT'); }
    return this.killAfter(3000);
  }

  private async killAfter(milliseconds: number): Promise<ExitStatus> {
    const timer = setTimeout(() => { if (this.running) { kill(-this.pid, 'SIGKILL'); } }, milliseconds);
    return this.exited.finally(() => clearTimeout(timer));
  }

  private take(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    this.logs += text;
    this.notify();
  }

  private notify(): void {
    [...this.listeners].forEach((listener) => listener());
  }
}

/**
 * Kills the process groups and removes the directory when this process is gone, however it went: its end of a pipe closes. An `exit` hook
 * would not do, since jest gives tests a copy of `process` whose listeners are never called, and nothing runs after SIGKILL.
 */
export class Watchdog {
  private readonly input: Socket;

  constructor(directory: string) {
    const child = spawn('sh', ['-c', WATCHDOG, directory], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    child.unref();
    this.input = child.stdin as Socket;
    this.input.on('error', () => undefined);
    this.input.unref();
  }

  watch(group: number): void {
    this.send(`watch ${group}`);
  }

  forget(group: number): void {
    this.send(`forget ${group}`);
  }

  /** All is cleaned up. */
  dismiss(): void {
    this.send('dismiss');
    this.input.end();
  }

  private send(line: string): void {
    if (this.input.writable) { this.input.write(`${line}\n`); }
  }
}

const WATCHDOG = `
groups=
while read -r verb group; do
  rest=
  for other in $groups; do [ "$other" = "$group" ] || rest="$rest $other"; done
  case $verb in
    watch) groups="$rest $group" ;;
    forget) groups=$rest ;;
    dismiss) exit 0 ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group"; done
sleep 1
rm -rf -- "$0"
`;

function kill(pid: number, signal: NodeJS.Signals): void {
  // 0 is the tests' own group.
  if (pid === 0) { return; }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') { throw error; }
  }
}

function exitOf(child: ChildProcess, report: (error: Error) => void): Promise<ExitStatus> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      report(error);
      resolve({ code: 127, signal: null });
    });
    child.once('exit', (code, signal) => {
      // The last words may come after the exit; a grandchild that keeps the pipe open is not waited for.
      const closed = new Promise<void>((done) => child.once('close', () => done()));
      void Promise.race([closed, delay(500, undefined, { ref: false })]).then(() => resolve({ code, signal }));
    });
  });
}
