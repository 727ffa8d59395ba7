// Compiles the public API with the real jsii, in a copy: what jsii accepts can be used from Python, Java, Go and .NET.
// With a folder as argument it also writes the package for Python there, with the jsii-pacmak that is installed in JSII_PACMAK.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const output = process.argv[2];
const copy = mkdtempSync(join(tmpdir(), 'jsii-'));

/** Files that the package reads at run time, beside the program that reads them. */
const SCRIPTS = 'src/postgres/engines/pods/scripts';

function run(program, ...options) {
  execFileSync(process.execPath, [program, ...options], {
    cwd: copy,
    stdio: 'inherit',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' },
  });
}

try {
  for (const entry of ['src', 'imports', 'README.md', 'LICENSE']) { cpSync(join(root, entry), join(copy, entry), { recursive: true }); }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { exports: _exports, scripts: _scripts, bin: _bin, author, dependencies, jsii, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(copy, 'package.json'), JSON.stringify({
    ...manifest,
    // What a jsii package must say of itself and this one has no use for yet.
    author: { name: author, url: 'https://example.com' },
    repository: { type: 'git', url: 'https://example.com/cdk8s-postgres-tls.git' },
    dependencies,
    bundledDependencies: Object.keys(dependencies),
    main: 'lib/src/index.js',
    types: 'lib/src/index.d.ts',
    files: ['lib', '.jsii'],
    jsii: { outdir: 'out', tsc: { outDir: 'lib', rootDir: '.' }, ...jsii },
  }, null, 2));
  run(join(root, 'node_modules/jsii/bin/jsii'), '--silence-warnings=reserved-word');
  const assembly = JSON.parse(readFileSync(join(copy, '.jsii'), 'utf8'));
  console.log(`jsii: ${Object.keys(assembly.types).length} public types accepted`);
  if (output !== undefined) {
    cpSync(join(copy, SCRIPTS), join(copy, 'lib', SCRIPTS), { recursive: true });
    run(join(process.env.JSII_PACMAK, 'node_modules/jsii-pacmak/bin/jsii-pacmak'), '--targets', 'python', '--code-only', '--outdir', resolve(output), '.');
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
