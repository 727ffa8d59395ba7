import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { Certificate, CertManagerVersion, Finding, Issuer, Postgres, PostgresStorage, PostgresVersion, SslMode } from '../src';
import { propertiesOf } from '../src/checks';
import { filesOf, printed } from './support/document-program';
import { markedBlock, REPOSITORY } from './support/repository';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const README = read('README.md');
/** The documents whose programs, outputs and manifests are run, compared and applied. */
const DOCUMENTS = ['README.md', 'docs/postgres.md', 'docs/issuers.md', 'docs/validation.md', 'docs/versions.md', 'examples/README.md'];
const TEXT = DOCUMENTS.map(read).join('\n');
const PACKAGE = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  readonly name: string; readonly version: string; readonly engines: { readonly node: string }; readonly peerDependencies: Readonly<Record<string, string>>;
};
test('the quickstart program writes the documented file', () => {
  const name = 'quickstart.k8s.yaml';
  expect(filesOf(markedBlock(README, 'program: quickstart'))).toEqual({ [name]: readFileSync(join(REPOSITORY, 'dist', name), 'utf8') });
});

const outputs = [...TEXT.matchAll(/<!-- (output: (\S+) (\S+) (\S+)) -->/g)].map(([, marker, file, kind, name]) => ({ marker: marker!, file: file!, kind: kind!, name: name! }));

test('an output is compared', () => {
  expect(outputs).not.toEqual([]);
});

test.each(outputs)('shows the real $kind $name of dist/$file.k8s.yaml', ({ marker, file, kind, name }) => {
  const documents = parseAllDocuments(readFileSync(join(REPOSITORY, 'dist', `${file}.k8s.yaml`), 'utf8')).map((document) => document.toJS());
  expect(parse(markedBlock(TEXT, marker))).toEqual(documents.find((document) => document.kind === kind && document.metadata.name === name));
});

test.each(DOCUMENTS)('every program of %s is run, every output compared, every manifest applied by the cluster suite', (document) => {
  const fences = [...read(document).matchAll(/^```(\w+)$/gm)].map(([, language]) => language);
  const markers = [...read(document).matchAll(/^<!-- (\w+)/gm)].map(([, kind]) => kind);
  expect(fences.filter((language) => language === 'ts')).toHaveLength(markers.filter((kind) => kind === 'program').length);
  expect(fences.filter((language) => language === 'yaml')).toHaveLength(markers.filter((kind) => ['output', 'manifest'].includes(kind!)).length);
});

test('no two blocks have one name: only the first would be run', () => {
  const markers = [...TEXT.matchAll(/^<!-- (.*) -->$/gm)].map(([, marker]) => marker);
  expect(markers.filter((marker, index) => markers.indexOf(marker) !== index)).toEqual([]);
});

const programs = [...TEXT.matchAll(/<!-- (program: (?!quickstart)\S+) -->/g)].map(([, marker]) => marker!);

test('there are programs beside the quickstart', () => {
  expect(programs.length).toBeGreaterThan(8);
});

test.each(programs)('%s synthesizes', (marker) => {
  expect(Object.keys(filesOf(markedBlock(TEXT, marker)))).not.toEqual([]);
});

describe('the program of the validation', () => {
  const program = markedBlock(TEXT, 'program: validation');

  test('acknowledges a warning that occurs, and no other is there', () => {
    const findings = JSON.parse(printed(`${program}\nconsole.log(JSON.stringify(Validation.of(app).findings()));`)) as Finding[];
    expect(findings).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-E14' }), location: expect.objectContaining({ path: 'orders/orders-db' }), acknowledged: 'a policy of approver-policy guards this issuer' })]);
  });

  test('is refused without the acknowledgement', () => {
    const without = program.replace(/^Validation\.of\(.*\)\.acknowledge\(.*\n/m, '');
    expect(without).not.toBe(program);
    expect(() => printed(without)).toThrow('[orders/orders-db] PGTLS-E14 (warning)');
  });
});

test('the derived names are as documented, and stay within 52 characters', () => {
  const documents = parseAllDocuments(filesOf(markedBlock(TEXT, 'program: names'))['shop.k8s.yaml']!).map((document) => document.toJS());
  const names = (kind: string) => documents.filter((document) => document.kind === kind).map((document) => document.metadata.name as string);
  expect(names('StatefulSet')).toEqual(['orders-db']);
  expect(names('Issuer')).toContainEqual(expect.stringMatching(/^shop-storefront-ca-[0-9a-f]{8}$/));
  expect(names('Certificate')).toContainEqual(expect.stringMatching(/^shop-storefront-webserver-[0-9a-f]{8}$/));
});

test('it documents how to install the tarball of this release and how to run a program', () => {
  const { name, version, peerDependencies } = PACKAGE;
  expect(markedBlock(README, 'pack')).toBe(`npm ci && npm pack   # writes ${name}-${version}.tgz\n`);
  expect(markedBlock(README, 'install')).toBe(`npm init --yes\nnpm install ../${name}/${name}-${version}.tgz ${Object.keys(peerDependencies).sort().join(' ')} tsx\n`);
  expect(markedBlock(README, 'run')).toBe('npx tsx main.ts\n');
});

test('the table of properties has every property of Postgres', () => {
  const text = read('docs/postgres.md');
  const section = text.slice(text.indexOf('## Properties'), text.indexOf('## Access'));
  const named = new Set([...section.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)/g)].map(([, property]) => property)));
  expect([...named].sort()).toEqual(propertiesOf('PostgresProps')!.map((property) => property.name).sort());
});

test('its table of versions has what package.json asks for', () => {
  const { cdk8s, constructs, 'cdk8s-plus-27': plus } = PACKAGE.peerDependencies;
  expect(README).toContain(`| cdk8s, constructs, cdk8s-plus-27 | ${[cdk8s, constructs, plus].map((range) => range!.replace('^', '')).join(', ')} |`);
  expect(README).toContain(`| Node.js | ${PACKAGE.engines.node.replace('>=', '')} |`);
  expect(README).toContain(`| cert-manager | ${CertManagerVersion.V1_18.toString()} |`);
  const majors = Object.keys(PostgresVersion).flatMap((name) => /^V(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  expect(README).toContain(`| PostgreSQL | ${Math.min(...majors)} to ${Math.max(...majors)} |`);
});

test('the application of the README mounts the files that it names, and connects to a name on the certificate of the server', () => {
  const documents = parseAllDocuments(filesOf(markedBlock(README, 'program: application'))['shop.k8s.yaml']!).map((document) => document.toJS());
  const one = (kind: string, name: string) => documents.find((document) => document.kind === kind && document.metadata.name === name);
  const { containers: [container], volumes } = one('Deployment', 'shop').spec.template.spec;
  const { PGHOST, PGUSER, PGSSLCERT, PGSSLKEY, PGSSLROOTCERT }: Record<string, string> = Object.fromEntries(
    container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  const files = container.volumeMounts.flatMap(({ name, mountPath }: { name: string; mountPath: string }) => {
    const { secret } = volumes.find((volume: { name: string }) => volume.name === name);
    return secret.items.map(({ key, path }: { key: string; path: string }) => [`${mountPath}/${path}`, `${secret.secretName} ${key}`]);
  });
  expect(Object.fromEntries(files)).toEqual({
    [PGSSLCERT!]: 'shop-db-client-shop-cert tls.crt', [PGSSLKEY!]: 'shop-db-client-shop-cert tls.key', [PGSSLROOTCERT!]: 'shop-db-server-cert ca.crt',
  });
  expect(one('Certificate', 'shop-db-server-cert').spec.dnsNames).toContain(PGHOST);
  expect(one('Certificate', 'shop-db-client-shop-cert').spec).toMatchObject({ commonName: PGUSER, issuerRef: { name: 'shop-db-client-ca' } });
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

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');

describe('links', () => {
  const below = readdirSync(join(REPOSITORY, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => join('docs', file));
  const documents = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/README.md', ...below];

  test.each(documents)('of %s lead to a file, and to a heading of it', (document) => {
    const targets = [...read(document).replace(/^```[^]*?^```/gm, '').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const dead = targets.filter(([, path, anchor]) => {
      const file = path === '' ? document! : join(dirname(document!), path!);
      if (!existsSync(join(REPOSITORY, file))) { return true; }
      return anchor !== undefined && ![...read(file).matchAll(/^#+ (.*)$/gm)].some(([, heading]) => anchorOf(heading!) === anchor);
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});
