import { changedManifests } from '../../support/changes';

const object = (apiVersion: string, kind: string, fields: object) => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'demo' }, ...fields });
const deployment = (labels: object) => object('apps/v1', 'Deployment', { spec: { selector: { matchLabels: labels }, template: { metadata: { labels: { a: 'b', c: 'd' } }, spec: { containers: [] } } } });
const service = (spec: object) => object('v1', 'Service', { spec: { ports: [{ port: 1 }], ...spec } });
const binding = (name: string) => object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name } });
const configMap = (data: object, immutable?: boolean) => object('v1', 'ConfigMap', { data, immutable });
const claim = (spec: object, storage = '1Gi') => object('v1', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec } });

test.each<[string, object, object, string[]]>([
  ['the selector of a Deployment', deployment({ a: 'b' }), deployment({ a: 'b', c: 'd' }), ['PGTLS-S24']],
  ['the same selector', deployment({ a: 'b', c: 'd' }), deployment({ c: 'd', a: 'b' }), []],
  ['a headless Service gets an address', service({ clusterIP: 'None' }), service({}), ['PGTLS-S24']],
  ['a Service becomes headless', service({}), service({ clusterIP: 'None' }), ['PGTLS-S24']],
  ['a Service becomes another name', service({}), service({ type: 'ExternalName', externalName: 'db.example.com' }), []],
  ['another type of Service', service({}), service({ type: 'LoadBalancer' }), []],
  ['an address that the cluster gave', service({ clusterIP: '10.0.0.7' }), service({}), []],
  ['another role', binding('reader'), binding('writer'), ['PGTLS-S24']],
  ['another type of Secret', object('v1', 'Secret', { type: 'Opaque' }), object('v1', 'Secret', { type: 'kubernetes.io/basic-auth' }), ['PGTLS-S24']],
  ['content', configMap({ a: '1' }), configMap({ a: '2' }), []],
  ['immutable content', configMap({ a: '1' }, true), configMap({ a: '2' }, true), ['PGTLS-S24']],
  ['content that becomes immutable', configMap({ a: '1' }), configMap({ a: '1' }, true), []],
  ['content that was immutable', configMap({ a: '1' }, true), configMap({ a: '1' }), ['PGTLS-S24']],
  ['a claim grows', claim({}), claim({}, '2Gi'), []],
  ['a claim shrinks', claim({}), claim({}, '512Mi'), ['PGTLS-S25']],
  ['a claim of another class', claim({ storageClassName: 'a' }), claim({ storageClassName: 'b' }), ['PGTLS-S25']],
  ['a claim of another access mode', claim({}), claim({ accessModes: ['ReadWriteMany'] }), ['PGTLS-S25']],
  ['a claim whose class the cluster chose', claim({}), claim({ storageClassName: 'b' }), []],
])('%s', (_, before, after, expected) => {
  expect(changedManifests([before], [after]).map(({ rule: { code } }) => code)).toEqual(expected);
});
