import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, REPOSITORY } from './repository';

/** The files that a program of the documentation writes, run as it stands. */
export function filesOf(program: string): Record<string, string> {
  return inScratch((scratch) => {
    run(program, scratch);
    return filesBelow(join(scratch, 'out'));
  });
}

/** What a program prints. */
export function printed(program: string): string {
  return inScratch((scratch) => run(program, scratch));
}

function run(program: string, scratch: string): string {
  writeFileSync(join(scratch, 'main.ts'), program);
  return execFileSync(process.execPath, ['--import', 'tsx', join(scratch, 'main.ts')], {
    cwd: REPOSITORY, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, CDK8S_OUTDIR: join(scratch, 'out') },
  });
}

function inScratch<Result>(act: (scratch: string) => Result): Result {
  const base = join(REPOSITORY, '.tmp');
  mkdirSync(base, { recursive: true });
  // Inside the repository, so that the program finds its packages.
  const scratch = mkdtempSync(join(base, 'program-'));
  try {
    return act(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
