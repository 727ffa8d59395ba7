import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How a program of `test/drivers/programs` is started. */
export interface Start {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads as JSON from the variable `DRIVER_SETTINGS`; the query is added. */
  readonly settings?: object;
}

/** Who the server says that a connection is. */
export interface Connected {
  readonly user: string;
  readonly database: string;
  /** Serial number of the client certificate, in decimal digits; null without one. */
  readonly serial: string | null;
}

/** One line of JSON, so that no program has to know how to write it. */
export const QUERY = `SELECT json_build_object('user', current_user, 'database', current_database(),
  'serial', (SELECT client_serial::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()))::text`;

/** A program with one driver: it makes its configuration once, and a new connection for each question. */
export class DriverProgram {
  private readonly child: ChildProcess;
  private readonly home = mkdtempSync(join(tmpdir(), 'driver-home-'));
  private readonly lines: AsyncIterator<string>;
  private complaints = '';

  public constructor({ command: [file, ...args], env = {}, settings = {} }: Start) {
    this.child = spawn(file!, args, {
      // Neither the variables nor the home of who runs the tests: both may have settings of libpq.
      env: { PATH: process.env['PATH'], HOME: this.home, LANG: 'C.UTF-8', QUERY, DRIVER_SETTINGS: JSON.stringify({ ...settings, query: QUERY }), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => { this.complaints += text; });
    this.child.stdin!.on('error', () => undefined);
    this.child.on('error', (error) => { this.complaints += error.message; });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  /** Makes a new connection; rejects with the error of the driver. */
  public async ask(): Promise<Connected> {
    this.child.stdin!.write('\n');
    const { done, value } = await this.lines.next();
    if (done === true) { throw new Error(`the program ended: ${this.complaints}`); }
    if (!value.startsWith('ok ')) { throw new Error(value); }
    return JSON.parse(value.slice(3)) as Connected;
  }

  public end(): void {
    this.child.kill('SIGKILL');
    rmSync(this.home, { recursive: true, force: true });
  }
}
