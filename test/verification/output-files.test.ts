import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Issuer, IssuerSource, Postgres, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { parseManifests } from '../local';

let outdir: string;
beforeEach(() => { outdir = mkdtempSync(join(tmpdir(), 'output-files-')); });
afterEach(() => rmSync(outdir, { recursive: true }));

/** What a synthesis to files writes: `refused`, or how many of the app's objects are in the files. */
function written(yamlOutputType: YamlOutputType, fill: (app: App) => void): string {
  const app = new App({ outdir, yamlOutputType });
  fill(app);
  const declared = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).length;
  try { app.synth(); } catch (error) {
    expect((error as Error).message).toContain('PGTLS-N03');
    expect(readdirSync(outdir)).toEqual([]);
    return 'refused';
  }
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return `${files.flatMap((file) => parseManifests(readFileSync(join(outdir, file), 'utf8'))).length} of ${declared}`;
}

const namespaces = (app: App) => {
  for (const namespace of ['blue', 'green']) { new Postgres(new Chart(app, namespace, { namespace }), 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral() }); }
};
const object = (scope: Construct, id: string, apiVersion: string, kind: string, metadata: object) => new ApiObject(scope, id, { apiVersion, kind, metadata });
const validatedChart = (app: App) => {
  const chart = new Chart(app, 'chart', { namespace: 'demo' });
  new Issuer(chart, 'issuer', { source: IssuerSource.selfSigned() });
  return chart;
};
const groups = (app: App) => {
  const chart = validatedChart(app);
  object(chart, 'one', 'v1', 'Service', { name: 'web' });
  object(chart, 'two', 'serving.knative.dev/v1', 'Service', { name: 'web' });
};
const sameLetters = (app: App) => {
  const chart = validatedChart(app);
  for (const name of ['team:admin', 'teamadmin']) { object(chart, name.replace(':', '-'), 'rbac.authorization.k8s.io/v1', 'ClusterRole', { name }); }
};
const { FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE: FOLDER_PER_CHART } = YamlOutputType;

test.each<[string, YamlOutputType, (app: App) => void, string]>([
  ['a database of one name in two namespaces, a file for each object', FILE_PER_RESOURCE, namespaces, 'refused'],
  ['the same, a folder for each chart', FOLDER_PER_CHART, namespaces, '14 of 14'],
  ['the same, a file for each chart', FILE_PER_CHART, namespaces, '14 of 14'],
  ['the same, one file', FILE_PER_APP, namespaces, '14 of 14'],
  ['kinds of one name in two API groups', FILE_PER_RESOURCE, groups, 'refused'],
  ['the same in a folder', FOLDER_PER_CHART, groups, 'refused'],
  ['the same in a file for each chart', FILE_PER_CHART, groups, '3 of 3'],
  ['names that differ in what file names leave out', FILE_PER_RESOURCE, sameLetters, 'refused'],
  ['different names', FILE_PER_RESOURCE, (app) => { object(validatedChart(app), 'web', 'v1', 'Service', { name: 'web' }); }, '2 of 2'],
  ['a chart in a chart', FOLDER_PER_CHART, (app) => { object(new Chart(validatedChart(app), 'chart'), 'web', 'v1', 'Service', { name: 'web' }); }, '2 of 2'],
])('no object is lost: %s', (_, type, fill, expected) => {
  expect(written(type, fill)).toBe(expected);
});

test('one finding names every file and every object', () => {
  const app = new App({ outdir, yamlOutputType: FILE_PER_RESOURCE });
  namespaces(app);
  const found = Validation.of(app).findings().filter(({ rule: { code } }) => code === 'PGTLS-N03');
  expect(found).toHaveLength(1);
  expect(found[0]!.message).toMatch(/^7 output files are written by several objects, of which only the last one remains: /);
  expect(found[0]!.message).toContain("Service.db.k8s.yaml ('blue/db/service', 'green/db/service')");
  expect(found[0]!.location.path).toMatch(/^green\/db\//);
});

test('two objects of one identity have one finding: a duplicate', () => {
  const app = new App({ outdir, yamlOutputType: FILE_PER_RESOURCE });
  const chart = validatedChart(app);
  for (const id of ['one', 'two']) { object(chart, id, 'v1', 'Service', { name: 'web' }); }
  expect(Validation.of(app).findings().map(({ rule: { code } }) => code)).toEqual(['PGTLS-N02']);
});
