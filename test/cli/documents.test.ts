import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfiguration } from '../../src/cli';
import { INPUT_RULES } from '../../src/verification';
import { Command } from '../support/command';
import { markedBlock, REPOSITORY } from '../support/repository';

const PAGE = readFileSync(join(REPOSITORY, 'docs/prove.md'), 'utf8');
const block = (marker: string) => markedBlock(PAGE, marker);

let command: Command;
beforeAll(async () => {
  command = await Command.build();
  // What the shell of the pipelines finds: this program as `npx` runs it, and tools that print manifests.
  mkdirSync(join(command.folder, 'bin'));
  const script = (name: string, text: string) => {
    writeFileSync(join(command.folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(command.folder, 'bin', name), 0o755);
  };
  const run = `exec '${process.execPath}' '${command.program}'`;
  script('cdk8s-postgres-tls', `${run} "$@"`);
  script('npx', `test "$1" = cdk8s-postgres-tls && shift && ${run} "$@"`);
  script('npm', 'test "$*" = ci');
  for (const name of ['helm', 'kustomize']) { script(name, 'cat apps/db.yaml'); }
});
afterAll(() => { command.remove(); });

const certificate = (duration: string) => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: db, namespace: shop }
spec: { secretName: db, dnsNames: [db.shop.svc], duration: ${duration}, issuerRef: { name: ca, kind: Issuer } }
`;

/** The exit code and the output of a script, in a folder with a Certificate. */
function shell(script: string, duration: string, flags = '-e'): { readonly code: number | null; readonly out: string; readonly err: string } {
  command.write({ 'apps/db.yaml': certificate(duration) });
  const { status, stdout, stderr } = spawnSync('sh', [flags, '-c', script], {
    cwd: command.folder, encoding: 'utf8', env: { PATH: `${join(command.folder, 'bin')}:${process.env['PATH'] ?? ''}` },
  });
  return { code: status, out: stdout, err: stderr };
}

interface Pipelines {
  readonly jobs: { readonly prove: { readonly steps: ReadonlyArray<{ readonly run?: string }> } };
  readonly prove: { readonly script: readonly string[] };
  readonly repos: ReadonlyArray<{ readonly hooks: ReadonlyArray<{ readonly entry: string; readonly files: string }> }>;
  readonly spec: { readonly generate: { readonly command: readonly string[]; readonly args: readonly string[] } };
}
const pipeline = (name: string) => parse(block(`pipeline: ${name}`)) as Pipelines;

test('GitHub Actions: the report is written in every case; the last step fails with errors and annotates', () => {
  const steps = pipeline('github').jobs.prove.steps.flatMap(({ run }) => run ?? []);
  expect(steps).toHaveLength(3);
  expect(steps.map((step) => shell(step, '2160h').code)).toEqual([0, 0, 0]);
  expect(steps.map((step) => shell(step, '90d').code)).toEqual([0, 0, 1]);
  expect(shell(steps[2]!, '90d').out).toMatch(/^::error file=apps\/db\.yaml,line=\d+,col=\d+,title=\S+::/m);
  expect(JSON.parse(readFileSync(join(command.folder, 'prove.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  // Wrong usage is not hidden.
  expect(shell(steps[1]!.replace('sarif', 'srif'), '2160h').code).toBe(1);
});

test('GitLab CI', () => {
  const script = pipeline('gitlab').prove.script;
  expect(shell(script.join('\n'), '2160h').code).toBe(0);
  expect(shell(script.join('\n'), '90d').code).toBe(1);
  expect(readFileSync(join(command.folder, 'prove.xml'), 'utf8')).toContain('<testsuites');
});

test('pre-commit', () => {
  const [{ entry, files }] = pipeline('pre-commit').repos[0]!.hooks as [{ readonly entry: string; readonly files: string }];
  expect([shell(entry, '2160h').code, shell(entry, '90d').code]).toEqual([0, 1]);
  expect(['a.yaml', 'a.yml', 'a.yaml.bak'].map((file) => new RegExp(files).test(file))).toEqual([true, true, false]);
});

test('Argo CD: manifests on standard output, or the report on standard error', () => {
  const { command: words, args } = pipeline('argocd').spec.generate;
  expect(words).toEqual(['sh', '-ec']);
  const script = args[0]!.replaceAll('/tmp/manifests.yaml', 'built.yaml');
  expect(shell(script, '2160h')).toMatchObject({ code: 0, out: certificate('2160h') });
  expect(shell(script, '90d')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('built.yaml:4:50 error duration-invalid') });
});

test('every command of the page and of the README is run', () => {
  const texts = [PAGE, readFileSync(join(REPOSITORY, 'README.md'), 'utf8').split('## Only YAML')[1]!.split('\n## ')[0]!];
  const commands = texts.flatMap((text) => [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, body]) => body!.trim().split('\n')));
  expect(commands.length).toBeGreaterThan(7);
  expect(commands.map((line) => [line, shell(line, '2160h').code])).toEqual(commands.map((line) => [line, 0]));
});

test('the configuration file is read as it stands', () => {
  expect(Object.keys(readConfiguration({ path: 'c.yaml', text: block('configuration'), isPackage: false }, 'c.yaml'))).toEqual([
    'paths', 'ignore', 'include', 'exclude', 'severities', 'acknowledgements', 'baseline', 'together', 'warningsAsErrors', 'certManagerVersion', 'clusterResourceNamespace', 'trustNamespace',
  ]);
});

test('the page has every rule about the input', () => {
  const rows = [...PAGE.matchAll(/^\| (\S+) \| (PGTLS-Y\d\d) \| (error|warning) \|/gm)].map(([, id, code, severity]) => `${id!} ${code!} ${severity!}`);
  expect(rows).toEqual(INPUT_RULES.map(({ id, code, severity }) => `${id} ${code} ${severity}`));
});
