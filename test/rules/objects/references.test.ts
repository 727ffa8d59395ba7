import { certificate, clusterIssuer, issuer, root, secret } from '../../fixtures';
import { codesOf, messagesOf } from '../../support/findings';

const codes = (change: object) => codesOf([certificate(change)]);

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-A01', { secretName: 'Db_Cert' }, { secretName: 'db.cert' }],
  ['PGTLS-A01', { secretName: '' }, { secretName: 'a'.repeat(253) }],
  ['PGTLS-A01', { secretName: undefined }, { secretName: '1' }],
  ['PGTLS-A05', { issuerRef: { kind: 'Issuer', group: 'cert-manager.io' } }, { issuerRef: { name: 'ca' } }],
  ['PGTLS-A05', { issuerRef: { name: 'ca', kind: 'StepIssuer' } }, { issuerRef: { name: 'ca', kind: 'StepIssuer', group: 'certmanager.step.sm' } }],
  ['PGTLS-A05', { issuerRef: { name: 'ca', kind: 'issuer' } }, { issuerRef: { name: 'ca', kind: '', group: '' } }],
  ['PGTLS-A05', { issuerRef: undefined }, { issuerRef: { name: 'ca', kind: 'ClusterIssuer' } }],
  ['PGTLS-A20', { issuerRef: { name: 'My CA' } }, { issuerRef: { name: 'ca' } }],
  ['PGTLS-A20', { issuerRef: { name: 'My CA', kind: 'StepIssuer', group: 'certmanager.step.sm' } }, { issuerRef: { name: '${ISSUER}' } }],
  ['PGTLS-A20', { issuerRef: { name: 'ca$' } }, { issuerRef: { name: '$ISSUER' } }],
  ['PGTLS-A09', template({ annotations: { 'cert-manager.io/issuer-name': 'a' } }), template({ annotations: { 'cert-manager.io/allow-direct-injection': 'true' } })],
  ['PGTLS-A09', template({ annotations: { 'a b': 'c' } }), template({ annotations: { 'Example.COM/a': 'b c' } })],
  ['PGTLS-A09', template({ labels: { 'Example.com/a': 'b' } }), template({ labels: { 'example.com/A': 'b' } })],
  ['PGTLS-A09', template({ labels: { a: 'b c' } }), template({ labels: { a: '' } })],
  ['PGTLS-A09', template({ labels: { a: 'b'.repeat(64) } }), template({ labels: { a: 'b'.repeat(63) } })],
  ['PGTLS-A09', template({ annotations: { a: 'b'.repeat(262_144) } }), template({ annotations: { a: 'b'.repeat(262_143) } })],
  ['PGTLS-A10', template({ labels: { 'argocd.argoproj.io/instance': 'app' } }), template({ labels: { 'app.kubernetes.io/name': 'app' } })],
  ['PGTLS-A10', template({ annotations: { 'meta.helm.sh/release-name': 'app' } }), template({ annotations: { 'helm.sh/resource-policy': 'keep' } })],
  ['PGTLS-A16', template({ labels: { 'app.kubernetes.io/instance': 'app' } }), template({ annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } })],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});

function template(secretTemplate: object) {
  return { secretTemplate };
}

const externalSecret = (target: object, metadata: object = {}) =>
  ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'keys', namespace: 'demo', ...metadata }, spec: { target } });
const sealedSecret = (name: string) => ({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name, namespace: 'demo' }, spec: {} });
const elsewhere = { namespace: 'elsewhere' };
const external = (secretName: string) => ({ vault: { server: 'https://vault', path: 'pki/sign/db', auth: { tokenSecretRef: { name: secretName, key: 'token' } } } });
const byCertificate = { vault: { server: 'https://vault', path: 'pki/sign/db', auth: { clientCertificate: { secretName: 'db' } } } };
const account = (change: object) => ({ acme: { server: 'https://acme', privateKeySecretRef: { name: 'db' }, solvers: [{ http01: { ingress: {} } }], ...change } });

// Objects beside each other: what breaks the rule, and what only just does not.
test.each<[string, string, object[], object[]]>([
  ['PGTLS-A02', 'two Certificates on one Secret', [certificate(), certificate({ secretName: 'db' }, { name: 'other' })], [certificate(), certificate({ secretName: 'db' }, { name: 'other', ...elsewhere })]],
  ['PGTLS-A03', 'a leaf on its CA\'s Secret', [root(), issuer(), certificate({ secretName: 'root' })],
    [root(), issuer(), certificate({ secretName: 'root-2' })]],
  ['PGTLS-A04', 'a Secret with data', [certificate(), secret({ data: { 'tls.key': '' } })], [certificate(), secret({ data: { 'tls.key': '' } }, elsewhere)]],
  ['PGTLS-A04', 'a Secret with texts', [certificate(), secret({ stringData: { a: 'b' } })], [certificate(), secret({ stringData: { a: 'b' } }, { name: 'other' })]],
  ['PGTLS-A04', 'an immutable Secret', [certificate(), secret({ immutable: true })], [certificate(), secret({ immutable: true }, elsewhere)]],
  ['PGTLS-A04', 'the target of an ExternalSecret', [certificate(), externalSecret({ name: 'db' })], [certificate(), externalSecret({ name: 'db', creationPolicy: 'None' })]],
  ['PGTLS-A04', 'an ExternalSecret that names no target', [certificate(), externalSecret({}, { name: 'db' })], [certificate(), externalSecret({})]],
  ['PGTLS-A04', 'a SealedSecret', [certificate(), sealedSecret('db')], [certificate(), sealedSecret('other')]],
  ['PGTLS-A06', 'an Issuer of another namespace', [certificate(), issuer({ selfSigned: {} }, elsewhere)],
    [certificate(), issuer(external('t'), elsewhere), issuer(external('t'))]],
  ['PGTLS-A15', 'an empty Secret', [certificate(), secret({ data: {} })], [certificate(), secret({}, { name: 'other' })]],
  ['PGTLS-A17', 'a ClusterIssuer referred to as an Issuer', [certificate(), clusterIssuer(external('t'))],
    [certificate({ issuerRef: { name: 'ca', kind: 'ClusterIssuer' } }), clusterIssuer(external('t'))]],
  ['PGTLS-A17', 'an Issuer referred to as a ClusterIssuer', [certificate({ issuerRef: { name: 'ca', kind: 'ClusterIssuer' } }), issuer(external('t'))],
    [certificate(), issuer(external('t'))]],
  ['PGTLS-A12', 'a token in another namespace', [clusterIssuer(external('db')), secret({ data: { token: '' } })],
    [clusterIssuer(external('db')), secret({ data: { token: '' } }, { namespace: 'cert-manager' })]],
  ['PGTLS-A12', 'an ExternalSecret in another namespace', [clusterIssuer(external('keys')), externalSecret({})], [issuer(external('keys')), externalSecret({})]],
  ['PGTLS-A12', 'the client certificate for Vault',
    [clusterIssuer(byCertificate, { name: 'vault' }), certificate()], [clusterIssuer(byCertificate, { name: 'vault' }), certificate({}, { namespace: 'cert-manager' })]],
  ['PGTLS-A12', 'an account key that must be there', [clusterIssuer(account({ disableAccountKeyGeneration: true })), secret({ data: { 'tls.key': '' } })],
    [clusterIssuer(account({})), secret({ data: { 'tls.key': '' } })]],
])('%s: %s', (code, _, broken, met) => {
  expect(codesOf(broken)).toEqual([code]);
  expect(codesOf(met)).toEqual([]);
});

test('a Secret of a ClusterIssuer is looked up in clusterResourceNamespace', () => {
  const manifests = [clusterIssuer(external('db')), secret({ data: { token: '' } })];
  expect(codesOf(manifests, { clusterResourceNamespace: 'demo' })).toEqual([]);
  expect(messagesOf(manifests)[0]).toContain(
    "vault.auth.tokenSecretRef names Secret 'db', which Secret 'db' declares in namespace 'demo', but cert-manager reads it from namespace 'cert-manager'");
});

test('manifests without a namespace have no finding, because every namespace is possible', () => {
  expect(codesOf([certificate(), issuer(external('t'), { namespace: undefined })])).toEqual([]);
  expect(codesOf([clusterIssuer(external('db')), secret({ data: { token: '' } }, { namespace: undefined })])).toEqual([]);
});

test('an Issuer outside of the app has no finding', () => {
  expect(codesOf([certificate({ issuerRef: { name: 'unknown' } })])).toEqual([]);
});

describe('a reference of a pod by a name that no object can have', () => {
  const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app', namespace: 'demo' }, spec: { containers: [{ name: 'app', image: 'app:1' }], ...spec } });
  const messages = (spec: object) => messagesOf([pod(spec)]).filter((message) => message.includes(' names '));

  test.each<[string, (name: string) => object]>([
    ["volume 'v' names Secret", (name) => ({ volumes: [{ name: 'v', secret: { secretName: name } }] })],
    ["volume 'v' names ConfigMap", (name) => ({ volumes: [{ name: 'v', configMap: { name } }] })],
    ["volume 'v' names Secret", (name) => ({ volumes: [{ name: 'v', projected: { sources: [{ secret: { name } }] } }] })],
    ["volume 'v' names PersistentVolumeClaim", (name) => ({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName: name } }] })],
    ['imagePullSecrets names Secret', (name) => ({ imagePullSecrets: [{ name }] })],
    ['serviceAccountName names ServiceAccount', (name) => ({ serviceAccountName: name })],
    ["variable 'PW' names Secret", (name) => ({ containers: [{ name: 'app', image: 'app:1', env: [{ name: 'PW', valueFrom: { secretKeyRef: { name, key: 'a' } } }] }] })],
    ["variable 'PW' names ConfigMap", (name) => ({ initContainers: [{ name: 'app', image: 'app:1', env: [{ name: 'PW', valueFrom: { configMapKeyRef: { name, key: 'a' } } }] }] })],
    ['envFrom names Secret', (name) => ({ containers: [{ name: 'app', image: 'app:1', envFrom: [{ secretRef: { name } }] }] })],
    ['envFrom names ConfigMap', (name) => ({ containers: [{ name: 'app', image: 'app:1', envFrom: [{ configMapRef: { name } }] }] })],
  ])('%s', (field, spec) => {
    expect(messages(spec('App_Secret'))).toEqual([expect.stringContaining(`${field} 'App_Secret', which is not a DNS subdomain`)]);
    for (const valid of ['app-secret', 'app.secret', '1', '${SECRET}', '{{ .Values.secret }}', '']) { expect(messages(spec(valid))).toEqual([]); }
  });

  test('is reported once for all of its volumes', () => {
    expect(messages({ volumes: ['a', 'b'].map((name) => ({ name, secret: { secretName: 'App_Secret' } })) })).toHaveLength(1);
  });
});
