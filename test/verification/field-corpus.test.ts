import { inputOfTexts, validateInput } from '../../src/verification';

/**
 * Kinds of YAML that public repositories have, each with a small input of this project and what `prove` must report about it: `checked` manifests, what was
 * `passed` over (with `!` if that is a finding), and the `findings` about objects. The numbers are those of the notes that the kinds are from.
 */
interface Kind {
  readonly texts: Readonly<Record<string, string>>;
  readonly checked: number;
  readonly passed?: readonly string[];
  readonly findings?: readonly string[];
  /** In the first finding. */
  readonly problem?: RegExp;
}

const certificate = (name: string, spec: string, metadata = '') => `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ${name}, namespace: orders${metadata} }
spec: { secretName: ${name}-tls, ${spec} }
`;
const BY_CA = 'issuerRef: { name: orders-ca, kind: ClusterIssuer }';
const LEAF = certificate('ledger', `dnsNames: [ledger.orders.svc], ${BY_CA}`);
const SELF = `---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: self, namespace: orders }
spec: { selfSigned: {} }
`;
const BY_SELF = 'issuerRef: { name: self, kind: Issuer }';
const pod = (container: string, volumes = '[]') => `---
apiVersion: v1
kind: Pod
metadata: { name: ledger, namespace: orders, labels: { app: ledger } }
spec: { securityContext: { runAsUser: 999, fsGroup: 999 }, containers: [{ name: server, ${container} }], volumes: ${volumes} }
`;
const policy = (allowed: string) => `---
apiVersion: policy.cert-manager.io/v1alpha1
kind: CertificateRequestPolicy
metadata: { name: ledger }
spec: { selector: { issuerRef: { name: orders-ca, kind: ClusterIssuer } }, allowed: ${allowed} }
`;
const release = (chart: string, namespace: string, values = '{}') => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${chart}, namespace: ${namespace} }
spec: { chart: { spec: { chart: ${chart}, sourceRef: { kind: HelmRepository, name: charts } } }, values: ${values} }
`;
const acmeIssuer = `---
apiVersion: v1
kind: Secret
metadata: { name: dns-token, namespace: pki }
data: { token: eA== }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: web }
spec:
  acme: { server: https://acme.example.com/directory, privateKeySecretRef: { name: web }, solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: { name: dns-token, key: token } } } }] }
`;
const bundle = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: roots, namespace: orders }
data: { ca.crt: "" }
---
apiVersion: trust.cert-manager.io/v1alpha1
kind: Bundle
metadata: { name: roots-of-all }
spec: { sources: [{ configMap: { name: roots, key: ca.crt } }], target: { configMap: { key: ca.crt } } }
`;

const KINDS: Readonly<Record<string, Kind>> = {
  'corpus-01: names of RBAC objects with colons and capitals': {
    texts: { 'a.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: "orders:Ledger:reader" }\nrules: []\n' }, checked: 1,
  },
  'corpus-02: kustomizations, steps of tests and configurations beside manifests': {
    texts: {
      'one/kustomization.yaml': 'resources: [ledger.yaml]\n', 'one/ledger.yaml': LEAF, 'two/kustomization.yaml': 'resources: []\n', 'two/00-step.yaml': 'apiVersion: kuttl.dev/v1beta1\nkind: TestStep\n',
      'two/kind.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n',
    }, checked: 1, passed: ['kustomization', 'kustomization', 'test', 'configuration'],
  },
  'corpus-03: values, Compose files and settings': {
    texts: { 'values.yaml': 'replicas: 2\n', 'docker-compose.yaml': 'services: { web: { image: web } }\n', 'settings.yaml': 'level: debug\n' }, checked: 0, passed: ['Helm chart', 'Compose file', 'not a manifest'],
  },
  'corpus-04: objects that the API server names': {
    texts: { 'a.yaml': '---\napiVersion: v1\nkind: ConfigMap\nmetadata: { generateName: run- }\n'.repeat(2) }, checked: 2,
  },
  'corpus-05: variables of Flux, with and without a default': {
    texts: {
      'bare.yaml': certificate('"${NAME}"', `dnsNames: ["\${NAME}.\${ZONE}"], ${BY_CA}`), 'default.yaml': certificate('ledger', `dnsNames: [ledger.orders.svc], privateKey: { size: "\${SIZE:=384}", algorithm: "\${KEY:=ECDSA}" }, ${BY_CA}`),
    }, checked: 1, passed: ['placeholders!'],
  },
  'corpus-06: variables of Kustomize, and capitals that it replaces': {
    texts: { 'a.yaml': `${SELF}${certificate('serving', `dnsNames: [$(SERVICE_NAME).$(SERVICE_NAMESPACE).svc], ${BY_SELF}`)}${certificate('metrics', `dnsNames: [SERVICE_NAME.orders.svc], ${BY_SELF}`)}` }, checked: 1, passed: ['placeholders!'],
  },
  'corpus-07: a file that SOPS encrypted': {
    texts: { 'a.yaml': `${certificate('ledger', `commonName: "ENC[AES256_GCM,data:Zm9v,iv:YQ==,tag:Yg==,type:str]", ${BY_CA}`)}sops: { version: 3.9.0 }\n` }, checked: 0, passed: ['encrypted!'],
  },
  'corpus-08: half a Certificate': { texts: { 'a.yaml': certificate('ledger', 'x').replace(/spec: .*/, 'spec: { duration: 2160h }') }, checked: 0, passed: ['patch!'] },
  // A leaf that nothing in the input passes on to its clients: the warning is about that, not about the namespace.
  'corpus-09: a namespace that a kustomization sets': {
    texts: { 'kustomization.yaml': 'namespace: orders\nresources: [a.yaml]\n', 'a.yaml': `${SELF.replace('orders', 'system')}${certificate('ledger', `dnsNames: [ledger.orders.svc], ${BY_SELF}`)}` }, checked: 2, passed: ['kustomization'],
    findings: ['PGTLS-E10 warning'],
  },
  'corpus-10: a self-signed certificate that cainjector writes into a webhook': {
    texts: {
      'a.yaml': `${SELF}${certificate('hook', `dnsNames: [hook.orders.svc], ${BY_SELF}`)}---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: hook, annotations: { cert-manager.io/inject-ca-from: orders/hook } }
webhooks: [{ name: hook.example.com, clientConfig: { service: { name: hook, namespace: orders } }, admissionReviewVersions: [v1], sideEffects: None }]
`,
    }, checked: 3,
  },
  'corpus-12: the namespace that a release of cert-manager states': { texts: { 'a.yaml': release('cert-manager', 'pki') + acmeIssuer }, checked: 3 },
  'corpus-12: the same without the release': { texts: { 'a.yaml': acmeIssuer }, checked: 2, findings: ['PGTLS-A12 warning'] },
  'corpus-14: the trust namespace that a release of trust-manager states': { texts: { 'a.yaml': release('trust-manager', 'pki', '{ app: { trust: { namespace: orders } } }') + bundle }, checked: 3 },
  'corpus-14: the same without the release': { texts: { 'a.yaml': bundle }, checked: 2, findings: ['PGTLS-E30 warning'] },
  'corpus-15: a Certificate without usages, and a policy that allows some': { texts: { 'a.yaml': policy('{ dnsNames: { values: [ledger.orders.svc] }, usages: [server auth] }') + LEAF }, checked: 2 },
  'corpus-16: a subject that a policy requires': {
    texts: { 'a.yaml': policy('{ dnsNames: { values: [ledger.orders.svc] }, subject: { countries: { values: [DE], required: true } } }') + LEAF }, checked: 2, findings: ['PGTLS-E38 warning'],
    problem: /CertificateRequestPolicy 'ledger': spec\.allowed\.subject\.countries/,
  },
  'corpus-17: a wildcard without quotes': {
    texts: { 'a.yaml': LEAF, 'b.yaml': 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web }\nspec:\n  dnsNames:\n    - *.orders.example.com\n' }, checked: 1, passed: ['invalid YAML!'],
  },
  'corpus-19: a template that is no YAML': {
    texts: { 'a.yaml': LEAF, 'chart/templates/b.yaml': `{{- if .Values.on }}\n${LEAF}{{- end }}\n` }, checked: 1, passed: ['template!'],
  },
  'corpus-20: a template that is YAML': { texts: { 'a.yaml': LEAF, 'b.yaml': LEAF.replace('{ name: ledger, namespace: orders }', '\n  name: {{ .Release.Name }}') }, checked: 1, passed: ['template!'] },
  'corpus-21: a key that occurs twice': {
    texts: { 'a.yaml': 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: ledger }\nspec:\n  secretName: one\n  dnsNames: [ledger.orders.svc]\n  secretName: two\n  issuerRef: { name: orders-ca }\n' }, checked: 1,
    problem: /key 'secretName' occurs twice/,
  },
  'corpus-23: objects as kubectl prints them': {
    texts: { 'a.yaml': `${LEAF}---\napiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata: { name: ledger-tls, namespace: orders, annotations: { cert-manager.io/certificate-name: ledger, cert-manager.io/issuer-name: orders-ca } }\ndata: { tls.crt: eA==, tls.key: eA== }\n` },
    checked: 1, passed: ['written by a controller'],
  },
  'corpus-24: a public CA by the name of its issuer': {
    texts: { 'a.yaml': certificate('ledger', 'dnsNames: [ledger.orders.svc], issuerRef: { name: letsencrypt, kind: ClusterIssuer }') + certificate('ca', 'isCA: true, commonName: orders.example.com, issuerRef: { name: letsencrypt, kind: ClusterIssuer }') },
    checked: 2, findings: ['PGTLS-E41 warning', 'PGTLS-E41 warning'],
  },
  'corpus-25: an option and its value in one word': {
    texts: { 'a.yaml': pod('image: "postgres:17", args: [-c ssl=on, -c, ssl_cert_file=/tls/tls.crt]') }, checked: 1, findings: ['PGTLS-T18 error'], problem: /'-c ssl=on'/,
  },
  'corpus-27: a mode in the octal form of YAML 1.2': {
    texts: {
      'a.yaml': LEAF + pod('image: "postgres:17", args: [-c, ssl=on, -c, ssl_cert_file=/tls/tls.crt, -c, ssl_key_file=/tls/tls.key], volumeMounts: [{ name: tls, mountPath: /tls }]', '[{ name: tls, secret: { secretName: ledger-tls, defaultMode: 0o644 } }]'),
    }, checked: 2, findings: ['PGTLS-F01 error', 'PGTLS-F05 warning'], problem: /mode 0644/,
  },
  'corpus-29: a role with an underscore in the names of a client certificate': { texts: { 'a.yaml': certificate('writer', `commonName: _writer, dnsNames: [_writer], usages: [client auth], ${BY_CA}`) }, checked: 1 },
  'corpus-30: a database of an operator with its own certificates and rows': {
    texts: {
      'a.yaml': `${certificate('copy', `commonName: copier, usages: [client auth], ${BY_CA}`, ', labels: { cnpg.io/reload: "" }')}---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: ledger, namespace: orders }
spec: { instances: 2, certificates: { replicationTLSSecret: copy-tls, clientCASecret: clients }, postgresql: { pg_hba: [host all all all scram-sha-256 clientcert=verify-ca] }, storage: { size: 1Gi } }
`,
    }, checked: 2, findings: ['PGTLS-O01 error', 'PGTLS-T15 error', 'PGTLS-O05 warning'],
  },
  'corpus-31: a server in an image of its own': {
    texts: {
      'a.yaml': LEAF + pod('image: "example.com/ledger:7", env: [{ name: PGDATA, value: /data }, { name: POSTGRES_DB, value: ledger }, { name: POSTGRES_SERVER_CERT, value: /tls/tls.crt }, { name: POSTGRES_SERVER_KEY, value: /tls/tls.key }], ports: [{ containerPort: 5432 }], '
        + 'livenessProbe: { exec: { command: [sh, -c, psql -c "SELECT 1"] } }, volumeMounts: [{ name: tls, mountPath: /tls }]', '[{ name: tls, secret: { secretName: ledger-tls, defaultMode: 0440 } }]'),
    }, checked: 2, findings: ['PGTLS-F05 warning', 'PGTLS-T06 warning'],
  },
};

test.each(Object.entries(KINDS))('%s', (_, { texts, checked, passed = [], findings = [], problem }) => {
  const input = inputOfTexts(Object.entries(texts));
  const found = validateInput(input, { include: ['all'] }, { place: '', now: new Date('2026-12-01T00:00:00Z') });
  const ofObjects = found.filter(({ rule: { code } }) => !code.startsWith('PGTLS-Y')).map(({ rule: { code }, severity }) => `${code} ${severity}`);
  expect({ checked: input.manifests.length, passed: input.notChecked.map(({ reason, isFinding }) => (isFinding ? `${reason}!` : reason)), findings: ofObjects.sort() }).toEqual({ checked, passed, findings: [...findings].sort() });
  if (problem !== undefined) { expect(found[0]!.problem).toMatch(problem); }
  // A file that is not rendered is one finding, with all that is in it.
  const files = found.filter(({ rule: { code } }) => code.startsWith('PGTLS-Y')).map(({ location: { file } }) => file);
  expect(new Set(files).size).toBe(files.length);
});
