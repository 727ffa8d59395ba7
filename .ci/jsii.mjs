// Compiles the public API with the real jsii, in a copy: what jsii accepts can be used from Python, Java, Go and .NET.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'jsii-'));

try {
  for (const entry of ['src', 'imports', 'README.md', 'LICENSE']) { cpSync(join(root, entry), join(copy, entry), { recursive: true }); }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { exports: _exports, scripts: _scripts, author, dependencies, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(copy, 'package.json'), JSON.stringify({
    ...manifest,
    // What a jsii package must say of itself and this one has no use for yet.
    author: { name: author, url: 'https://example.com' },
    repository: { type: 'git', url: 'https://example.com/cdk8s-postgres-tls.git' },
    dependencies,
    bundledDependencies: Object.keys(dependencies),
    main: 'lib/src/index.js',
    types: 'lib/src/index.d.ts',
    jsii: { outdir: 'out', targets: {}, tsc: { outDir: 'lib', rootDir: '.' }, versionFormat: 'full' },
  }, null, 2));
  execFileSync(process.execPath, [join(root, 'node_modules/jsii/bin/jsii'), '--silence-warnings=reserved-word'], {
    cwd: copy,
    stdio: 'inherit',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' },
  });
  const assembly = JSON.parse(readFileSync(join(copy, '.jsii'), 'utf8'));
  console.log(`jsii: ${Object.keys(assembly.types).length} public types accepted`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
