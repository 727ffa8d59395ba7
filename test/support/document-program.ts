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
    cwd: REPOSITORY, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, CDK8S_OUTDIR: join(scratch, 'out'), TSX_TSCONFIG_PATH: settings() },
  });
}

let folder: string | undefined;
afterAll(() => { if (folder !== undefined) { rmSync(folder, { recursive: true, force: true }); } });

/** The settings with which programs find the package as it is packed, made once for a file of tests: to load its sources takes longer than to run a program. */
function settings(): string {
  folder ??= packed();
  return join(folder, 'tsconfig.json');
}

function packed(): string {
  const made = scratchIn('package-');
  execFileSync(process.execPath, ['--import', 'tsx', 'tools/bundle.ts', 'src/index.ts', join(made, 'index.js')], { cwd: REPOSITORY, stdio: 'pipe' });
  const compilerOptions = { paths: { 'cdk8s-postgres-tls': ['./index.js'] } };
  writeFileSync(join(made, 'tsconfig.json'), JSON.stringify({ extends: join(REPOSITORY, 'tsconfig.json'), compilerOptions }));
  return made;
}

function inScratch<Result>(act: (scratch: string) => Result): Result {
  const scratch = scratchIn('program-');
  try {
    return act(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Inside the repository, so that what is in it finds its packages. */
function scratchIn(prefix: string): string {
  const base = join(REPOSITORY, '.tmp');
  mkdirSync(base, { recursive: true });
  return mkdtempSync(join(base, prefix));
}
