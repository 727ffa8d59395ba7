// The gate of CI on speed: the whole program in CPU time, as the ratio to printing the same objects with `yaml` alone, both in one process; the median of several processes.
// The limit is about one and a half times what was measured: noise of a busy machine passes, a step that is paid for twice does not.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const [SIZE, ROUNDS, LIMIT] = [200, 5, 4];

const ratios = Array.from({ length: ROUNDS }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(import.meta.dirname, 'fleet-child.mjs'), String(SIZE), 'fleet'], { encoding: 'utf8' });
  if (status !== 0) { throw new Error(stderr); }
  const { whole, yaml } = JSON.parse(stdout);
  return whole / yaml;
}).sort((a, b) => a - b);
const median = ratios[Math.floor(ROUNDS / 2)];
console.log(`${SIZE} databases take ${median.toFixed(2)} times as long as yaml takes to print them (at most ${LIMIT}; ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`);
if (median > LIMIT) { process.exitCode = 1; }
