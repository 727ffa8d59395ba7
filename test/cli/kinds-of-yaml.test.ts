import { inputOfTexts, validateInput } from '../../src/verification';

// Manifests that are right for a reason which stands in another object, or wrong although each of their fields is valid.
const documents = (...texts: string[]) => texts.join('---\n');

const certificate = (spec: string, name = 'web') => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ${name}, namespace: blog }
spec: { secretName: ${name}-tls, ${spec} }
`;
const LEAF = certificate('dnsNames: [web.blog.svc], issuerRef: { name: blog-ca, kind: ClusterIssuer }');

const release = (chart: string, namespace: string, values = '{}') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${chart}, namespace: ${namespace} }
spec: { chart: { spec: { chart: ${chart}, version: v1.20.1, sourceRef: { kind: HelmRepository, name: charts } } }, values: ${values} }
`;

const SELF_SIGNED = documents(`apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: self, namespace: blog }
spec: { selfSigned: {} }
`, certificate('dnsNames: [web.blog.svc], issuerRef: { name: self, kind: Issuer }'));

const injected = (certificateName: string) => `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.blog.example.com, annotations: { cert-manager.io/inject-ca-from: blog/${certificateName} } }
spec: { group: blog.example.com, version: v1, groupPriorityMinimum: 1, versionPriority: 1, service: { name: web, namespace: blog } }
`;

const CLUSTER_ISSUER = documents(`apiVersion: v1
kind: Secret
metadata: { name: zone-token, namespace: infra }
stringData: { token: x }
`, `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: public }
spec:
  acme:
    server: https://acme-v02.api.letsencrypt.org/directory
    privateKeySecretRef: { name: account }
    solvers: [{ dns01: { digitalocean: { tokenSecretRef: { name: zone-token, key: token } } } }]
`);

const BUNDLE = documents(`apiVersion: v1
kind: Secret
metadata: { name: root, namespace: blog }
type: kubernetes.io/tls
data: { tls.crt: LS0t, tls.key: LS0t }
`, `apiVersion: trust.cert-manager.io/v1alpha1
kind: Bundle
metadata: { name: root }
spec: { sources: [{ secret: { name: root, key: tls.crt } }], target: { configMap: { key: ca.crt } } }
`);

const policy = (allowed: string) => `apiVersion: policy.cert-manager.io/v1alpha1
kind: CertificateRequestPolicy
metadata: { name: blog }
spec:
  selector: { issuerRef: { name: blog-ca, kind: ClusterIssuer, group: cert-manager.io } }
  allowed: { dnsNames: { values: [web.blog.svc] }, ${allowed} }
`;

const workload = (kind: string, container: string, volumes = '') => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: db, namespace: blog }
spec:
${kind === 'StatefulSet' ? '  serviceName: db\n' : ''}  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      securityContext: { runAsUser: 70, fsGroup: 70 }
      containers: [${container}]
${volumes}`;

const server = (command: string) => workload('Deployment', `{ name: postgres, image: "postgres:17", command: ${command} }`);

const ownImage = (probe: string) => documents(LEAF, workload('StatefulSet', `{ name: db, image: "registry.example.com/blog/store:7", env: [{ name: PGDATA, value: /data/db }, { name: POSTGRES_DB, value: blog }],
        ports: [{ containerPort: 5432 }], livenessProbe: { exec: { command: ${probe} } }, volumeMounts: [{ name: tls, mountPath: /tls }] }`,
'      volumes: [{ name: tls, secret: { secretName: web-tls, defaultMode: 0440 } }]\n'));

test.each<[kind: string, text: string, found: string[]]>([
  ['a self-signed certificate that cainjector distributes', documents(SELF_SIGNED, injected('web')), []],
  ['a self-signed certificate, where cainjector distributes another one', documents(SELF_SIGNED, injected('other')), ['warning self-signed-leaf 9']],
  ['cert-manager in another namespace, by its release', documents(release('cert-manager', 'infra'), CLUSTER_ISSUER), []],
  ['cert-manager in a namespace that is not known', CLUSTER_ISSUER, ['warning cluster-issuer-secret-namespace 13']],
  ['trust-manager with a namespace of its own, by its release', documents(release('trust-manager', 'infra', '{ app: { trust: { namespace: blog } } }'), BUNDLE), []],
  ['trust-manager with a namespace that is not known', BUNDLE, ['warning bundle-source-namespace 10']],
  ['a request without usages, under a policy that limits usages', documents(policy('usages: [server auth]'), LEAF), []],
  ['a request with another usage than its policy allows', documents(policy('usages: [server auth]'), LEAF.replace('dnsNames', 'usages: [client auth], dnsNames')), ['warning request-policy-missing 11']],
  ['a request without the organization that its policy requires', documents(policy('subject: { organizations: { values: [blog], required: true } }'), LEAF), ['warning request-policy-missing 11']],
  ['a request with the organization that its policy requires', documents(policy('subject: { organizations: { values: [blog], required: true } }'), LEAF.replace('dnsNames', 'subject: { organizations: [blog] }, dnsNames')), []],
  ['an option in one word with its value', server('[postgres, "-c ssl=off"]'), ['error option-in-one-word 10']],
  ['an option as PostgreSQL reads it', server('[postgres, -c, ssl=off]'), []],
  ['a server in an image of its own', ownImage('[sh, -c, psql -c "SELECT 1"]'), ['warning probe-in-shell 17', 'warning server-not-reloaded 18']],
  ['a server in an image of its own, with a probe without a shell', ownImage('[pg_isready]'), ['warning server-not-reloaded 18']],
  ['a certificate of a CA that is public by its name', certificate('dnsNames: [web.example.com, web.blog.svc], issuerRef: { name: zerossl-production, kind: ClusterIssuer }'), ['warning internal-name-from-named-public-ca 4']],
])('%s', (_, text, found) => {
  const findings = validateInput(inputOfTexts([['a.yaml', text]]), {}, { place: '', now: new Date('2026-12-01T00:00:00Z') });
  expect(findings.map(({ severity, rule: { id }, location: { line } }) => `${severity} ${id} ${line}`).sort()).toEqual(found);
});
