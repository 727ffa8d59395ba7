import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, REPOSITORY } from './repository';

/** The files that a program of the documentation writes, run as it stands. */
export function filesOf(program: string): Record<string, string> {
  const base = join(REPOSITORY, '.tmp');
  mkdirSync(base, { recursive: true });
  // Inside the repository, so that the program finds its packages.
  const scratch = mkdtempSync(join(base, 'program-'));
  try {
    writeFileSync(join(scratch, 'main.ts'), program);
    execFileSync(process.execPath, ['--import', 'tsx', join(scratch, 'main.ts')], { cwd: REPOSITORY, stdio: 'pipe', env: { ...process.env, CDK8S_OUTDIR: join(scratch, 'out') } });
    return filesBelow(join(scratch, 'out'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
