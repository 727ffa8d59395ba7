import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { PostgresTlsValidation } from '../../src/cli';
import { bundle } from '../../tools/bundle';
import { REPOSITORY } from '../support/repository';

const PLUGIN = join('.tmp', `plugin-${process.pid}`, 'validation-plugin.js');
let folder: string;
beforeAll(async () => { await bundle('src/cli/validation-plugin.ts', PLUGIN); });
afterAll(() => { rmSync(join(REPOSITORY, PLUGIN, '..'), { recursive: true }); });
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'plugin-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

const APP = `const fs = require('node:fs');
fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/app.k8s.yaml', 'apiVersion: cert-manager.io/v1\\nkind: Certificate\\nmetadata: { name: db, namespace: shop }\\nspec: { secretName: db, dnsNames: [db.shop.svc], duration: DURATION, issuerRef: { name: ca, kind: Issuer } }\\n');
`;

function synth(duration: string, properties = ''): string {
  writeFileSync(join(folder, 'app.js'), APP.replace('DURATION', duration));
  writeFileSync(join(folder, 'cdk8s.yaml'), `language: typescript
app: node app.js
validations:
  - package: ${join(REPOSITORY, PLUGIN)}
    version: 0.1.0
    class: PostgresTlsValidation
${properties}`);
  try {
    return execFileSync(process.execPath, [join(REPOSITORY, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade=false', '--validation-reports-output-file', 'report.json'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return `failed: ${(error as { readonly stdout: string }).stdout}${(error as { readonly stderr: string }).stderr}`;
  }
}

test('cdk8s synth fails with the findings of what the app has written', () => {
  const out = synth('90d');
  expect(out).toMatch(/^failed: /);
  expect(out).toContain('cdk8s-postgres-tls: checked 1 manifest in 1 file; 1 error');
  const { reports: [report] } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { readonly reports: [object] };
  expect(report).toMatchObject({
    summary: { status: 'failure' },
    violations: [{ ruleName: expect.stringMatching(/ \(error\)$/), violatingConstructs: [{ resourceName: 'db', manifestPath: 'dist/app.k8s.yaml', locations: [expect.stringContaining("'90d'")] }] }],
  });
});

test('folders of one app are applied together', async () => {
  const files = ['one', 'two'].map((name) => join(folder, name, 'db.k8s.yaml'));
  for (const file of files) {
    mkdirSync(dirname(file));
    writeFileSync(file, stringify({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'db', namespace: 'shop' }, spec: { secretName: 'db', dnsNames: ['db'], issuerRef: { name: 'ca' } } }));
  }
  const violations: string[] = [];
  const report = { addViolation: ({ ruleName }: { readonly ruleName: string }) => { violations.push(ruleName); }, submit: () => undefined };
  await new PostgresTlsValidation().validate({ manifests: files, report, logger: { log: () => undefined } });
  expect(violations).toEqual(['object-duplicate (error)']);
});

test('and passes without errors, or with properties that exclude the rule', () => {
  expect(synth('2160h')).toContain('checked 1 manifest in 1 file; no findings');
  rmSync(join(folder, 'report.json'));
  expect(synth('90d', '    properties: { exclude: [PGTLS-D01] }\n')).toContain('Validations ended');
});

test('unknown properties are refused', () => {
  expect(() => new PostgresTlsValidation({ exlude: [] } as object)).toThrow("cdk8s.yaml: unknown property 'exlude'; did you mean 'exclude'?");
  expect(() => new PostgresTlsValidation({ exclude: 'PGTLS-D01' } as object)).toThrow('cdk8s.yaml: property exclude has a value of a wrong type');
});
