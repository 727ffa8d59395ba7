import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { REPOSITORY } from './repository';

/** Files that the package reads at run time, beside the program that reads them. */
const SCRIPTS = 'src/postgres/engines/statefulset/scripts';

/**
 * Writes a program of this package as one file: Node.js spends most of the time that loading takes on finding and opening several hundred small
 * ones. The peers stay outside, so that an app has one copy of their classes, and so does `yaml`, which is loaded where it is used.
 */
async function bundle(program: string, output: string): Promise<void> {
  await build({
    absWorkingDir: REPOSITORY,
    entryPoints: [program],
    outfile: output,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    // Messages name classes.
    keepNames: true,
    logLevel: 'warning',
  });
  cpSync(join(REPOSITORY, SCRIPTS), join(REPOSITORY, dirname(output), 'scripts'), { recursive: true });
}

if (require.main === module) {
  const [program, output] = process.argv.slice(2);
  void bundle(program!, output!);
}
