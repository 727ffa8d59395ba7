import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { Certificate, CertManagerVersion, Finding, Issuer, Postgres, PostgresStorage, PostgresVersion, SslMode } from '../src';
import { propertiesOf } from '../src/checks';
import { filesOf, printed } from './support/program';
import { markedBlock, REPOSITORY } from './support/repository';

const README = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');
const PACKAGE = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  readonly name: string; readonly version: string; readonly engines: { readonly node: string }; readonly peerDependencies: Readonly<Record<string, string>>;
};
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

test('no two blocks of the README have one name: only the first would be run', () => {
  const markers = [...README.matchAll(/^<!-- (.*) -->$/gm)].map(([, marker]) => marker);
  expect(markers.filter((marker, index) => markers.indexOf(marker) !== index)).toEqual([]);
});

test('every other program of the README synthesizes', () => {
  for (const [, marker] of README.matchAll(/<!-- (program: (?!quickstart)\S+) -->/g)) {
    expect(Object.keys(filesOf(markedBlock(README, marker!)))).not.toEqual([]);
  }
});

describe('the program of the proofs', () => {
  const program = markedBlock(README, 'program: proofs');

  test('acknowledges a warning that occurs, and no other is there', () => {
    const findings = JSON.parse(printed(`${program}\nconsole.log(JSON.stringify(Findings.of(app)));`)) as Finding[];
    expect(findings).toEqual([expect.objectContaining({ code: 'PGTLS-E14', path: 'orders/orders-db', acknowledged: 'a policy of approver-policy guards this issuer' })]);
  });

  test('is refused without the acknowledgement', () => {
    const without = program.replace(/^Findings\.acknowledgeWarning.*\n/m, '');
    expect(without).not.toBe(program);
    expect(() => printed(without)).toThrow('[orders/orders-db] PGTLS-E14 (warning)');
  });
});

test('the names that it derives are what it says, and stay within 52 characters', () => {
  const documents = parseAllDocuments(filesOf(markedBlock(README, 'program: names'))['shop.k8s.yaml']!).map((document) => document.toJS());
  const names = (kind: string) => documents.filter((document) => document.kind === kind).map((document) => document.metadata.name as string);
  expect(names('StatefulSet')).toEqual(['orders-db']);
  expect(names('Issuer')).toContainEqual(expect.stringMatching(/^shop-storefront-ca-[0-9a-f]{8}$/));
  expect(names('Certificate')).toContainEqual(expect.stringMatching(/^shop-storefront-webserver-[0-9a-f]{8}$/));
});

test('it says how to install the tarball of this release and how to run a program', () => {
  const { name, version, peerDependencies } = PACKAGE;
  expect(markedBlock(README, 'pack')).toBe(`npm ci && npm pack   # writes ${name}-${version}.tgz\n`);
  expect(markedBlock(README, 'install')).toBe(`npm init --yes\nnpm install ../${name}/${name}-${version}.tgz ${Object.keys(peerDependencies).sort().join(' ')} tsx\n`);
  expect(markedBlock(README, 'run')).toBe('npx tsx main.ts\n');
});

test('its table of properties has every property of Postgres, and its table of versions what package.json asks for', () => {
  const section = README.slice(README.indexOf('## Properties of Postgres'), README.indexOf('### Names'));
  const named = new Set([...section.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)/g)].map(([, property]) => property)));
  expect([...named].sort()).toEqual(propertiesOf('PostgresProps')!.map((property) => property.name).sort());
  const { cdk8s, constructs, 'cdk8s-plus-27': plus } = PACKAGE.peerDependencies;
  expect(README).toContain(`| cdk8s, constructs, cdk8s-plus-27 | ${[cdk8s, constructs, plus].map((range) => range!.replace('^', '')).join(', ')} |`);
  expect(README).toContain(`| Node.js | ${PACKAGE.engines.node.replace('>=', '')} |`);
  expect(README).toContain(`| cert-manager | ${CertManagerVersion.V1_18.toString()} |`);
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
