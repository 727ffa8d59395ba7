import { readTexts } from '../../src/reading';
import { ManifestValidationOptions } from '../../src';
import { checkedLine } from '../../src/report';
import { inputOfTexts, validateInput } from '../../src/verification';

// Manifests as they lie in public repositories, in small examples: what is applied, what is not, and what is not yet.
const circumstances = { place: '', now: new Date('2026-12-01T00:00:00Z') };

function proved(text: string, options: ManifestValidationOptions = {}, name = 'file.yaml') {
  const input = inputOfTexts([[name, text]]);
  return {
    line: checkedLine({ files: input.files, manifests: input.manifests.length, notChecked: input.notChecked }),
    findings: validateInput(input, options, circumstances).map(({ rule: { code }, severity, location: { line }, problem }) => ({ code, severity, line, problem })),
  };
}
const codes = (text: string) => proved(text).findings.map(({ code }) => code);

const CERTIFICATE = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: blog }
spec: { secretName: web, dnsNames: [web.blog.svc], issuerRef: { name: blog-ca, kind: Issuer } }
`;

test('names of RBAC objects have colons', () => {
  expect(codes(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: "blog:Reader", namespace: blog }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: "system:blog" }
`)).toEqual([]);
});

test('what never reaches an API server is passed over', () => {
  const { line, findings } = proved(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [a.yaml]
---
apiVersion: kuttl.dev/v1beta1
kind: TestAssert
---
apiVersion: webhook.config.cert-manager.io/v1alpha1
kind: WebhookConfiguration
---
${CERTIFICATE}`);
  expect(findings).toEqual([]);
  expect(line).toMatch(/^checked 1 manifest in 1 file; not checked: /);
});

test('settings hold no manifest', () => {
  expect(proved('server:\n  tls: { enabled: true }\n')).toEqual({ line: 'checked 0 manifests in 1 file; not checked: 1 not a manifest', findings: [] });
});

test('objects that the API server names', () => {
  const job = (name: string) => `apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: ${name}- }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "b:1" }] } } }\n`;
  expect(codes([job('one'), job('one')].join('---\n'))).toEqual([]);
});

test('variables of Flux: one finding that names them', () => {
  const { findings } = proved(`apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: "\${TEAM}-web" }
spec: { secretName: "\${TEAM}", dnsNames: ["\${TEAM}.\${ZONE}"], issuerRef: { name: ca } }
`);
  expect(findings).toMatchObject([{ code: 'PGTLS-Y03', severity: 'warning', line: 1, problem: 'placeholders without a value: ${TEAM}, ${ZONE}' }]);
});

test('variables of Flux with defaults are checked with these', () => {
  expect(codes(CERTIFICATE.replace('[web.', '["${HOST:=web}.').replace('svc]', 'svc"]'))).toEqual([]);
  expect(codes(CERTIFICATE.replace('issuerRef', 'duration: "${LIFE:=90d}", issuerRef'))).toEqual(['PGTLS-D01']);
});

test('variables of Kustomize: one finding, and the other documents are checked', () => {
  const { line, findings } = proved(`${CERTIFICATE.replace('web.blog.svc', '$(SERVICE_NAME).$(SERVICE_NAMESPACE).svc')}---
${CERTIFICATE.replace('web.blog.svc', 'SERVICE_NAME.SERVICE_NAMESPACE.svc').replace('name: web', 'name: other')}---
${CERTIFICATE.replace('name: web', 'name: third').replace('secretName: web', 'secretName: third')}`);
  expect(line).toBe('checked 1 manifest in 1 file; not checked: 2 placeholders');
  expect(findings).toMatchObject([{ code: 'PGTLS-Y03', problem: expect.stringContaining('SERVICE_NAME') }]);
});

test('encrypted values: one finding', () => {
  expect(proved(`${CERTIFICATE.replace('secretName: web', 'secretName: "ENC[AES256_GCM,data:eA==,iv:eQ==,tag:eg==,type:str]"')}sops: { version: 3.9.0 }\n`))
    .toMatchObject({ line: 'checked 0 manifests in 1 file; not checked: 1 encrypted', findings: [{ code: 'PGTLS-Y04', severity: 'warning' }] });
});

test('a patch: one finding that says what is missing', () => {
  expect(proved('apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web }\nspec: { dnsNames: [web.blog.svc] }\n').findings)
    .toMatchObject([{ code: 'PGTLS-Y05', severity: 'warning', problem: expect.stringContaining('neither secretName nor issuerRef') }]);
});

test('namespaces that a kustomization sets', () => {
  expect(proved(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: blog-system
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: blog-ca, namespace: system }
spec: { ca: { secretName: blog-ca } }
---
${CERTIFICATE}`).findings.map(({ code }) => code)).not.toContain('PGTLS-A06');
});

test('a wildcard without quotes, with its line', () => {
  expect(proved(CERTIFICATE.replace(' { secretName: web, dnsNames: [web.blog.svc],', '\n  secretName: web\n  dnsNames:\n    - *.blog.example.com\n ').replace(/ issuerRef: (.*) \}\n$/, ' issuerRef: $1\n')).findings)
    .toMatchObject([{ code: 'PGTLS-Y02', severity: 'error', line: 7, problem: expect.stringContaining("'*.blog.example.com' needs quotes") }]);
});

test.each([
  ['that does not parse', `{{ if .Values.tls }}\n${CERTIFICATE}{{ end }}\n`],
  ['that parses', CERTIFICATE.replace('name: web,', 'name: {{ .Release.Name }},')],
])('a Helm template %s: one finding', (_, text) => {
  expect(proved(text).findings).toMatchObject([{ code: 'PGTLS-Y03', severity: 'warning', problem: expect.stringContaining('Helm template') }]);
});

test('a key that occurs twice: one finding with its line, and the last value is checked', () => {
  const twice = 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web, namespace: blog }\nspec:\n  secretName: web\n  dnsNames: [web.blog.svc]\n  duration: 90d\n  issuerRef: { name: ca }\n  duration: 2160h\n';
  expect(proved(twice).findings).toMatchObject([{ code: 'PGTLS-Y06', line: 9, problem: expect.stringContaining("key 'duration' occurs twice in 'spec'") }]);
});

test('exported objects: what cert-manager wrote is no declaration', () => {
  const list = `apiVersion: v1
kind: List
items:
  - apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata: { name: web, namespace: blog, uid: 1-2, resourceVersion: "7", managedFields: [] }
    spec: { secretName: web, dnsNames: [web.blog.svc], issuerRef: { name: blog-ca, kind: Issuer } }
    status: { notAfter: "2027-01-01T00:00:00Z" }
  - apiVersion: v1
    kind: Secret
    type: kubernetes.io/tls
    metadata: { name: web, namespace: blog, annotations: { cert-manager.io/certificate-name: web, cert-manager.io/issuer-name: blog-ca } }
    data: { tls.crt: LS0t, tls.key: LS0t, ca.crt: LS0t }
`;
  expect(proved(list)).toEqual({ line: 'checked 1 manifest in 1 file; not checked: 1 written by a controller', findings: [] });
});

test('a public CA, by the name of the issuer, for names inside the cluster and for a CA', () => {
  const { findings } = proved(CERTIFICATE.replace('blog-ca, kind: Issuer', 'letsencrypt-production, kind: ClusterIssuer'));
  expect(findings).toMatchObject([{ problem: expect.stringContaining("Let's Encrypt, by its name") }]);
});

test('octal numbers with an o', () => {
  const pod = (mode: string) => `${CERTIFICATE}---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: blog }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers: [{ name: postgres, image: "postgres:17", args: [-c, ssl=on, -c, ssl_cert_file=/tls/tls.crt, -c, ssl_key_file=/tls/tls.key], volumeMounts: [{ name: tls, mountPath: /tls }] }]
      volumes: [{ name: tls, secret: { secretName: web, defaultMode: ${mode} } }]
`;
  expect(codes(pod('0o644'))).toContain('PGTLS-F01');
  expect(codes(pod('0644'))).toEqual(codes(pod('0o644')));
});

test('the reader and the validation count the same manifests', () => {
  expect(readTexts([['a.yaml', CERTIFICATE]]).manifests).toHaveLength(inputOfTexts([['a.yaml', CERTIFICATE]]).manifests.length);
});
