import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LocalProcess, Watchdog } from './local-process';

const PATH = process.env['PATH']!;

describe('a process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'w'));
  const watchdog = new Watchdog(directory);
  afterAll(() => {
    watchdog.dismiss();
    rmSync(directory, { recursive: true });
  });

  const run = (script: string) => new LocalProcess({ command: ['sh', '-c', script], env: { PATH }, cwd: '/', watchdog });

  test('is heard from a mark on', async () => {
    const process = run('echo first; echo second >&2; sleep 60');
    await process.waitFor(/second/);
    expect([process.stdout, process.stderr]).toEqual(['first\n', 'second\n']);
    await expect(process.waitFor(/first/, 50, process.logs.length)).rejects.toThrow('50 ms passed before /first/ appeared');
    expect(await process.destroy()).toMatchObject({ signal: 'SIGINT' });
  });

  test('that ignores its stop signal is killed after the grace period', async () => {
    const process = run('trap "" TERM; echo ready; while :; do sleep 0.1; done');
    await process.waitFor(/ready/);
    expect(await process.stop('SIGTERM', 100)).toEqual({ code: null, signal: 'SIGKILL' });
    expect(process.running).toBe(false);
  });
});

test('nothing outlives the tests, not even if they are killed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'w'));
  const program = `
    const { LocalProcess, Watchdog } = require(${JSON.stringify(join(__dirname, 'local-process.ts'))});
    const watchdog = new Watchdog(${JSON.stringify(directory)});
    const options = { env: { PATH: process.env.PATH }, cwd: '/', watchdog };
    const child = new LocalProcess({ ...options, command: ['sh', '-c', 'sleep 300 & echo $!; wait'] });
    child.waitFor(/\\d+/).then(([grandchild]) => {
      process.stdout.write(child.pid + ' ' + grandchild, () => process.kill(process.pid, 'SIGKILL'));
    });
  `;
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['--require', 'tsx/cjs', '--eval', program], { cwd: join(__dirname, '../..') }, (_, stdout) => resolve(stdout));
  });
  const pids = output.split(' ').map(Number);
  expect(pids).toHaveLength(2);
  for (let rest = 50; rest > 0 && existsSync(directory); rest--) { await delay(100); }
  expect(existsSync(directory)).toBe(false);
  pids.forEach((pid) => expect(isAlive(pid)).toBe(false));
}, 20_000);

/** A killed process may stay as a zombie where PID 1 reaps no children. */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}
