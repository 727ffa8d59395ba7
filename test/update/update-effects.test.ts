import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { differences, effectsTable, updateEffects, withEffects } from '../../tools/update-effects';
import { REPOSITORY } from '../support/repository';

test('CHANGELOG.md lists what an update from the last release changes, and whether pods restart (npm run effects)', () => {
  const changelog = readFileSync(join(REPOSITORY, 'CHANGELOG.md'), 'utf8');
  expect(withEffects(changelog)).toBe(changelog);
});

test('a changelog without the place for it is refused', () => {
  expect(() => withEffects('# Changelog\n')).toThrow('CHANGELOG.md has no place for the effects of an update');
});

const object = (kind: string, name: string, fields: object, apiVersion = 'v1') => ({ apiVersion, kind, metadata: { name, namespace: 'demo' }, ...fields });
const configMap = (data: object) => object('ConfigMap', 'db-config', { data });
const certificate = (spec: object, labels: object = {}) => ({
  ...object('Certificate', 'db', { spec: { secretName: 'db', issuerRef: { name: 'ca' }, dnsNames: ['db.demo.svc'], ...spec } }, 'cert-manager.io/v1'), metadata: { name: 'db', namespace: 'demo', labels },
});
const statefulSet = (image = 'postgres:18.4', spec: object = {}, annotations: object = {}) => object('StatefulSet', 'db', {
  spec: {
    serviceName: 'db', selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' }, annotations }, spec: { containers: [{ name: 'postgres', image }, { name: 'exporter', image: 'exporter:1.0.0' }] } }, ...spec,
  },
}, 'apps/v1');

const effects = (before: object[], after: object[]) => {
  const filesOf = (objects: object[]): Record<string, string> => (objects.length === 0 ? {} : { 'app.yaml': objects.map((one) => stringify(one)).join('---\n') });
  return updateEffects(filesOf(before), filesOf(after)).map(({ object: { kind, name }, change, fields, effect }) => [`${kind}/${name}`, change, ...fields, effect].join(' '));
};

test.each<[string, object[], object[], string[]]>([
  ['nothing', [statefulSet(), configMap({ a: '1' })], [statefulSet(), configMap({ a: '1' })], []],
  ['another order of objects and keys', [configMap({ a: '1', b: '2' }), statefulSet()], [statefulSet(), configMap({ b: '2', a: '1' })], []],
  ['a key of a ConfigMap', [configMap({ 'pg_hba.conf': 'a' })], [configMap({ 'pg_hba.conf': 'b', 'more': 'c' })], ["ConfigMap/db-config changed data.more data['pg_hba.conf'] no pod is replaced"]],
  ['an image', [statefulSet()], [statefulSet('postgres:18.5')], ['StatefulSet/db changed spec.template.spec.containers[postgres].image **pods are replaced**']],
  ['an annotation of the pod', [statefulSet()], [statefulSet(undefined, {}, { checksum: 'a' })], ['StatefulSet/db changed spec.template.metadata.annotations.checksum **pods are replaced**']],
  ['a mutable field of the StatefulSet', [statefulSet()], [statefulSet(undefined, { minReadySeconds: 5 })], ['StatefulSet/db changed spec.minReadySeconds no pod is replaced']],
  ['an immutable field', [statefulSet()], [statefulSet(undefined, { podManagementPolicy: 'Parallel' })], ['StatefulSet/db changed spec.podManagementPolicy **refused by Kubernetes** (PGTLS-S02)']],
  ['a name of a certificate', [certificate({})], [certificate({ dnsNames: ['db.demo.svc', 'db'] })], ['Certificate/db changed spec.dnsNames cert-manager may issue it again; no pod is replaced']],
  ['a label of a certificate', [certificate({})], [certificate({}, { team: 'a' })], ['Certificate/db changed metadata.labels.team no pod is replaced']],
  ['an immutable ConfigMap', [{ ...configMap({ a: '1' }), immutable: true }], [{ ...configMap({ a: '2' }), immutable: true }], ['ConfigMap/db-config changed data.a **refused by Kubernetes** (PGTLS-S24)']],
  ['an added and a removed object', [configMap({ a: '1' })], [statefulSet()], ['StatefulSet/db added new object', 'ConfigMap/db-config removed pruned, if the tool prunes']],
  ['everything is new', [], [configMap({ a: '1' })], ['ConfigMap/db-config added new object']],
])('%s', (_, before, after, expected) => {
  expect(effects(before, after)).toEqual(expected);
});

test('a container that is added or removed, and lists without names', () => {
  expect(differences({ list: [{ name: 'a' }, { name: 'b', x: 1 }] }, { list: [{ name: 'b', x: 2 }, { name: 'c' }] })).toEqual(['list[a]', 'list[b].x', 'list[c]']);
  expect(differences({ list: [1, 2] }, { list: [1] })).toEqual(['list']);
});

test('the same change of several objects is one row', () => {
  const [one, other] = ['a', 'b'].map((name) => (data: string) => stringify(object('ConfigMap', name, { data: { file: data } })));
  const filesOf = (data: string) => ({ 'a.yaml': one!(data), 'b.yaml': other!(data) });
  expect(effectsTable(updateEffects(filesOf('1'), filesOf('2')))).toBe('| object | change | effect |\n|---|---|---|\n| ConfigMap `a`, `b` | changed: `data.file` | no pod is replaced |\n');
  expect(effectsTable([])).toBe('No manifest of the examples changes.\n');
});
