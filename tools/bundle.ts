import { cpSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, Plugin } from 'esbuild';
import { REPOSITORY } from './repository';

/** Files that the package reads at run time, beside the program that reads them. */
const SCRIPTS = ['src/postgres/engines/statefulset/scripts', 'src/postgres/features/backup/scripts', 'src/postgres/features/poolers/scripts'];

/**
 * Writes a program of this package as one file: Node.js spends most of the time that loading takes on finding and opening several hundred small
 * ones. The peers stay outside, so that an app has one copy of their classes, and so does `yaml`, which is loaded where it is used.
 */
export async function bundle(program: string, output: string): Promise<void> {
  const isCommand = program.startsWith('src/cli/');
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
    ...(isCommand ? { plugins: [FEWER_CLASSES], minifySyntax: true, minifyWhitespace: true } : {}),
    ...(program.endsWith('/main.ts') ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  });
  for (const scripts of isCommand ? [] : SCRIPTS) { cpSync(join(REPOSITORY, scripts), join(resolve(REPOSITORY, dirname(output)), 'scripts'), { recursive: true }); }
}

/** Checks of arguments compare with the classes of the public API: of these, the command line has only those that it uses. */
const FEWER_CLASSES: Plugin = {
  name: 'fewer-classes',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.\/index$/ }, ({ importer }) => (importer.includes('/src/checks/') ? { path: join(REPOSITORY, 'src/cli/public-classes.ts') } : undefined));
  },
};

if (require.main === module) {
  const [program, output] = process.argv.slice(2);
  void bundle(program!, output!);
}
