import { objectNameError, NameRule, nameRuleOf } from '../../src/kubernetes';
import { Manifests } from '../../src';
import { readTexts } from '../../src/reading';

const codesOf = (...objects: object[]) => Manifests.fromYaml({ 'a.yaml': objects.map((object) => JSON.stringify(object)).join('\n') }).validate().map(({ rule: { code } }) => code);

describe('names are checked by kind', () => {
  test.each<[string, string, NameRule]>([
    ['', 'Secret', NameRule.DNS_SUBDOMAIN], ['', 'Service', NameRule.SERVICE_NAME], ['', 'Namespace', NameRule.DNS_LABEL], ['serving.knative.dev', 'Service', NameRule.DNS_SUBDOMAIN],
    ['rbac.authorization.k8s.io', 'ClusterRole', NameRule.PATH_SEGMENT], ['rbac.authorization.k8s.io', 'RoleBinding', NameRule.PATH_SEGMENT], ['example.com', 'ClusterRole', NameRule.DNS_SUBDOMAIN],
    ['certificates.k8s.io', 'CertificateSigningRequest', NameRule.PATH_SEGMENT], ['', 'constructor', NameRule.DNS_SUBDOMAIN],
  ])('%s %s', (group, kind, rule) => { expect(nameRuleOf(group, kind)).toBe(rule); });

  test.each<[string, string, string, boolean]>([
    ['rbac.authorization.k8s.io', 'Role', 'system:Auth_1', true], ['rbac.authorization.k8s.io', 'Role', 'a/b', false], ['rbac.authorization.k8s.io', 'Role', 'a%b', false], ['rbac.authorization.k8s.io', 'Role', '..', false],
    ['rbac.authorization.k8s.io', 'Role', '', false], ['', 'Secret', 'a.b', true], ['', 'Secret', 'a:b', false], ['', 'Namespace', 'a.b', false], ['', 'Service', '1a', false],
  ])('%s %s %s', (group, kind, name, isValid) => { expect(objectNameError(group, kind, name) === undefined).toBe(isValid); });

  test('by the rule', () => {
    const role = (name: string) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name } });
    expect(codesOf(role('policy:team'))).toEqual([]);
    expect(codesOf(role('a/b'))).toEqual(['PGTLS-N01']);
  });
});

test('a name that the API server completes is no fault, and no duplicate', () => {
  const job = (metadata: object) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'b' }] } } } });
  expect(codesOf(job({ generateName: 'a-' }), job({ generateName: 'b-' }))).toEqual([]);
  // Without a name, the duplicate follows from the missing name.
  expect(codesOf(job({}), job({}))).toEqual(['PGTLS-N01']);
  expect(codesOf(job({ name: 'a' }), job({ name: 'a' }))).toEqual(['PGTLS-N02']);
});

test('an object without metadata is a fault where Kubernetes or cert-manager serves its kind', () => {
  const without = (apiVersion: string, kind: string) => codesOf({ apiVersion, kind, spec: {} });
  expect(without('v1', 'Service')).toEqual(['PGTLS-N01']);
  expect(without('networking.k8s.io/v1', 'NetworkPolicy')).toContain('PGTLS-N01');
  expect(readTexts([['a.yaml', JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Gateway', spec: {} })]]).manifests).toEqual([]);
});
