import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { finding, MIXED, report, TOOL } from './reports';
import { sarifReport } from '../../src/report';
import { SCHEMAS } from '../support/schemas';

interface Sarif {
  readonly version: string;
  readonly runs: ReadonlyArray<{
    readonly tool: { readonly driver: { readonly rules: ReadonlyArray<Record<string, unknown> & { readonly id: string }> } };
    readonly results: ReadonlyArray<Record<string, unknown> & { readonly ruleId: string; readonly ruleIndex?: number; readonly suppressions?: object[] }>;
    readonly invocations: ReadonlyArray<Record<string, unknown>>;
  }>;
}

const sarifOf = (of: Parameters<typeof sarifReport>[0], tool = TOOL) => JSON.parse(sarifReport(of, tool)) as Sarif;

// The schema of OASIS is not part of this repository: sarif-2.1/schema/sarif-schema-2.1.0.json of oasis-tcs/sarif-spec.
const FILE = join(SCHEMAS, 'sarif-schema-2.1.0.json');
const testWithSarif = SCHEMAS !== '' && existsSync(FILE) ? test : test.skip;

testWithSarif.each([['a mixed report', MIXED], ['an empty one', report()]])('%s fits the schema of SARIF 2.1.0', (_, of) => {
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  expect(validate(sarifOf(of)) ? [] : validate.errors).toEqual([]);
});

test('every result refers to a rule, which has its page as help and an address', () => {
  const { runs: [run] } = sarifOf(MIXED);
  const { rules } = run!.tool.driver;
  expect(rules).toEqual([expect.objectContaining({
    id: 'duration-invalid',
    name: 'PGTLS-D01',
    shortDescription: { text: 'invalid duration' },
    helpUri: 'https://cert-manager.io/docs/usage/certificate/',
    help: { text: expect.stringContaining('Text with **markup**.'), markdown: expect.stringContaining('Text with **markup**.') },
  })]);
  for (const { ruleId, ruleIndex } of run!.results.filter((result) => result['baselineState'] !== 'absent')) { expect(rules[ruleIndex!]!.id).toBe(ruleId); }
});

test('with a home page, the page of the rule is below it', () => {
  expect(sarifOf(MIXED, { ...TOOL, homepage: 'https://example.com/p/' }).runs[0]!.tool.driver.rules[0]!['helpUri']).toBe('https://example.com/p/docs/rules/duration-invalid.md');
});

test('results have a place, the object, a fingerprint, and a suppression if they are acknowledged', () => {
  const [first, , acknowledged, general] = sarifOf(MIXED).runs[0]!.results;
  expect(first).toMatchObject({
    level: 'error',
    message: { text: "duration '90d' is not a Go duration; use hours, minutes and seconds" },
    locations: [{
      physicalLocation: { artifactLocation: { uri: 'apps/db.yaml' }, region: { startLine: 12, startColumn: 3 } },
      logicalLocations: [{ fullyQualifiedName: "Certificate 'db' in namespace 'shop'" }],
    }],
    partialFingerprints: { 'cdk8sPostgresTls/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
    baselineState: 'new',
    suppressions: [],
  });
  expect(acknowledged).toMatchObject({ suppressions: [{ kind: 'external', justification: 'only in tests' }] });
  expect(general).toMatchObject({ locations: [{ logicalLocations: [{ fullyQualifiedName: 'acknowledgements' }] }] });
});

test('findings of the baseline are unchanged, those that are gone absent', () => {
  expect(sarifOf(MIXED).runs[0]!.results.map(({ baselineState }) => baselineState)).toEqual(['new', 'new', 'new', 'new', 'unchanged', 'absent']);
  expect(sarifOf(report({ findings: [finding()] })).runs[0]!.results[0]).not.toHaveProperty('baselineState');
});

test('what was not checked is a notification', () => {
  expect(sarifOf(MIXED).runs[0]!.invocations[0]).toMatchObject({
    exitCode: 1,
    toolExecutionNotifications: [
      { message: { text: 'checked 12 manifests in 5 files; not checked: 2 template, 1 kustomization' } },
      { message: { text: 'not checked (template): Helm template: {{ .Values.name }}' }, locations: [{ physicalLocation: { region: { startLine: 2 } } }] },
      {},
    ],
  });
});

test.each([
  ['./apps/a b#1.yaml', 'apps/a%20b%231.yaml'],
  ['apps\\db.yaml', 'apps/db.yaml'],
  ['/srv/a b.yaml', 'file:///srv/a%20b.yaml'],
  ['<stdin>', '%3Cstdin%3E'],
  ['über.yaml', '%C3%BCber.yaml'],
])('file %s has the URI %s', (file, uri) => {
  const [result] = sarifOf(report({ findings: [finding({ location: { path: 'x', file } })] })).runs[0]!.results;
  expect(result).toMatchObject({ locations: [{ physicalLocation: { artifactLocation: { uri } } }] });
});
