import { ApiObject, App, Chart } from 'cdk8s';
import { inputOfTexts, validateInput } from '../../src/verification';
import { CertManagerVersion, type Finding, Manifests, type ManifestValidationOptions, Severity, Validation } from '../../src';

// Findings that depend on a setting of the cluster: what the files state, what an option gives, and what is only assumed.
const found = (yaml: string, options: ManifestValidationOptions = {}) => Manifests.fromYaml({ 'a.yaml': yaml }).validate(options);
const facts = (findings: Finding[]) => findings.map(({ rule: { code }, severity }) => `${code} ${severity}`);
const proved = (yaml: string, options: ManifestValidationOptions = {}) => facts(found(yaml, options));

const release = (namespace: string, { chart = 'cert-manager', version = 'v1.20.3', values = '{}' } = {}) => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${chart}, namespace: ${namespace} }
spec: { chart: { spec: { chart: ${chart}, version: ${version}, sourceRef: { kind: HelmRepository, name: charts } } }, values: ${values} }
`;

const SECRET_ELSEWHERE = `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: cloudflare, namespace: edge }
spec: { target: { name: cloudflare }, secretStoreRef: { kind: ClusterSecretStore, name: vault }, dataFrom: [{ extract: { key: cloudflare } }] }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: web }
spec:
  acme:
    server: https://acme.example.com/directory
    privateKeySecretRef: { name: web-account }
    solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: { name: cloudflare, key: token } } } }]
`;

const CA_ELSEWHERE = `---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: self }
spec: { selfSigned: {} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop-root, namespace: edge }
spec: { secretName: shop-root, isCA: true, commonName: Shop Root, duration: 87600h, usages: [cert sign], privateKey: { rotationPolicy: Never }, issuerRef: { name: self, kind: ClusterIssuer } }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: shop }
spec: { ca: { secretName: shop-root } }
`;

const SOURCE_ELSEWHERE = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: roots, namespace: edge }
data: { ca.crt: "" }
---
apiVersion: trust.cert-manager.io/v1alpha1
kind: Bundle
metadata: { name: trust }
spec: { sources: [{ configMap: { name: roots, key: ca.crt } }], target: { configMap: { key: ca.crt } } }
`;
const trustRelease = (namespace: string) => release('cert-manager', { chart: 'trust-manager', version: 'v0.24.0', values: `{ app: { trust: { namespace: ${namespace} } } }` });

const NEW_FIELD = `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: edge }
spec: { secretName: web, dnsNames: [web.edge.svc], issuerRef: { name: ca }, otherNames: [{ oid: 1.2.3.4, utf8Value: web }] }
`;

describe.each([
  ['PGTLS-A12', SECRET_ELSEWHERE, 'clusterResourceNamespace', (namespace: string) => release(namespace)],
  ['PGTLS-E02', CA_ELSEWHERE, 'clusterResourceNamespace', (namespace: string) => release(namespace)],
  ['PGTLS-E30', SOURCE_ELSEWHERE, 'trustNamespace', trustRelease],
])('%s', (code, yaml, option, installed) => {
  test('no finding where the files state the namespace, or an option does', () => {
    expect(proved(yaml + installed('edge'))).toEqual([]);
    expect(proved(yaml, { [option]: 'edge' })).toEqual([]);
  });

  test('an error where the files or an option state another one', () => {
    expect(proved(yaml + installed('pki'))).toEqual([`${code} error`]);
    expect(proved(yaml, { [option]: 'pki' })).toEqual([`${code} error`]);
    expect(found(yaml + installed('pki'))[0]!.problem).toMatch(/ \(HelmRelease '(cert|trust)-manager' in namespace '[\w-]+' states pki\)$/);
  });

  test('a warning that names the option where neither states it', () => {
    expect(proved(yaml)).toEqual([`${code} warning`]);
    const [{ problem, fix }] = found(yaml) as [Finding];
    expect(problem).toContain(' (no manifest states it; cert-manager is the default)');
    expect(fix).toContain(`with the option ${option} of cdk8s-postgres-tls.yaml`);
    expect(fix).not.toContain('Validation.of');
  });

  test('a warning that names both where the files differ', () => {
    const two = yaml + installed('pki') + installed('edge').replace(/name: (cert|trust)-manager, namespace: /, 'name: other, namespace: ');
    expect(proved(two)).toEqual([`${code} warning`]);
    expect(found(two)[0]!.problem).toMatch(/states pki, HelmRelease 'other' in namespace '[\w-]+' states edge\)$/);
    expect(proved(two, { [option]: 'edge' })).toEqual([]);
  });

  test('no finding where a file of values has the namespace, although a HelmRelease of another cluster has another one', () => {
    const values = (namespace: string) => (option === 'trustNamespace' ? `app: { trust: { namespace: ${namespace} } }` : `clusterResourceNamespace: ${namespace}\ncrds: { enabled: true }`);
    const inFiles = (texts: Readonly<Record<string, string>>, options: ManifestValidationOptions = {}) => facts(validateInput(inputOfTexts(Object.entries(texts)), options, { place: '', now: new Date() }));
    expect(inFiles({ 'hack/all.yaml': yaml, 'hack/values.yaml': values('edge') })).toEqual([]);
    expect(inFiles({ 'hack/all.yaml': yaml, 'hack/config/cert-manager.yaml': values('edge'), 'flux/release.yaml': installed('pki') })).toEqual([]);
    expect(inFiles({ 'hack/all.yaml': yaml, 'hack/values.yaml': values('pki') })).toEqual([`${code} error`]);
    expect(inFiles({ 'hack/all.yaml': yaml, 'hack/values.yaml': values('""') })).toEqual([`${code} warning`]);
    expect(inFiles({ 'hack/all.yaml': yaml, 'hack/values.yaml': values('edge'), 'flux/release.yaml': installed('pki') }, { [option]: 'pki' })).toEqual([`${code} error`]);
  });

  test('the warning can be acknowledged, the error cannot', () => {
    const acknowledgements = [{ code, reason: 'the platform team sets it' }];
    expect(found(yaml, { acknowledgements })[0]!.acknowledged).toBe('the platform team sets it');
    expect(found(yaml + installed('pki'), { acknowledgements }).map(({ rule, acknowledged }) => [rule.code, acknowledged])).toEqual([[code, undefined], ['PGTLS-A19', undefined]]);
    expect(() => found(yaml, { acknowledgements, severities: { [code]: Severity.ERROR } })).toThrow('only warnings can be acknowledged');
  });
});

test('an Issuer reads its own namespace, not that of an installation: an error', () => {
  const namespaced = CA_ELSEWHERE.replace('kind: ClusterIssuer\nmetadata: { name: shop }', 'kind: Issuer\nmetadata: { name: shop, namespace: other }');
  expect(proved(namespaced)).toEqual(['PGTLS-E02 error']);
  expect(found(namespaced)[0]!.fix).toBe('create the Certificate in that namespace');
});

describe('PGTLS-V01', () => {
  test('the release that the files install decides', () => {
    expect(proved(NEW_FIELD + release('cert-manager'))).toEqual([]);
    expect(proved(NEW_FIELD + release('cert-manager', { version: 'v1.19.2' }))).toEqual(['PGTLS-V01 error']);
    expect(found(NEW_FIELD + release('cert-manager', { version: 'v1.19.2' }))[0]!.problem).toContain("must work with 1.19 (HelmRelease 'cert-manager' in namespace 'cert-manager' states 1.19)");
  });

  test('of several the oldest', () => {
    expect(proved(NEW_FIELD + release('prod', { version: 'v1.21.0' }) + release('test', { version: 'v1.19.2' }))).toEqual(['PGTLS-V01 error']);
    expect(proved(NEW_FIELD + release('prod', { version: 'v1.21.0' }) + release('test', { version: 'v1.20.2' }))).toEqual([]);
  });

  test('a warning where the release is not known, an error with the option', () => {
    expect(proved(NEW_FIELD)).toEqual(['PGTLS-V01 warning']);
    expect(proved(NEW_FIELD + release('cert-manager', { version: '">=1.17"' }))).toEqual(['PGTLS-V01 warning']);
    expect(found(NEW_FIELD)[0]!.fix).toContain('with the option certManagerVersion of cdk8s-postgres-tls.yaml');
    expect(proved(NEW_FIELD, { certManagerVersion: CertManagerVersion.V1_19 })).toEqual(['PGTLS-V01 error']);
  });

  test('feature gates', () => {
    const gates = (value: boolean) => `{ featureGates: OtherNames=${value}, webhook: { featureGates: OtherNames=${value} } }`;
    expect(proved(NEW_FIELD + release('cert-manager', { version: 'v1.19.2', values: gates(true) }))).toEqual([]);
    expect(proved(NEW_FIELD + release('cert-manager', { version: 'v1.13.2', values: gates(true) }))).toEqual(['PGTLS-V01 error']);
    expect(proved(NEW_FIELD + release('cert-manager', { values: gates(false) }))).toEqual(['PGTLS-V01 error']);
    expect(found(NEW_FIELD + release('cert-manager', { values: gates(false) }))[0]!.message)
      .toBe('spec.otherNames requires the feature gate OtherNames, which the manifests switch off; remove it, or switch OtherNames on, in the controller and in the webhook');
  });
});

describe('PGTLS-V02', () => {
  test.each([
    ['a namespace', release('edge'), { clusterResourceNamespace: 'pki' }, 'the option clusterResourceNamespace is pki, but HelmRelease \'cert-manager\' states edge; the option was used', 'metadata.namespace'],
    ['a trust namespace', trustRelease('edge'), { trustNamespace: 'pki' }, 'the option trustNamespace is pki, but HelmRelease \'trust-manager\' states edge; the option was used', 'spec.values.app.trust.namespace'],
    ['an older release', release('edge', { version: 'v1.19.2' }) + release('prod', { version: 'v1.21.0' }), { certManagerVersion: CertManagerVersion.V1_21 },
      'the option certManagerVersion is 1.21, but HelmRelease \'cert-manager\' states 1.19; the option was used', 'spec.chart.spec.version'],
  ])('%s', (_, yaml, options, problem, field) => {
    expect(found(yaml, options)).toMatchObject([{ rule: { code: 'PGTLS-V02' }, severity: 'warning', problem, field }]);
  });

  test.each([
    ['a newer release', release('edge', { version: 'v1.21.0' }), { certManagerVersion: CertManagerVersion.V1_19 }],
    ['the same namespace', release('edge'), { clusterResourceNamespace: 'edge' }],
    ['one of several clusters', release('edge') + release('pki'), { clusterResourceNamespace: 'pki' }],
    ['no statement', SECRET_ELSEWHERE, { clusterResourceNamespace: 'edge' }],
  ])('not: %s', (_, yaml, options) => { expect(proved(yaml, options)).toEqual([]); });
});

test('key rotation: a release before 1.18 keeps the key of a CA that does not say', () => {
  const ca = CA_ELSEWHERE.replace('privateKey: { rotationPolicy: Never }, ', '');
  expect(proved(ca + release('edge'))).toContain('PGTLS-E05 error');
  expect(proved(ca + release('edge', { version: 'v1.17.1' }))).toEqual([]);
});

describe('an app decides about the cluster that it is written for', () => {
  const chartWith = (...texts: string[]) => {
    const chart = new Chart(new App(), 'chart');
    texts.forEach((text, index) => { new ApiObject(chart, `${index}`, JSON.parse(text) as { apiVersion: string; kind: string }); });
    return chart;
  };
  const SECRET = '{ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "token", "namespace": "edge" }, "stringData": { "token": "t" } }';
  const ISSUER = '{ "apiVersion": "cert-manager.io/v1", "kind": "ClusterIssuer", "metadata": { "name": "vault" }, "spec": { "vault": { "server": "https://vault.example.com", "path": "pki/sign/db", "auth": { "tokenSecretRef": { "name": "token", "key": "token" } } } } }';
  const RELEASE = '{ "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": { "name": "cert-manager", "namespace": "edge" }, "spec": { "chart": { "spec": { "chart": "cert-manager" } } } }';

  test('an error that names the configuration of the app', () => {
    const findings = Validation.of(chartWith(SECRET, ISSUER)).findings();
    expect(facts(findings)).toEqual(['PGTLS-A12 error']);
    expect(findings[0]!.fix).toContain('Validation.of(app).configure({ clusterResourceNamespace })');
    expect(findings[0]!.problem).toMatch(/namespace 'cert-manager'$/);
  });

  test('a HelmRelease of the app is read as well', () => {
    expect(facts(Validation.of(chartWith(SECRET, ISSUER, RELEASE)).findings())).toEqual([]);
  });
});
