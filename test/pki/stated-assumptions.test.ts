import { parseAllDocuments } from 'yaml';
import { toManifest } from '../../src/kubernetes';
import { clusterAssumptions, statedAssumptions } from '../../src/pki';

const read = (yaml: string) => parseAllDocuments(yaml).map((document, index) => toManifest(`${index}`, document.toJS() as object as Record<string, unknown>));
const statedIn = (yaml: string) => statedAssumptions(read(yaml));

/** `field: value` of every statement. */
function statements(yaml: string) {
  const { certManagerVersion, clusterResourceNamespace, trustNamespace } = statedIn(yaml);
  return Object.fromEntries(Object.entries({ version: certManagerVersion, resources: clusterResourceNamespace, trust: trustNamespace })
    .map(([name, found]) => [name, found.map(({ field, value }) => `${field}: ${String(value)}`)])
    .filter(([, found]) => found!.length > 0));
}

const release = (spec: string, chart = 'cert-manager', { version = 'v1.20.3', namespace = 'edge' } = {}) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${chart}, namespace: ${namespace} }
spec: { chart: { spec: { chart: ${chart}, version: "${version}", sourceRef: { kind: HelmRepository, name: jetstack } } }${spec} }
`;
const application = (source: string, namespace = 'edge') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: certs, namespace: argocd }
spec: { destination: { namespace: ${namespace} }, ${source} }
`;
const deployment = (image: string, args: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: it, namespace: edge }
spec: { template: { spec: { containers: [{ name: proxy, image: "envoy:1" }, { name: it, image: "${image}", args: [${args}]${more} }] } } }
`;
const POD_NAMESPACE = ', env: [{ name: POD_NAMESPACE, valueFrom: { fieldRef: { fieldPath: metadata.namespace } } }]';
const CONTAINER = 'spec.template.spec.containers[1]';

test('nothing is stated by other objects', () => {
  expect(statements(`${release('', 'nginx')}---\n${deployment('example.com/shop:v1.2.3', '"--cluster-resource-namespace=shop"')}---\n${application('source: { chart: redis, repoURL: https://example.com }')}`)).toEqual({});
});

test.each(['null', '[]', '7', 'text', '{ a: { b: [null, { c: 1 }] } }', '[null, [], {}, { name: 1, image: 2, helm: [], chart: { a: 1 } }]'])('nothing is stated by fields of a wrong type: %s', (value) => {
  const kinds = [['helm.toolkit.fluxcd.io/v2', 'HelmRelease'], ['argoproj.io/v1alpha1', 'Application'], ['argoproj.io/v1alpha1', 'ApplicationSet'], ['apps/v1', 'Deployment']];
  const fields = [
    '%', '{ chart: % }', '{ chart: { spec: % } }', '{ chartRef: % }', '{ source: % }', '{ sources: % }', '{ template: % }', '{ template: { spec: % } }', '{ template: { spec: { containers: % } } }',
    '{ chart: { spec: { chart: cert-manager, version: % } }, targetNamespace: % , values: % , valuesFrom: % }',
    '{ destination: % , source: { chart: cert-manager, targetRevision: % , helm: { values: % , parameters: % , valueFiles: % } } }',
    '{ template: { spec: { containers: [{ image: cert-manager-controller, args: % , env: % }] } } }',
  ];
  const found = kinds.flatMap(([apiVersion, kind]) => fields.map((field) => statements(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: it }\nspec: ${field.replaceAll('%', value)}\n`)));
  const isDefault = (one: object) => JSON.stringify(one) === '{"resources":["spec.template.spec.containers[0]: kube-system"]}';
  expect(found.filter((one) => Object.keys(one).length > 0 && !isDefault(one))).toEqual(value === 'text' ? [{ resources: ['spec.targetNamespace: text'] }] : value === '7' ? [{ resources: ['spec.targetNamespace: 7'] }] : []);
});

describe('HelmRelease of cert-manager', () => {
  test.each([
    ['its namespace', '', 'metadata.namespace: edge'],
    ['the target namespace', ', targetNamespace: certs', 'spec.targetNamespace: certs'],
    ['the value clusterResourceNamespace', ', targetNamespace: certs, values: { clusterResourceNamespace: keys }', 'spec.values.clusterResourceNamespace: keys'],
    ['the value namespace', ', values: { namespace: certs }', 'spec.values.namespace: certs'],
    ['an argument, before a value', ', values: { clusterResourceNamespace: keys, extraArgs: ["--v=2", "--cluster-resource-namespace=args"] }', 'spec.values.extraArgs: args'],
    ['a value, before values elsewhere', ', valuesFrom: [{ kind: ConfigMap, name: v }], values: { clusterResourceNamespace: keys }', 'spec.values.clusterResourceNamespace: keys'],
  ])('%s', (_, spec, resources) => {
    expect(statements(release(spec))).toEqual({ version: ['spec.chart.spec.version: 1.20'], resources: [resources] });
  });

  test.each([
    ['values elsewhere', ', valuesFrom: [{ kind: ConfigMap, name: v }]'],
    ['a placeholder', ', values: { clusterResourceNamespace: "${KEYS}" }'],
    ['a placeholder for the namespace', ', targetNamespace: "${NS}"'],
  ])('not stated: %s', (_, spec) => { expect(statements(release(spec))).toEqual({ version: ['spec.chart.spec.version: 1.20'] }); });

  test('not stated: files of values in the chart', () => {
    expect(statements(release('').replace('sourceRef', 'valuesFiles: [values-edge.yaml], sourceRef'))).toEqual({ version: ['spec.chart.spec.version: 1.20'] });
  });

  test('nothing is stated of another cluster, or by the chart of another vendor', () => {
    expect(statements(release(', kubeConfig: { secretRef: { name: other } }'))).toEqual({});
    expect(statements(release('').replace('name: jetstack', 'name: bitnami'))).toEqual({});
    expect(statements(`${release('')}---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: { name: jetstack, namespace: edge }\nspec: { url: "oci://registry-1.docker.io/bitnamicharts" }\n`)).toEqual({});
  });

  test.each([
    ['v1.19.2', '1.19'], ['1.19.2', '1.19'], ['1.19', '1.19'], ['v1.19.x', '1.19'], ['1.19.*', '1.19'], ['~1.19.1', '1.19'], ['=1.19.0', '1.19'], ['v1.19.0-beta.0', '1.19'],
    ['1.x', undefined], ['*', undefined], ['>=1.16.0', undefined], ['^1.19.0', undefined], ['>=1.19.0 <1.21.0', undefined], ['', undefined], ['${VERSION}', undefined],
  ])('version %s', (version, minor) => {
    expect(statements(release('', 'cert-manager', { version }))['version']).toEqual(minor === undefined ? undefined : [`spec.chart.spec.version: ${minor}`]);
  });

  test('the tag of the image comes before the version of the chart', () => {
    expect(statements(release(', values: { image: { tag: v1.17.4 } }'))['version']).toEqual(['spec.values.image.tag: 1.17']);
  });

  test('a chart by reference', () => {
    const reference = release('').replace(/chart: \{ spec.*\} \} \}/, 'chartRef: { kind: OCIRepository, name: cm, namespace: flux } }');
    const repository = 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: cm, namespace: flux }\nspec: { url: "oci://quay.io/jetstack/charts/cert-manager", ref: { tag: v1.19.2 } }\n';
    expect(statements(`${reference}---\n${repository}`)).toEqual({ version: ['spec.chartRef: 1.19'], resources: ['metadata.namespace: edge'] });
    expect(statements(reference)).toEqual({});
  });

  test('a patch of it states what it sets', () => {
    const patch = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: cert-manager }\nspec: { values: { clusterResourceNamespace: prod } }\n';
    expect(statements(`${release('')}---\n${patch}`)['resources']).toEqual(['metadata.namespace: edge', 'spec.values.clusterResourceNamespace: prod']);
    expect(statements(patch)).toEqual({});
  });
});

describe('Application of Argo CD', () => {
  const CHART = 'chart: cert-manager, repoURL: "https://charts.jetstack.io", targetRevision: v1.19.1';
  test.each([
    ['the namespace of the destination', `source: { ${CHART} }`, ['spec.destination.namespace: edge']],
    ['an object of values', `source: { ${CHART}, helm: { valuesObject: { clusterResourceNamespace: keys }, values: "clusterResourceNamespace: no" } }`, ['spec.source.helm.valuesObject.clusterResourceNamespace: keys']],
    ['a text of values', `source: { ${CHART}, helm: { values: "clusterResourceNamespace: keys" } }`, ['spec.source.helm.values: keys']],
    ['a parameter, before values', `source: { ${CHART}, helm: { parameters: [{ name: clusterResourceNamespace, value: keys }], values: "clusterResourceNamespace: no" } }`, ['spec.source.helm.parameters[0].value: keys']],
    ['files of values', `source: { ${CHART}, helm: { valueFiles: [$values/cm.yaml] } }`, undefined],
    ['a text that is a template', `source: { ${CHART}, helm: { values: "{{ .values }} a: b: c" } }`, undefined],
  ])('%s', (_, source, resources) => {
    expect(statements(application(source))['resources']).toEqual(resources);
    expect(statements(application(source))['version']).toEqual(['spec.source.targetRevision: 1.19']);
  });

  test('one of several sources, and a template of an ApplicationSet', () => {
    expect(statements(application(`sources: [{ repoURL: "https://git.example.com", ref: values }, { ${CHART} }]`))).toEqual({ version: ['spec.sources[1].targetRevision: 1.19'], resources: ['spec.destination.namespace: edge'] });
    const set = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: certs }\nspec: { template: { spec: { destination: { namespace: "{{ns}}" }, source: { ${CHART} } } } }\n`;
    expect(statements(set)).toEqual({ version: ['spec.template.spec.source.targetRevision: 1.19'] });
  });

  test('a folder of Git has a version of its own', () => {
    expect(statements(application('source: { path: charts/cert-manager, repoURL: "https://git.example.com", targetRevision: v1.2.3 }'))).toEqual({ resources: ['spec.destination.namespace: edge'] });
  });
});

describe('Deployment', () => {
  const IMAGE = 'quay.io/jetstack/cert-manager-controller:v1.18.2';
  test.each([
    ['the namespace of the pod', '"--cluster-resource-namespace=$(POD_NAMESPACE)"', POD_NAMESPACE, [`${CONTAINER}.args: edge`]],
    ['a namespace', '--cluster-resource-namespace, keys', '', [`${CONTAINER}.args: keys`]],
    ['the last one of two', '"--cluster-resource-namespace=one", "--cluster-resource-namespace=two"', '', [`${CONTAINER}.args: two`]],
    ['the default of the program', '"--v=2"', '', [`${CONTAINER}: kube-system`]],
    ['a file of options', '"--config=/etc/config.yaml"', '', undefined],
    ['an unknown variable', '"--cluster-resource-namespace=$(NAMESPACE)"', '', undefined],
  ])('cert-manager: %s', (_, args, more, resources) => {
    const found = statements(deployment(IMAGE, args, more));
    expect(found['resources']).toEqual(resources);
    expect(found['version']).toEqual([`${CONTAINER}.image: 1.18`]);
  });

  test('of a mirror, by digest', () => {
    expect(statements(deployment(`mirror.example.com/cert-manager-controller@sha256:${'0'.repeat(64)}`, '"--cluster-resource-namespace=keys"'))).toEqual({ resources: [`${CONTAINER}.args: keys`] });
  });

  test('trust-manager', () => {
    expect(statements(deployment('quay.io/jetstack/trust-manager:v0.25.0', '"--trust-namespace=shop"'))).toEqual({ trust: [`${CONTAINER}.args: shop`] });
    expect(statements(deployment('quay.io/jetstack/trust-manager:v0.25.0', ''))).toEqual({ trust: [`${CONTAINER}: cert-manager`] });
  });
});

test('chart of trust-manager: the trust namespace is a value, not the namespace of the release', () => {
  expect(statements(release(', values: { app: { trust: { namespace: shop } } }', 'trust-manager'))).toEqual({ trust: ['spec.values.app.trust.namespace: shop'] });
  expect(statements(release('', 'trust-manager'))).toEqual({ trust: ['spec.chart.spec: cert-manager'] });
  expect(statements(release(', valuesFrom: [{ kind: Secret, name: v }]', 'trust-manager'))).toEqual({});
  expect(statements(application('source: { chart: trust-manager, repoURL: quay.io/jetstack/charts, helm: { parameters: [{ name: app.trust.namespace, value: shop }] } }'))).toEqual({ trust: ['spec.source.helm.parameters[0].value: shop'] });
});

describe('feature gates', () => {
  const gates = (yaml: string) => Object.fromEntries(clusterAssumptions({}, { stated: statedIn(yaml) }).featureGates);

  test.each([
    ['on in both programs', ', values: { featureGates: "OtherNames=true,A=false", webhook: { featureGates: "OtherNames=true" } }', { OtherNames: true, A: false }],
    ['as arguments', ', values: { extraArgs: ["--feature-gates=OtherNames=true"], webhook: { extraArgs: ["--feature-gates=OtherNames=true"] } }', { OtherNames: true }],
    ['as configuration', ', values: { config: { featureGates: { OtherNames: true } }, webhook: { config: { featureGates: { OtherNames: true } } } }', { OtherNames: true }],
    ['on in one program', ', values: { featureGates: "OtherNames=true" }', {}],
    ['on in one program and off in the other', ', values: { featureGates: "OtherNames=true", webhook: { featureGates: "OtherNames=false" } }', { OtherNames: false }],
    ['not a list of gates', ', values: { featureGates: [1], webhook: [] }', {}],
  ])('%s', (_, spec, expected) => { expect(gates(release(spec))).toEqual(expected); });

  test('of Deployments', () => {
    const both = ['controller', 'webhook'].map((program) => deployment(`quay.io/jetstack/cert-manager-${program}:v1.16.1`, '"--feature-gates=NameConstraints=true"'));
    expect(gates(both.join('---\n'))).toEqual({ NameConstraints: true });
    expect(gates(both[0]!)).toEqual({});
  });
});

describe('what is assumed', () => {
  const assumed = (yaml: string, isApp: boolean, options = {}) => {
    const { certManagerVersion, clusterResourceNamespace, sources, rotatesKeys } = clusterAssumptions(options, { stated: statedIn(yaml), isApp });
    return [certManagerVersion.toString(), sources.certManagerVersion.isKnown, clusterResourceNamespace, sources.clusterResourceNamespace.isKnown, rotatesKeys];
  };
  const two = `${release('', 'cert-manager', { namespace: 'one', version: '1.20.0' })}---\n${release('', 'cert-manager', { namespace: 'two', version: '1.17.0' })}`;

  test.each<[string, string, boolean, object, unknown[]]>([
    ['nothing is stated: files', 'kind: A', false, {}, ['1.18', false, 'cert-manager', false, true]],
    ['nothing is stated: an app', 'kind: A', true, {}, ['1.18', true, 'cert-manager', true, true]],
    ['one statement', release(''), false, {}, ['1.20', true, 'edge', true, true]],
    ['two that agree', `${release('')}---\n${release('')}`, false, {}, ['1.20', true, 'edge', true, true]],
    ['two that differ', two, false, {}, ['1.17', true, 'one', false, true]],
    ['an option comes first', two, false, { clusterResourceNamespace: 'three' }, ['1.17', true, 'three', true, true]],
    ['keys are kept before 1.18', release('', 'cert-manager', { version: '1.17.2' }), false, {}, ['1.17', true, 'edge', true, false]],
    ['keys are kept with the gate off', release(', values: { featureGates: DefaultPrivateKeyRotationPolicyAlways=false }', 'cert-manager', { version: '1.19.2' }), false, {}, ['1.19', true, 'edge', true, false]],
  ])('%s', (_, yaml, isApp, options, expected) => { expect(assumed(yaml, isApp, options)).toEqual(expected); });
});
