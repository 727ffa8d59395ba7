import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../../tools/bundle';
import { REPOSITORY } from './repository';

/** What a run of the command answered. */
export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program as it is packed, in a folder of its own, and a folder with the files that it reads. */
export class Command {
  public static async build(): Promise<Command> {
    // The program finds the package two folders above it.
    const program = join('.tmp', `command-${process.pid}`, 'main.js');
    await bundle('src/cli/main.ts', program);
    return new Command(join(REPOSITORY, program), mkdtempSync(join(tmpdir(), 'command-')));
  }

  private constructor(public readonly program: string, public readonly folder: string) {}

  public write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  /** Removes all files. */
  public empty(): void {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder);
  }

  public run(words: readonly string[], { input = '', env = {}, cwd = this.folder }: { readonly input?: string | Buffer; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {}): Answer {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.program, ...words], {
      cwd, input, encoding: 'utf8', env: { PATH: process.env['PATH'], ...env }, maxBuffer: 1 << 28,
    });
    return { code: status, out: stdout, err: stderr };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(dirname(this.program), { recursive: true, force: true });
  }
}
