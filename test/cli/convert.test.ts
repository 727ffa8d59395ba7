import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import * as ts from 'typescript';
import { parseAllDocuments, stringify } from 'yaml';
import { Postgres } from '../../src';
import { bundle } from '../../tools/bundle';
import { REPOSITORY } from '../support/repository';

/** The package as it is packed, in the repository, so that it finds its peers. */
const PACKAGE = join(REPOSITORY, '.tmp', `convert-${process.pid}`);
let folder: string;
beforeAll(async () => {
  for (const [program, output] of [['src/cli/main.ts', 'lib/cli/main.js'], ['src/index.ts', 'lib/src/index.js']] as const) { await bundle(program, join(relative(REPOSITORY, PACKAGE), output)); }
  copyFileSync(join(REPOSITORY, 'package.json'), join(PACKAGE, 'package.json'));
  folder = mkdtempSync(join(tmpdir(), 'convert-'));
});
afterAll(() => { for (const path of [PACKAGE, folder]) { rmSync(path, { recursive: true, force: true }); } });

function run(...words: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PACKAGE, 'lib/cli/main.js'), 'convert', ...words], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  return { code: status, out: stdout, err: stderr };
}

const DATABASE = (spec: Readonly<Record<string, unknown>> = {}, namespace = 'demo') => stringify({
  apiVersion: 'kubedb.com/v1', kind: 'Postgres', metadata: { name: 'pg', namespace },
  spec: { version: '18.3', deletionPolicy: 'Halt', tls: { issuerRef: { kind: 'Issuer', name: 'ca' } }, storage: { resources: { requests: { storage: '1Gi' } } }, ...spec },
});
const write = (name: string, text: string) => { writeFileSync(join(folder, name), text); };
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const ACKNOWLEDGED = ['--acknowledge', 'spec.replicas=one is enough'];

test('without --out the program is on standard output, and the report on standard error', () => {
  write('db.yaml', DATABASE());
  const { code, out, err } = run('db.yaml');
  expect([code, out.split('\n')[0]]).toEqual([0, "import { App, Chart, Size } from 'cdk8s';"]);
  expect(err).toMatch(/^db\.yaml:\d+:\d+ taken over Postgres pg metadata\.name: .*\n/);
  expect(err).toMatch(/\n\n\d+ taken over, \d+ changed in meaning\n$/);
});

test('--out FILE.ts is a program that compiles', () => {
  write('db.yaml', DATABASE({
    replicas: 3, podTemplate: {
      spec: { tolerations: [{ key: 'db', operator: 'Exists', effect: 'NoSchedule' }], volumes: [{ name: 'x', secret: { secretName: 'x', items: [{ key: 'a', path: 'a' }] } }], containers: [{ name: 'postgres', volumeMounts: [{ name: 'x', mountPath: '/x' }] }] },
    },
  }));
  expect(run('db.yaml', '--out', 'db.ts', ...ACKNOWLEDGED)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('; acknowledged: one is enough\n') });
  const program = join(PACKAGE, 'db.ts');
  copyFileSync(join(folder, 'db.ts'), program);
  const { config } = ts.readConfigFile(join(REPOSITORY, 'tsconfig.json'), ts.sys.readFile) as { readonly config: unknown };
  const { options } = ts.parseJsonConfigFileContent({ ...config as object, include: [], files: [program] }, ts.sys, REPOSITORY);
  const compiled = ts.createProgram([program], options);
  // Of this file alone: `npm run types` checks what it imports.
  const faults = ts.getPreEmitDiagnostics(compiled, compiled.getSourceFile(program));
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

test('--out FILE.yaml has the manifests of Postgres.fromKubeDb, for each namespace', () => {
  write('one.yaml', DATABASE());
  write('two.yaml', DATABASE({}, 'shop'));
  expect(run('one.yaml', 'two.yaml', '--out', 'all.yaml')).toMatchObject({ code: 0, out: expect.stringContaining('one.yaml:') });
  const expected = ['demo', 'shop'].flatMap((namespace) => {
    const chart = new Chart(new App(), namespace, { namespace });
    Postgres.fromKubeDb(chart, 'pg', DATABASE({}, namespace));
    return Testing.synth(chart) as unknown[];
  });
  const written = parseAllDocuments(read('all.yaml')).map((document) => document.toJS() as unknown);
  expect(written).toHaveLength(expected.length);
  expect(written).toEqual(expect.arrayContaining(expected));
});

test('nothing is written if something is not supported; the report names it', () => {
  write('db.yaml', DATABASE({ replicas: 3 }));
  const { code, out, err } = run('db.yaml', '--out', 'no.ts');
  expect([code, existsSync(join(folder, 'no.ts'))]).toEqual([1, false]);
  expect(out).toMatch(/^db\.yaml:\d+:\d+ not supported Postgres pg spec\.replicas: 3 instances/m);
  expect(err).toMatch(/^cdk8s-postgres-tls: \[db\.yaml:\d+:\d+\] Postgres pg: spec\.replicas is not supported: .*\n$/);
});

test('nothing is written if the manifests have errors', () => {
  write('db.yaml', DATABASE({ serviceTemplates: [{ alias: 'primary', spec: { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/99'] } }] }));
  const { code, err } = run('db.yaml', '--out', 'wrong.yaml');
  expect([code, existsSync(join(folder, 'wrong.yaml'))]).toEqual([1, false]);
  expect(err).toContain('10.0.0.0/99');
});

test('a folder may have files that are no manifests', () => {
  mkdirSync(join(folder, 'apps'));
  write('apps/db.yaml', DATABASE());
  write('apps/values.yaml', 'image: x\n');
  expect(run('apps')).toMatchObject({ code: 0, err: expect.stringContaining('apps/db.yaml:') });
  expect(run('apps/db.yaml', 'apps/values.yaml')).toMatchObject({ code: 1, err: expect.stringContaining('[apps/values.yaml:1:1] ') });
});

describe('--bitnami', () => {
  const VALUES = 'tls:\n  enabled: true\nprimary:\n  persistence: { size: 20Gi }\n';
  const RELEASE = ['--bitnami', 'shop/orders', '--issuer', 'ClusterIssuer/platform-ca'];

  test('the program of the values is on standard output, the report on standard error', () => {
    write('values.yaml', VALUES);
    const { code, out, err } = run(...RELEASE, 'values.yaml');
    expect(code).toBe(0);
    for (const part of [
      "new Chart(app, 'shop', { namespace: 'shop' })", "const issuer = ClusterIssuer.fromClusterIssuerName(chart, 'platform-ca', 'platform-ca');", "new Postgres(chart, 'orders-postgresql', {", 'tls: { issuer }', 'size: Size.gibibytes(20)',
    ]) { expect(out).toContain(part); }
    expect(err).toMatch(/^values\.yaml:2:3 changed in meaning values tls\.enabled: property 'tls'/m);
    expect(err).toMatch(/^values\.yaml:4:18 taken over values primary\.persistence\.size: property 'storage\.size'$/m);
    expect(err).toMatch(/\n\n\d+ taken over, \d+ changed in meaning\n$/);
  });

  test('--out FILE.ts has the same program, with acknowledgements', () => {
    write('values.yaml', `${VALUES}architecture: replication\n`);
    expect(run(...RELEASE, 'values.yaml', '--out', 'refused.ts')).toMatchObject({ code: 1, err: expect.stringContaining('values: architecture is not supported: read replicas: ') });
    expect(existsSync(join(folder, 'refused.ts'))).toBe(false);
    const { code, out } = run(...RELEASE, '--acknowledge', 'architecture=one is enough', 'values.yaml', '--out', 'orders.ts');
    expect([code, out.includes('acknowledged: one is enough')]).toEqual([0, true]);
    expect(read('orders.ts')).toContain("new Postgres(chart, 'orders-postgresql-primary', {");
  });

  test('values with TLS and no issuer are an error, as values that the chart does not have', () => {
    write('values.yaml', `${VALUES}metric: {}\n`);
    const { code, out, err } = run('--bitnami', 'shop/orders', 'values.yaml');
    expect([code, out.includes('new Postgres(')]).toEqual([1, false]);
    expect(err).toContain('[values.yaml:2:3] values: tls.enabled is true, and the chart names no issuer of cert-manager; set option issuer');
    expect(err).toContain("[values.yaml:5:1] values: metric is not a field of Bitnami's chart postgresql 17.1.0; did you mean 'metrics'?");
  });

  test.each([
    ['no namespace', ['--bitnami', 'orders', 'values.yaml'], '--bitnami orders is not NAMESPACE/RELEASE, such as shop/orders'],
    ['another issuer', ['--bitnami', 'shop/orders', '--issuer', 'platform-ca', 'values.yaml'], '--issuer platform-ca is neither Issuer/NAME nor ClusterIssuer/NAME'],
    ['two files', ['--bitnami', 'shop/orders', 'values.yaml', 'more.yaml'], '--bitnami converts one values file; merge them as helm get values prints them'],
    ['manifests', ['--bitnami', 'shop/orders', 'values.yaml', '--out', 'db.yaml'], '--bitnami writes a program; use --out FILE.ts'],
    ['an issuer without it', ['--issuer', 'Issuer/ca', 'values.yaml'], "--issuer applies to --bitnami; KubeDB's YAML names its issuer"],
    ['no path', ['--bitnami', 'shop/orders'], 'no path; use: cdk8s-postgres-tls convert PATH…'],
  ])('2 for %s', (_, words, message) => {
    write('values.yaml', VALUES);
    expect(run(...words)).toEqual({ code: 2, out: '', err: `cdk8s-postgres-tls: ${message}\n` });
  });
});

test('a file that cannot be read is an error', () => {
  expect(run('missing.yaml')).toMatchObject({ code: 1, err: expect.stringMatching(/^cdk8s-postgres-tls: \[missing\.yaml:1:1\] .*; .*\n$/) });
});

test.each([
  ['no path', [], 'no path; use: cdk8s-postgres-tls convert PATH…'],
  ['another ending', ['db.yaml', '--out', 'db.json'], '--out db.json is neither a .ts nor a .yaml file; use one of them'],
  ['an acknowledgement without a reason', ['db.yaml', '--acknowledge', 'spec.replicas'], "--acknowledge 'spec.replicas' has no reason; write FIELD=REASON, such as 'spec.replicas=one is enough'"],
  ['an option of prove', ['db.yaml', '--baseline', 'b.json'], "the option '--baseline' does not apply to convert; see --help"],
])('2 for %s', (_, words, message) => {
  write('db.yaml', DATABASE());
  expect(run(...words)).toEqual({ code: 2, out: '', err: `cdk8s-postgres-tls: ${message}\n` });
});
