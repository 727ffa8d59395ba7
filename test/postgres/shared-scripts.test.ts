import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { CommittedManifests, Issuer, Manifests, Postgres, PostgresProps, PostgresScripts, PostgresScriptsProps, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { chartIn, type Manifest, refusal, written } from '../support/tree';

const BASE = { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) };

/** The ConfigMap and the databases in charts of their own, as a fleet in one namespace has them. */
function fleet(names: string[], given: PostgresScriptsProps = {}, props: Partial<PostgresProps> = {}) {
  const app = new App();
  const shared = chartIn('demo', 'shared', app);
  const scripts = new PostgresScripts(shared, 'scripts', given);
  const databases = names.map((name) => {
    const chart = chartIn('demo', name, app);
    return new Postgres(chart, name, { ...BASE, tls: { issuer: Issuer.fromIssuerName(chart, 'ca', 'ca') }, scripts, ...props });
  });
  return { app, shared, scripts, databases, charts: databases.map((db) => Chart.of(db)) };
}

const alone = (props: Partial<PostgresProps> = {}): Chart => {
  const chart = chartIn();
  new Postgres(chart, 'a', { ...BASE, tls: { issuer: Issuer.fromIssuerName(chart, 'ca', 'ca') }, ...props });
  return chart;
};
const keysOf = (configMap: Manifest): string[] => Object.keys(configMap.data).sort();
const yamlOf = (...charts: Chart[]): string => charts.flatMap((chart) => Testing.synth(chart)).map((document) => stringify(document, { version: '1.1' })).join('---\n');
const codesIn = (findings: Array<{ rule: { code: string } }>): string[] => findings.map(({ rule: { code } }) => code);

describe('one ConfigMap for the databases of a namespace', () => {
  const { shared, scripts, charts } = fleet(['a', 'b']);
  const configMap = written(shared, 'ConfigMap');

  test('is immutable, and named after the construct and its content', () => {
    expect(configMap).toMatchObject({ immutable: true, metadata: { name: scripts.configMapName, namespace: 'demo' } });
    expect(scripts.configMapName).toMatch(/^scripts-[0-9a-f]{12}$/);
    expect(configMap.metadata.labels['cdk8s-postgres-tls/scripts']).toBe(scripts.configMapName.slice('scripts-'.length));
    expect(scripts.namespace).toBe('demo');
  });

  test('with that of the database, it has the files of a database that shares nothing', () => {
    const unshared = written(alone(), 'ConfigMap');
    const own = written(charts[0]!, 'ConfigMap', 'a-config');
    expect(keysOf(own)).toEqual(['pg_hba.conf', 'pg_ident.conf', 'postgresql.conf', 'roles.sql']);
    expect(keysOf(own).filter((key) => keysOf(configMap).includes(key))).toEqual([]);
    expect([...keysOf(own), ...keysOf(configMap)]).toEqual(expect.arrayContaining(keysOf(unshared)));
    for (const key of keysOf(own)) { expect(own.data[key]).toBe(unshared.data[key]); }
    expect(configMap.data['init.sh']).toBe(unshared.data['init.sh']);
  });

  test('the pod differs in the volume alone: paths and modes are the same', () => {
    const [one, other] = [written(alone(), 'StatefulSet'), written(charts[0]!, 'StatefulSet')];
    const volumeOf = ({ spec }: Manifest) => spec.template.spec.volumes.find(({ name }: Manifest) => name === 'config');
    expect(volumeOf(other)).toEqual({
      name: 'config', projected: { defaultMode: volumeOf(one).configMap.defaultMode, sources: [{ configMap: { name: 'a-config' } }, { configMap: { name: scripts.configMapName } }] },
    });
    const rest = ({ spec: { template, ...spec }, ...object }: Manifest) =>
      ({ ...object, spec: { ...spec, template: { ...template, spec: { ...template.spec, volumes: template.spec.volumes.filter(({ name }: Manifest) => name !== 'config') } } } });
    expect(rest(other)).toEqual(rest(one));
  });

  test('every database has the same', () => {
    expect(charts.map((chart) => written(chart, 'StatefulSet').spec.template.spec.volumes.find(({ name }: Manifest) => name === 'config').projected.sources[1]))
      .toEqual([{ configMap: { name: scripts.configMapName } }, { configMap: { name: scripts.configMapName } }]);
  });

  test('nothing is found', () => {
    expect(Validation.of(shared.node.root).findings()).toEqual([]);
    expect(Manifests.fromYaml({ 'shared.yaml': yamlOf(shared), 'a.yaml': yamlOf(charts[0]!) }).validate()).toEqual([]);
  });
});

test('the first declaration changes the ConfigMap of the database, not the pod', () => {
  const before = fleet(['a']);
  const after = fleet(['a']);
  after.databases[0]!.addClient('orders');
  expect(written(after.charts[0]!, 'StatefulSet')).toEqual(written(before.charts[0]!, 'StatefulSet'));
  expect(keysOf(written(after.charts[0]!, 'ConfigMap', 'a-config'))).toContain('declarations.json');
  expect(after.scripts.configMapName).toBe(before.scripts.configMapName);
});

describe('metadata', () => {
  const annotationsOf = (props: PostgresScriptsProps): Manifest => written(fleet([], props).shared, 'ConfigMap').metadata.annotations;
  const KEPT = {
    'argocd.argoproj.io/sync-options': 'Prune=false', 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous', 'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  };

  test('Argo CD and Flux keep it, unless prune is set', () => {
    expect(annotationsOf({})).toEqual(KEPT);
    expect(annotationsOf({ metadata: { annotations: { owner: 'platform' } } })).toEqual({ ...KEPT, owner: 'platform' });
    expect(annotationsOf({ prune: true })).toBeUndefined();
    expect(annotationsOf({ prune: true, metadata: { annotations: { owner: 'platform' } } })).toEqual({ owner: 'platform' });
  });

  test('name and labels', () => {
    const { scripts, shared } = fleet([], { metadata: { name: 'team-a', labels: { team: 'a' } } });
    expect(scripts.configMapName).toMatch(/^team-a-[0-9a-f]{12}$/);
    expect(written(shared, 'ConfigMap').metadata.labels).toMatchObject({ 'team': 'a', 'app.kubernetes.io/component': 'scripts' });
  });

  test('neither labels nor annotations change the name', () => {
    expect(fleet([], { prune: true, metadata: { labels: { team: 'a' } } }).scripts.configMapName).toBe(fleet([]).scripts.configMapName);
  });
});

describe('what is found', () => {
  test('the file with the ConfigMap is missing: a warning', () => {
    const { charts: [chart], scripts } = fleet(['a']);
    const findings = Manifests.fromYaml({ 'a.yaml': yamlOf(chart!) }).validate();
    expect(codesIn(findings)).toEqual(['PGTLS-P145']);
    expect(findings[0]).toMatchObject({ severity: 'warning', message: expect.stringContaining(`ConfigMap '${scripts.configMapName}' with the scripts of the pod, which is not among the manifests`) });
  });

  test('the ConfigMap of another version is another one', () => {
    const { charts: [chart], shared, scripts } = fleet(['a']);
    const text = yamlOf(shared).replaceAll(scripts.configMapName, 'scripts-0123456789ab').replaceAll(/cdk8s-postgres-tls\/scripts: .*/g, '');
    expect(codesIn(Manifests.fromYaml({ 'a.yaml': yamlOf(chart!), 'shared.yaml': text }).validate())).toEqual(['PGTLS-P145']);
  });

  test('a namespace of another chart: one error, at the property', () => {
    const { scripts, app } = fleet([]);
    const other = chartIn('other', 'other', app);
    new Postgres(other, 'db', { ...BASE, scripts });
    expect(Validation.of(app).findings().map(({ rule: { code }, message }) => `${code}: ${message}`)).toEqual([
      expect.stringContaining(`PGTLS-P146: scripts is ConfigMap '${scripts.configMapName}' in namespace 'demo', but the database is in 'other'`),
    ]);
    expect(refusal(other)).toContain('PGTLS-P146');
  });

  test('scripts of another app, in another namespace', () => {
    const other = chartIn('other');
    new Postgres(other, 'db', { ...BASE, scripts: fleet([]).scripts });
    expect(codesIn(Validation.of(other).findings())).toEqual(['PGTLS-P146']);
  });

  test('scripts of another app, in the same namespace, which this one does not write', () => {
    const chart = chartIn();
    new Postgres(chart, 'db', { ...BASE, scripts: fleet([]).scripts });
    expect(codesIn(Validation.of(chart).findings())).toEqual(['PGTLS-P145']);
  });

  test.each<[string, JsonPatch, string]>([
    ['data', JsonPatch.replace('/data/init.sh', 'exit 1'), 'has other data than the digest'],
    ['a further file', JsonPatch.add('/data/more.sh', 'exit 1'), 'has other data than the digest'],
    ['immutable', JsonPatch.remove('/immutable'), 'is not immutable'],
  ])('patched %s', (_, patch, message) => {
    const { scripts, app } = fleet(['a']);
    ApiObject.of(scripts).addJsonPatch(patch);
    expect(Validation.of(app).findings().map(({ rule: { code }, message: text }) => `${code}: ${text}`)).toEqual([expect.stringMatching(new RegExp(`^PGTLS-P147: .*${message}`))]);
  });

  test('patched name: the pod does not find it', () => {
    const { scripts, app } = fleet(['a']);
    ApiObject.of(scripts).addJsonPatch(JsonPatch.replace('/metadata/name', 'scripts'));
    expect(codesIn(Validation.of(app).findings()).sort()).toEqual(['PGTLS-P145', 'PGTLS-P147']);
  });

  test('a patch of the ConfigMap of the database', () => {
    const { databases: [db], app } = fleet(['a']);
    (db!.node.findChild('config') as ApiObject).addJsonPatch(JsonPatch.remove('/data/pg_hba.conf'));
    expect(Validation.of(app).findings().map(({ message }) => message)).toContainEqual(expect.stringContaining("ConfigMap 'a-config' has no pg_hba.conf"));
  });
});

describe('against what is committed', () => {
  const changes = (before: string, after: string): string[] =>
    Manifests.fromYaml({ 'now.yaml': after }).validate({ committed: CommittedManifests.fromTexts({ 'before.yaml': before }) }).map(({ rule: { code }, message }) => `${code}: ${message}`);
  const { shared, charts, scripts } = fleet(['a']);
  const together = yamlOf(shared, charts[0]!);

  test('a database may begin to share its scripts, and stop', () => {
    expect(changes(yamlOf(alone()), together)).toEqual([]);
    expect(changes(together, yamlOf(alone()))).toEqual([]);
  });

  test('other scripts under another name are no finding', () => {
    const earlier = together.replaceAll(scripts.configMapName.slice(-12), '0123456789ab');
    expect(changes(earlier, together)).toEqual([]);
  });

  test('other scripts under the same name are refused by Kubernetes', () => {
    expect(changes(together.replace('#!/bin/sh', '#!/bin/bash'), together)).toEqual([expect.stringContaining(`ConfigMap '${scripts.configMapName}' changes data, which the API server rejects as immutable`)]);
  });
});

describe('Postgres.fromPostgresManifests', () => {
  const declared = () => {
    const made = fleet(['a']);
    made.databases[0]!.addClient('orders');
    return made;
  };

  test.each([['with the file of the scripts', true], ['without it', false]])('%s', (_, isGiven) => {
    const { shared, charts } = declared();
    const chart = chartIn('elsewhere');
    const db = Postgres.fromPostgresManifests(chart, 'a', { yaml: isGiven ? yamlOf(shared, charts[0]!) : yamlOf(charts[0]!) });
    expect(db).toMatchObject({ name: 'a', namespace: 'demo', endpoint: { host: 'a.demo.svc.cluster.local' } });
    expect(() => db.client('unknown')).toThrow(/orders/);
    expect(Validation.of(chart).findings()).toEqual([]);
  });
});

test('most of the text of a database is scripts', () => {
  const textOf = (scripts: boolean): number => {
    const chart = chartIn();
    const db = new Postgres(chart, 'a', { ...BASE, tls: { issuer: Issuer.fromIssuerName(chart, 'ca', 'ca') }, ...(scripts ? { scripts: fleet([]).scripts } : {}) });
    db.addClient('orders');
    return yamlOf(chart).length;
  };
  // docs/operations.md has the figures.
  expect(textOf(true)).toBeLessThan(textOf(false) / 3);
});
