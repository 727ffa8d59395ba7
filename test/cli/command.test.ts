import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_FORMATS } from '../../src/report';
import { Command } from '../support/command';
import { REPOSITORY } from '../support/repository';

let command: Command;
beforeAll(async () => { command = await Command.build(); });
afterAll(() => { command.remove(); });
beforeEach(() => { command.empty(); });

const certificate = (name: string, spec = '') => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ${name}, namespace: shop }
spec:
  secretName: ${name}
  dnsNames: [${name}.shop.svc]
  issuerRef: { name: ca, kind: Issuer }
${spec}`;
const RIGHT = certificate('right');
const WRONG = certificate('wrong', '  duration: 90d\n');
const ODD = certificate('odd').replace('[odd.', '[o_d.');
const TEMPLATE = 'apiVersion: v1\nkind: Secret\nmetadata: { name: "{{ .Values.name }}" }\n';

describe('exit codes', () => {
  test('0 without findings, and nothing on standard error', () => {
    command.write({ 'right.yaml': RIGHT });
    expect(command.run(['prove', 'right.yaml'])).toEqual({ code: 0, out: 'checked 1 manifest in 1 file\n\nno findings\n', err: '' });
  });

  test('0 with warnings, 1 if they are errors', () => {
    command.write({ 'odd.yaml': ODD });
    expect(command.run(['prove', '.'])).toMatchObject({ code: 0, out: expect.stringContaining('1 warning\n') });
    expect(command.run(['prove', '.', '--warnings-as-errors'])).toMatchObject({ code: 1 });
  });

  test('1 with errors', () => {
    command.write({ 'a/wrong.yaml': WRONG, 'a/right.yaml': RIGHT });
    const { code, out, err } = command.run(['prove', 'a']);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^checked 2 manifests in 2 files\n\na\/wrong\.yaml:\d+:\d+ error \S+ .*'90d'.*\n {4}Certificate 'wrong' in namespace 'shop'.*\n {4}fix: .*\n\n1 error\n$/);
  });

  test.each([
    ['no command', [], 'no command; use: cdk8s-postgres-tls prove PATH…'],
    ['an unknown command', ['check', 'a.yaml'], "unknown command 'check'; use: cdk8s-postgres-tls prove check"],
    ['an unknown option', ['prove', '--formt', 'json', '.'], "unknown option '--formt'; did you mean '--format'?"],
    ['an unknown option without a likeness', ['prove', '-x', '.'], "unknown option '-x'; see --help"],
    ['a missing value', ['prove', '.', '--format'], "Option '-f, --format <value>' argument missing; see --help"],
    ['an unknown format', ['prove', '.', '--format', 'xml'], "unknown format 'xml'; use one of text, json, sarif, github, junit, markdown"],
    ['no path', ['prove'], 'no path; give files, folders, or - for standard input'],
    ['an unknown rule', ['prove', '.', '--include', 'x01'], "include: no rule and no preset has the name 'x01'; use an id or a code in docs/rules/README.md"],
    ['a baseline that is not there', ['prove', '.', '--baseline', 'b.json'], '[b.json] the baseline cannot be read (ENOENT); write it with --write-baseline b.json'],
    ['a configuration that is not there', ['prove', '.', '--config', 'c.yaml'], '[c.yaml] the configuration file cannot be read (ENOENT); give a file that exists'],
    ['an output that cannot be written', ['prove', 'right.yaml', '--output', 'no/such/folder.txt'], '[no/such/folder.txt] the file cannot be written (ENOENT); give a path that can be written'],
  ])('2 for %s', (_, words, message) => {
    command.write({ 'right.yaml': RIGHT });
    expect(command.run(words)).toMatchObject({ code: 2, err: `cdk8s-postgres-tls: ${message}\n` });
  });

  test('2 if nothing could be checked, 0 if that is permitted', () => {
    command.write({ 'values.yaml': 'image: x\n' });
    expect(command.run(['prove', '.'])).toMatchObject({
      code: 2, out: expect.stringContaining('checked 0 manifests in 1 file; not checked: 1 Helm chart\n'),
      err: 'cdk8s-postgres-tls: nothing was checked: there is no manifest in the input; --allow-empty makes this a success\n',
    });
    expect(command.run(['prove', '.', '--allow-empty'])).toMatchObject({ code: 0, err: '' });
    expect(command.run(['prove', 'missing.yaml', '--allow-empty'])).toMatchObject({ code: 1, out: expect.stringContaining('missing.yaml error input-unreadable it does not exist') });
  });
});

describe('input', () => {
  test('one file that cannot be checked stops nothing, and is one finding', () => {
    command.write({ 'a.yaml': WRONG, 'chart.yaml': `${TEMPLATE}---\n${TEMPLATE}`, 'broken.yaml': 'apiVersion: v1\nkind: [\n', 'data.bin.yaml': '\u0000\u0001' });
    const { code, out } = command.run(['prove', '.', 'gone/*.yaml']);
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toBe('checked 1 manifest in 5 files; not checked: 2 template, 1 binary, 1 invalid YAML, 1 unreadable');
    expect(out.match(/input-not-rendered/g)).toHaveLength(1);
    expect(out).toMatch(/^chart\.yaml:1:1 warning input-not-rendered Helm template: \{\{ \.Values\.name \}\}$/m);
    expect(out).toMatch(/^broken\.yaml:\d+:\d+ error input-invalid-yaml /m);
    expect(out).toMatch(/^gone\S* error input-unreadable /m);
    expect(out).toMatch(/\n3 errors, 1 warning\n$/);
  });

  test('standard input', () => {
    const { code, out } = command.run(['prove', '-'], { input: `${RIGHT}---\n${WRONG}` });
    expect(code).toBe(1);
    expect(out).toMatch(/^checked 2 manifests in 1 file\n\n<stdin>:\d+:\d+ error /);
  });

  test('standard input without anything', () => {
    expect(command.run(['prove', '-'])).toMatchObject({ code: 2, out: 'checked 0 manifests in 1 file; not checked: 1 empty\n\nno findings\n' });
  });

  test('folders are alternatives, unless --together or the configuration unites them', () => {
    command.write({ 'dev/a.yaml': RIGHT, 'prod/a.yaml': RIGHT });
    expect(command.run(['prove', '.'])).toMatchObject({ code: 0 });
    expect(command.run(['prove', '.', '--together'])).toMatchObject({ code: 1, out: expect.stringMatching(/^prod\/a\.yaml:\d+:\d+ error object-duplicate /m) });
    command.write({ 'cdk8s-postgres-tls.yaml': 'together: true\n' });
    expect(command.run(['prove', 'dev', 'prod'])).toMatchObject({ code: 1 });
  });

  test('--ignore leaves files out', () => {
    command.write({ 'apps/a.yaml': RIGHT, 'charts/x/templates/b.yaml': TEMPLATE });
    expect(command.run(['prove', '.', '--ignore', 'charts/**'])).toMatchObject({ code: 0, out: 'checked 1 manifest in 1 file\n\nno findings\n' });
  });

  test('a symbolic link that leads to itself, and one that leads upwards', () => {
    command.write({ 'a/right.yaml': RIGHT });
    symlinkSync('loop.yaml', join(command.folder, 'a/loop.yaml'));
    symlinkSync('..', join(command.folder, 'a/up'));
    expect(command.run(['prove', 'a'])).toMatchObject({ code: 0, out: 'checked 1 manifest in 1 file\n\nno findings\n' });
  });
});

describe('formats', () => {
  test.each(REPORT_FORMATS)('%s on standard output, and nothing beside it', (format) => {
    command.write({ 'a.yaml': `${WRONG}---\n${ODD}` });
    const { code, out, err } = command.run(['prove', '.', '--format', format]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('90d');
    if (format === 'json' || format === 'sarif') { expect(() => JSON.parse(out) as unknown).not.toThrow(); }
    expect(command.run(['prove', '.', '-f', format]).out).toBe(out);
  });

  test('SARIF has the pages of the rules', () => {
    command.write({ 'a.yaml': certificate('small', '  privateKey: { algorithm: ECDSA, size: 512 }\n') });
    const { runs: [{ tool: { driver: { rules: [rule] } } }] } = JSON.parse(command.run(['prove', '.', '-f', 'sarif']).out) as { readonly runs: [{ readonly tool: { readonly driver: { readonly rules: [{ readonly id: string; readonly helpUri: string; readonly help: { readonly markdown: string } }] } } }] };
    const page = readFileSync(join(REPOSITORY, `docs/rules/${rule.id}.md`), 'utf8');
    expect(page.endsWith(rule.help.markdown)).toBe(true);
    expect(rule.help.markdown).toMatch(/^# /);
    expect(rule.helpUri).toMatch(/^https:\/\//);
  });

  test('--output writes a file, and the numbers to standard error', () => {
    command.write({ 'a.yaml': WRONG });
    expect(command.run(['prove', '.', '--format', 'json', '--output', 'report.json'])).toEqual({ code: 1, out: '', err: 'cdk8s-postgres-tls: checked 1 manifest in 1 file; 1 error\n' });
    expect(JSON.parse(readFileSync(join(command.folder, 'report.json'), 'utf8'))).toMatchObject({ failed: true });
    expect(readdirSync(command.folder).sort()).toEqual(['a.yaml', 'report.json']);
  });

  test('no colours where no terminal is', () => {
    command.write({ 'a.yaml': WRONG });
    expect(command.run(['prove', '.']).out).not.toContain('\u001b');
  });
});

describe('rules', () => {
  test('--include and --exclude take ids, codes and presets', () => {
    command.write({ 'a.yaml': `${WRONG}---\n${ODD}` });
    expect(command.run(['prove', '.', '--include', 'PGTLS-B20']).out).toMatch(/\n1 warning\n$/);
    expect(command.run(['prove', '.', '--exclude', 'PGTLS-D01,PGTLS-B20']).out).toMatch(/\nno findings\n$/);
    expect(command.run(['prove', '.', '--include', 'certificates', '--exclude', 'PGTLS-D01']).out).toMatch(/\n1 warning\n$/);
    expect(command.run(['prove', '.', '--include', 'postgresql']).out).toMatch(/\nno findings\n$/);
  });

  test.each(['PGTLS-D08', 'leaf-outlives-ca'])('--explain %s prints the page', (rule) => {
    const { code, out } = command.run(['--explain', rule]);
    expect(code).toBe(0);
    expect(out).toMatch(/^# .*CA/);
    expect(out).toContain('`leaf-outlives-ca` (PGTLS-D08)');
    expect(out).not.toContain('<!--');
  });

  test('--explain knows the rules about the input, and what was probably meant', () => {
    expect(command.run(['prove', '--explain', 'PGTLS-Y03'])).toMatchObject({ code: 0, out: expect.stringMatching(/^# file with placeholders.*\n\n`input-not-rendered` \(PGTLS-Y03\) · warning\n\n[\s\S]*Fix: /) });
    expect(command.run(['--explain', 'leaf-outlive-ca'])).toMatchObject({ code: 2, err: "cdk8s-postgres-tls: no rule has the name 'leaf-outlive-ca'; did you mean 'leaf-outlives-ca'?\n" });
  });
});

describe('baseline', () => {
  test('only new findings are reported, and what is gone is named', () => {
    command.write({ 'apps/a.yaml': WRONG, 'apps/b.yaml': ODD });
    expect(command.run(['prove', 'apps', '--write-baseline', 'baseline.json'])).toMatchObject({ code: 0, err: 'cdk8s-postgres-tls: wrote the baseline baseline.json\n' });
    expect(command.run(['prove', './apps', '--baseline', 'baseline.json'])).toMatchObject({ code: 0, out: expect.stringMatching(/\nno findings, 2 in the baseline\n$/) });
    // Lines move, one finding is new, one is gone.
    command.write({ 'apps/a.yaml': `# one\n# two\n${WRONG}  renewBefore: 30d\n`, 'apps/b.yaml': RIGHT });
    const { code, out } = command.run(['prove', join(command.folder, 'apps'), '--baseline', 'baseline.json']);
    expect(code).toBe(1);
    expect(out.match(/ error /g)).toHaveLength(1);
    expect(out).toMatch(/no longer found, remove from the baseline with --write-baseline:\n {2}apps\/b\.yaml dns-name-not-portable Certificate\/shop\/odd/);
    expect(out).toMatch(/\n1 error, 1 in the baseline, 1 of the baseline gone\n$/);
  });
});

describe('configuration', () => {
  test('is found above the working directory, and paths in it are relative to it', () => {
    command.write({
      'cdk8s-postgres-tls.yaml': `paths: [apps]
ignore: [apps/charts/**]
exclude: [PGTLS-B20]
severities: { PGTLS-D01: warning }
acknowledgements:
  - { rule: PGTLS-D01, reason: replaced next week, file: apps/a.yaml, until: 9999-12-31 }
certManagerVersion: 1.21
`,
      'apps/a.yaml': `${WRONG}---\n${ODD}`, 'apps/charts/c.yaml': TEMPLATE, 'sub/x.txt': '',
    });
    const answer = command.run(['prove'], { cwd: join(command.folder, 'sub') });
    expect(answer).toEqual({ code: 0, out: 'checked 2 manifests in 1 file\n\nno findings, 1 acknowledged\n', err: '' });
  });

  test('options come before it', () => {
    command.write({ 'cdk8s-postgres-tls.yaml': 'paths: [missing.yaml]\ninclude: [postgresql]\n', 'a.yaml': WRONG });
    expect(command.run(['prove', 'a.yaml', '--include', 'all'])).toMatchObject({ code: 1 });
    expect(command.run(['prove', 'a.yaml'])).toMatchObject({ code: 0 });
  });

  test('may be a key of package.json', () => {
    command.write({ 'package.json': JSON.stringify({ name: 'x', 'cdk8s-postgres-tls': { paths: ['a.yaml'], exclude: ['PGTLS-D01'] } }, undefined, 2), 'a.yaml': WRONG });
    expect(command.run(['prove'])).toMatchObject({ code: 0 });
    command.write({ 'package.json': JSON.stringify({ name: 'x', 'cdk8s-postgres-tls': { path: ['a.yaml'] } }, undefined, 2) });
    expect(command.run(['prove'])).toMatchObject({ code: 2, err: "cdk8s-postgres-tls: [package.json:4] unknown key 'path'; did you mean 'paths'?\n" });
  });

  test('an acknowledgement that is unused or has expired is a finding in the file', () => {
    command.write({
      'cdk8s-postgres-tls.yaml': 'acknowledgements:\n  - { rule: PGTLS-B20, reason: old, until: 2020-01-01 }\n  - { rule: PGTLS-E10, reason: unused }\n',
      'a.yaml': ODD,
    });
    const { code, out } = command.run(['prove', 'a.yaml']);
    expect(code).toBe(0);
    expect(out).toMatch(/^cdk8s-postgres-tls\.yaml warning acknowledgement-expired the acknowledgement of PGTLS-B20 \(old\) expired after 2020-01-01$/m);
    expect(out).toMatch(/^cdk8s-postgres-tls\.yaml warning acknowledgement-unused PGTLS-E10 /m);
    expect(out).toMatch(/\n3 warnings\n$/);
  });
});

describe('the process', () => {
  test('--help and --version', () => {
    expect(command.run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('usage: cdk8s-postgres-tls prove [OPTION…] [PATH…]'), err: '' });
    expect(command.run(['prove', '-h']).out).toBe(command.run(['--help']).out);
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { readonly version: string };
    expect(command.run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('the help names every option, and its lines fit a terminal', () => {
    const { out } = command.run(['--help']);
    const known = [...readFileSync(join(REPOSITORY, 'src/cli/command-line.ts'), 'utf8').matchAll(/^ {2}'([a-z-]+)': \{ type/gm)].map(([, name]) => name!);
    expect(known.length).toBeGreaterThan(10);
    expect(known.filter((name) => !out.includes(`--${name}`))).toEqual([]);
    expect(out.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  test('loads neither cdk8s nor constructs', () => {
    command.write({ 'a.yaml': `${WRONG}---\n${ODD}`, 'cdk8s-postgres-tls.yaml': 'certManagerVersion: 1.20\n' });
    const trace = join(command.folder, 'trace.cjs');
    command.write({ 'trace.cjs': "process.on('exit', () => { process.stderr.write(Object.keys(require.cache).filter((file) => /node_modules.(cdk8s|constructs)/.test(file)).join('\\n')); });\n" });
    expect(command.run(['prove', 'a.yaml'], { env: { NODE_OPTIONS: `--require ${trace}` } })).toMatchObject({ code: 1, err: '' });
  });

  test('a reader that closes the pipe ends it without a message, and the exit code stays', async () => {
    command.write({ 'many.yaml': Array.from({ length: 3000 }, (_, index) => certificate(`wrong-${index}`, '  duration: 90d\n')).join('---\n') });
    const child = spawn(process.execPath, [command.program, 'prove', 'many.yaml'], { cwd: command.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => { child.stdout.destroy(); });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    const code = await new Promise((resolve) => { child.on('close', resolve); });
    expect([code, err]).toEqual([1, '']);
  });

  test('a large output arrives whole', () => {
    command.write({ 'many.yaml': Array.from({ length: 3000 }, (_, index) => certificate(`wrong-${index}`, '  duration: 90d\n')).join('---\n') });
    const { code, out } = command.run(['prove', 'many.yaml', '--format', 'json']);
    expect(code).toBe(1);
    expect((JSON.parse(out) as { readonly findings: unknown[] }).findings).toHaveLength(3000);
  });

  test('an interrupt ends it, and leaves no part of a file', async () => {
    const child = spawn(process.execPath, [command.program, 'prove', '-', '--output', 'report.txt'], { cwd: command.folder, stdio: ['pipe', 'ignore', 'pipe'] });
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    child.kill('SIGINT');
    const signal = await new Promise((resolve) => { child.on('close', (_, by) => { resolve(by); }); });
    expect(signal).toBe('SIGINT');
    expect(existsSync(join(command.folder, 'report.txt'))).toBe(false);
    expect(readdirSync(command.folder)).toEqual([]);
  });
});
