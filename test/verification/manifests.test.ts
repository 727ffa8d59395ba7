import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { k8s, Secret } from 'cdk8s-plus-27';
import * as l1 from '../../imports/cert-manager.io';
import { Certificate, CertManagerVersion, Consequence, Issuer, IssuerSource, Manifests, Severity, Validation } from '../../src';
import type { RuleFacts } from '../../src/rules';
import { TreeValidation } from '../../src/verification';
import { chartIn, refusal } from '../support/tree';

let scratch: string;
beforeEach(() => { scratch = mkdtempSync(join(tmpdir(), 'findings-')); });
afterEach(() => rmSync(scratch, { recursive: true }));

const WRONG = {
  apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'wrong' },
  spec: { secretName: 'wrong', issuerRef: { name: 'ca' }, commonName: 'wrong', dnsNames: ['wrong'], duration: '90d' },
};
const yamlOf = (manifest: object) => JSON.stringify(manifest);

describe('the validation covers every object of the app, from every package', () => {
  /** A chart with one construct of this package, which adds the validation. */
  const validatedChart = () => {
    const chart = chartIn();
    Issuer.fromIssuerName(chart, 'ca', 'ca');
    new Issuer(chart, 'ours', { source: IssuerSource.selfSigned() });
    return chart;
  };
  const D01 = "PGTLS-D01: duration '90d' is not a Go duration";

  test('a generated class', () => {
    const chart = validatedChart();
    new l1.Certificate(chart, 'l1', { spec: WRONG.spec });
    expect(refusal(chart)).toContain(`[chart/l1] ${D01}`);
  });

  test('a plain ApiObject', () => {
    const chart = validatedChart();
    new ApiObject(chart, 'plain', WRONG);
    expect(refusal(chart)).toContain(`[chart/plain] ${D01}`);
  });

  test('included YAML', () => {
    const chart = validatedChart();
    writeFileSync(join(scratch, 'theirs.yaml'), yamlOf(WRONG));
    new Include(chart, 'theirs', { url: join(scratch, 'theirs.yaml') });
    expect(refusal(chart)).toContain(`[chart/theirs/wrong-certificate] ${D01}`);
  });

  test('a patch, which can break a valid field and repair an invalid one', () => {
    const chart = validatedChart();
    const patched = new l1.Certificate(chart, 'patched', { spec: { ...WRONG.spec, duration: '2160h0m0s' } });
    expect(refusal(chart)).toBe('');
    patched.addJsonPatch(JsonPatch.replace('/spec/duration', '90d'));
    expect(refusal(chart)).toContain(`[chart/patched] ${D01}`);
    patched.addJsonPatch(JsonPatch.replace('/spec/duration', '720h0m0s'));
    expect(refusal(chart)).toBe('');
  });

  test('objects of cdk8s-plus', () => {
    const chart = validatedChart();
    new Secret(chart, 'secret', { metadata: { name: 'Not_A_Name' } });
    new k8s.KubeService(chart, 'service', { metadata: { name: '1db' } });
    expect(refusal(chart)).toContain("[chart/secret] PGTLS-N01: name 'Not_A_Name' of Secret");
    expect(refusal(chart)).toContain("[chart/service] PGTLS-N01: name '1db' of Service");
  });
});

describe('a synthesis validates once', () => {
  const app = () => {
    const tree = new App({ outdir: scratch, yamlOutputType: YamlOutputType.FILE_PER_CHART });
    for (const id of ['one', 'two', 'three']) { new Issuer(new Chart(tree, id, { namespace: id }), 'ca', { source: IssuerSource.selfSigned() }); }
    return tree;
  };

  test('for any number of charts', () => {
    const evaluation = jest.spyOn(TreeValidation.prototype, 'findings');
    app().synth();
    expect(evaluation).toHaveBeenCalledTimes(1);
    evaluation.mockRestore();
  });

  test('and again in the next synthesis', () => {
    const tree = app();
    tree.synth();
    new ApiObject(tree.charts[0]!, 'wrong', WRONG);
    expect(() => tree.synth()).toThrow('[one/wrong] PGTLS-D01');
  });
});

describe('in files', () => {
  test('are checked together, and findings have file and object', () => {
    writeFileSync(join(scratch, 'a.yaml'), `${yamlOf(WRONG)}\n---\n# nothing here\n`);
    writeFileSync(join(scratch, 'b.yaml'), yamlOf({ ...WRONG, metadata: { name: 'other' }, spec: { ...WRONG.spec, duration: '1h' } }));
    const [a, b] = ['a.yaml', 'b.yaml'].map((file) => join(scratch, file));
    expect(Manifests.fromFiles([a!, b!]).validate()).toEqual([
      expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-D01' }), severity: Severity.ERROR, location: expect.objectContaining({ path: `${a}: Certificate 'wrong'` }) }),
      expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-A02' }), location: expect.objectContaining({ path: `${b}: Certificate 'other'` }), message: expect.stringContaining(`already written by Certificate 'wrong' at '${a}: `) }),
    ]);
  });

  test('a List is its items', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [WRONG] };
    expect(Manifests.fromYaml({ list: yamlOf(list) }).validate()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-D01' }), location: expect.objectContaining({ path: "list: Certificate 'wrong'" }) })]);
  });

  test('the committed examples have acknowledged findings only', () => {
    const files = ['quickstart', 'kubedb-guide', 'cluster-issuer', 'plain'].map((name) => join(__dirname, `../../dist/${name}.k8s.yaml`));
    expect(Manifests.fromFiles(files).validate()).toEqual([]);
  });

  test('broken YAML is an error that names the file', () => {
    expect(() => Manifests.fromYaml({ 'broken.yaml': 'a: [' }).validate()).toThrow('[broken.yaml] invalid YAML: ');
  });

  test.each([
    ['one that is not there', 'no.yaml', 'it does not exist'], ['a folder', '', 'it is a folder'], ['a path that no file can have', 'a\0b.yaml', 'null bytes'],
  ])('%s is an error that names it', (_, file, reason) => {
    expect(() => Manifests.fromFiles([join(scratch, file)]).validate()).toThrow(`[${join(scratch, file).replace('\0', '\\0')}] the file cannot be read (`);
    expect(() => Manifests.fromFiles([join(scratch, file)]).validate()).toThrow(reason);
  });

  test.each([
    ['an alias of nothing', 'a: *b'], ['a merge of a number', 'a:\n  <<: 5'],
    ['aliases without end', `a: &a [${'x,'.repeat(9)}]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`).join('\n')}`],
  ])('%s is no YAML', (_, yaml) => {
    expect(() => Manifests.fromYaml({ 'a.yaml': yaml }).validate()).toThrow('[a.yaml] invalid YAML: ');
  });

  test.each([
    ['values of a chart', 'postgresql: { tls: {} }\nreplicas: 1', 'the document has no kind, only postgresql, replicas'], ['a text', 'hello', 'no fields at all'], ['a list', '- a', 'no fields at all'],
    ['bytes', '\u0001\u0002', 'no fields at all'],
  ])('%s has one finding: it is not a manifest', (_, yaml, contents) => {
    const found = Manifests.fromYaml({ 'a.yaml': `${yamlOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })}\n---\n${yaml}` }).validate();
    expect(found).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-A18' }), severity: Severity.WARNING, location: expect.objectContaining({ path: 'a.yaml: document 2' }), message: expect.stringContaining(contents) })]);
  });

  test('a placeholder of Helm is read without a warning of the parser', () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
    expect(Manifests.fromYaml({ yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ name }} }' }).validate().map(({ rule: { code } }) => code)).not.toContain('PGTLS-A18');
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  test('every content of a file gives findings or none, and never an exception', () => {
    const strange = ['null', '[]', 'a', '1', '{}', 'kind: Certificate', '{apiVersion: cert-manager.io/v1, kind: Certificate, spec: [1]}',
      '{apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {name: [a]}, spec: {ca: 1, acme: {solvers: a}}}', '{apiVersion: v1, kind: Pod, spec: {volumes: 1, containers: [1]}}'];
    for (const yaml of strange) { expect(() => Manifests.fromYaml({ yaml }).validate()).not.toThrow(); }
  });
});

describe('assumptions of the validation', () => {
  test('is configured once for an app; a contradiction is an error', () => {
    const chart = chartIn();
    Validation.of(chart).configure({ certManagerVersion: CertManagerVersion.V1_20 });
    Validation.of(chart.node.root).configure({ certManagerVersion: CertManagerVersion.of('v1.20.2'), trustNamespace: 'trust' });
    expect(() => Validation.of(chart).configure({ certManagerVersion: CertManagerVersion.V1_21 }))
      .toThrow("[chart] certManagerVersion is configured twice: '1.20' and '1.21'; set it once per app");
  });

  test.each(['1', '2.1', 'latest', '1.x'])('%s is no version of cert-manager', (version) => {
    expect(() => CertManagerVersion.of(version)).toThrow(`cert-manager version '${version}' is not of the form 1.21`);
  });
});

describe('warnings as errors', () => {
  const DOUBTFUL: RuleFacts = { id: 'doubtful', code: 'PGTLS-P20', severity: Severity.WARNING, title: 'doubtful', consequence: Consequence.FAILS_AT_RUNTIME, sources: [], fix: 'think again' };
  const warned = () => {
    const chart = chartIn();
    const issuer = new Issuer(chart, 'ca', { source: IssuerSource.ca(Certificate.fromSecretName(chart, 'key-pair', 'key-pair')) });
    new Certificate(chart, 'db', { issuer, commonName: 'db', dnsNames: ['db'] });
    TreeValidation.of(chart).add(issuer, () => [{ rule: DOUBTFUL, severity: Severity.WARNING, field: '', problem: 'doubtful', fix: 'think again' }]);
    Validation.of(chart).configure({ warningsAsErrors: true });
    return chart;
  };

  test('stop the synthesis until they are acknowledged', () => {
    const chart = warned();
    expect(refusal(chart)).toContain('[chart/ca] PGTLS-P20 (warning): doubtful; think again');
    Validation.of(chart).acknowledge('PGTLS-P20', 'thought about');
    expect(Testing.synth(chart)).toHaveLength(2);
  });
});
