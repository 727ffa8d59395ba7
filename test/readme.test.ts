import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { Certificate, Issuer, Postgres, PostgresStorage, PostgresVersion, SslMode } from '../src';
import { filesOf } from './support/program';
import { markedBlock, REPOSITORY } from './support/repository';

const README = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');

test('the quickstart program writes the file that it says it writes', () => {
  const name = 'quickstart.k8s.yaml';
  expect(filesOf(markedBlock(README, 'program: quickstart'))).toEqual({ [name]: readFileSync(join(REPOSITORY, 'dist', name), 'utf8') });
});

const outputs = [...README.matchAll(/<!-- (output: (\S+) (\S+) (\S+)) -->/g)].map(([, marker, file, kind, name]) => ({ marker: marker!, file: file!, kind: kind!, name: name! }));

test.each(outputs)('shows the real $kind $name of dist/$file.k8s.yaml', ({ marker, file, kind, name }) => {
  const documents = parseAllDocuments(readFileSync(join(REPOSITORY, 'dist', `${file}.k8s.yaml`), 'utf8')).map((document) => document.toJS());
  expect(parse(markedBlock(README, marker))).toEqual(documents.find((document) => document.kind === kind && document.metadata.name === name));
});

test('every program of the README is run, every output compared, every manifest applied by the cluster suite', () => {
  const fences = [...README.matchAll(/^```(\w+)$/gm)].map(([, language]) => language);
  const markers = [...README.matchAll(/^<!-- (\w+)/gm)].map(([, kind]) => kind);
  expect(fences.filter((language) => language === 'ts')).toHaveLength(markers.filter((kind) => kind === 'program').length);
  expect(fences.filter((language) => language === 'yaml')).toHaveLength(markers.filter((kind) => ['output', 'manifest'].includes(kind!)).length);
});

test('every other program of the README synthesizes', () => {
  for (const [, marker] of README.matchAll(/<!-- (program: (?!quickstart)\S+) -->/g)) {
    expect(Object.keys(filesOf(markedBlock(README, marker!)))).not.toEqual([]);
  }
});

test('the refusal that it shows is real', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'quickstart', { namespace: 'orders' });
  new Postgres(chart, 'orders-db', { version: PostgresVersion.V18, sslMode: SslMode.REQUIRE, storage: PostgresStorage.ephemeral() });
  const issuer = Issuer.fromIssuerName(chart, 'ca', 'ca');
  new Certificate(chart, 'reports', { issuer, commonName: 'the-nightly-reports-of-the-accounting-department-in-the-north-west' });
  expect(() => app.synth()).toThrow(markedBlock(README, 'refused: quickstart').trimEnd());
});

test('its two commands are the scripts of this package, and CI runs the second as it stands', () => {
  const commands = markedBlock(README, 'commands').split('\n').map((line) => line.replace(/ *#.*/, '')).filter(Boolean);
  expect(commands).toEqual(['npm ci && npm run synth', 'npm ci && npm test']);
  expect(readFileSync(join(REPOSITORY, '.ci/run'), 'utf8')).toContain('npm ci && npm test\n');
});

test('links to files of the repository lead somewhere', () => {
  const targets = [...README.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target!);
  expect(targets.filter((target) => !existsSync(join(REPOSITORY, target)))).toEqual([]);
});
