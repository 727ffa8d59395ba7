// What the command costs beside its work: CPU time of a run over one small file, and of Node.js that loads `yaml` alone. Runs alternate, so that
// a machine that slows down slows both.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROUNDS = 15;
const LIMIT = 150;
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'start-'));
const file = join(folder, 'issuer.yaml');
writeFileSync(file, 'apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: { name: own, namespace: demo }\nspec: { selfSigned: {} }\n');

/** Milliseconds of CPU, of all threads, at the exit of the process. */
function cpuOf(words) {
  const report = join(folder, 'cpu');
  const script = join(folder, 'report.cjs');
  writeFileSync(script, `process.on('exit', () => { const { user, system } = process.cpuUsage(); require('node:fs').writeFileSync(${JSON.stringify(report)}, String((user + system) / 1000)); });`);
  const { status, stderr } = spawnSync(process.execPath, ['--require', script, ...words], { encoding: 'utf8' });
  if (status !== 0) { throw new Error(stderr); }
  return Number(spawnSync('cat', [report], { encoding: 'utf8' }).stdout);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
try {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    bare: cpuOf(['-e', `require(${JSON.stringify(join(root, 'node_modules/yaml'))})`]),
    command: cpuOf([join(root, 'lib/cli/main.js'), 'prove', file]),
  }));
  const [bare, command] = [median(rounds.map((round) => round.bare)), median(rounds.map((round) => round.command))];
  console.log(`start of the command: ${command.toFixed(0)} ms CPU, node with yaml ${bare.toFixed(0)} ms, ratio ${(command / bare).toFixed(2)}, difference ${(command - bare).toFixed(0)} ms (at most ${LIMIT})`);
  if (command - bare > LIMIT) { process.exitCode = 1; }
} finally {
  rmSync(folder, { recursive: true });
}
