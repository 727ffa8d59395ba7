import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programOf } from './programs';

const run = promisify(execFile);

/** What is built stays for the next run; packages stay where their tools keep them. */
const CACHE = process.env['DRIVERS_CACHE'] ?? join(tmpdir(), `driver-programs-${process.getuid?.() ?? 0}`);

/** Says loudly why the suite cannot run here; a suite that was asked for and did not run has failed. */
function demand(...tools: string[]): void {
  const missing = tools.filter((tool) => {
    try {
      execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length > 0) { throw new Error(`the drivers suite DID NOT RUN: it needs ${missing.join(', ')}`); }
}

async function must(command: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await run(command, args, { cwd, maxBuffer: 1 << 26 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`the drivers suite DID NOT RUN: '${[command, ...args].join(' ')}' failed:\n${(stdout + stderr).slice(-4000)}`, { cause: error });
  }
}

function cache(name: string): string {
  const folder = join(CACHE, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A virtual environment with the packages of requirements.txt, which has their hashes; the path of its interpreter. */
export async function installPython(): Promise<string> {
  demand('python3');
  const requirements = programOf('psycopg', 'requirements.txt');
  const folder = cache('python');
  const stamp = join(folder, `installed-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)}`);
  const python = join(folder, 'bin/python');
  if (!existsSync(stamp)) {
    await must('python3', ['-m', 'venv', '--clear', folder], folder);
    await must(python, ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary', ':all:', '--requirement', requirements], folder);
    writeFileSync(stamp, '');
  }
  return python;
}

/** The folder with the packages of package-lock.json, which has their hashes. */
export async function installPrisma(): Promise<string> {
  const folder = cache('prisma');
  for (const file of ['package.json', 'package-lock.json']) { copyFileSync(programOf('prisma', file), join(folder, file)); }
  await must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  return folder;
}

/** The path of the program in Go. */
export async function buildGo(): Promise<string> {
  demand('go');
  const program = join(cache('go'), 'drivers');
  await must('go', ['build', '-o', program, '.'], programOf('go'));
  return program;
}

/** The path of the program in Rust. */
export async function buildRust(): Promise<string> {
  demand('cargo');
  const folder = cache('rust');
  await must('cargo', ['build', '--quiet', '--locked', '--target-dir', folder], programOf('rust'));
  return join(folder, 'debug/drivers');
}

/** The class path of the program in Java. */
export async function buildJava(): Promise<string> {
  demand('javac', 'mvn');
  const folder = cache('java');
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  await must('mvn', ['--batch-mode', '--quiet', '--file', programOf('pgjdbc', 'pom.xml'), goal, `-DoutputDirectory=${folder}`, '-DexcludeTransitive=true'], folder);
  await must('sha256sum', ['--check', '--strict', '--quiet', programOf('pgjdbc', 'dependencies.sha256')], folder);
  await must('javac', ['-d', folder, programOf('pgjdbc', 'Program.java')], folder);
  // Not every jar of the folder: those of earlier releases stay there.
  const jars = [...readFileSync(programOf('pgjdbc', 'dependencies.sha256'), 'utf8').matchAll(/^[0-9a-f]{64} {2}(.+)$/gm)].map(([, jar]) => join(folder, jar!));
  return [folder, ...jars].join(':');
}
