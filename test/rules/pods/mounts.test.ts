import { ApiObject, App, Chart, Include, JsonPatch } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Certificate, CertificateAuthority, CertManagerVersion, Issuer, IssuerSource, Manifests, Postgres, PostgresStorage, PostgresVersion, Severity, Validation } from '../../../src';
import { MOUNT_RULES } from '../../../src/rules';
import { certificate, database, env, Fields, fromYaml, issuer, mount, object, root, secretVolume, tlsDatabase, workload, YamlCase } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';
import { chartIn, refusal } from '../../support/tree';

// Other faults of an example belong to the pages of other rules.
const OWN = MOUNT_RULES.rules.map(({ code }) => code);
const ownCodesIn = (manifests: readonly object[]) => codesIn(manifests).filter((code) => OWN.includes(code));

const SERVER = certificate({}, { name: 'server' });
const ROOT = root();
const ACME = issuer({ acme: { server: 'https://acme.example.com/directory', privateKeySecretRef: { name: 'acme' }, solvers: [{ dns01: { route53: { region: 'eu-central-1' } } }] } });

/** An application that sees a Secret in a volume. */
const app = (source: Fields, at: Fields = {}, container: Fields = {}, pod: Fields = {}) =>
  workload('Deployment', 'app', { volumeMounts: [mount('tls', '/tls', at)], ...container }, { volumes: [{ name: 'tls', ...source }], ...pod });
const shows = (...keys: string[]) => ({ secret: { secretName: 'server', items: keys.map((key) => ({ key, path: key })) } });
const csi = (attributes: Fields, rest: Fields = {}) => app({
  csi: {
    driver: 'csi.cert-manager.io', readOnly: true,
    volumeAttributes: Object.fromEntries(Object.entries({ 'issuer-name': 'ca', ...attributes }).filter(([, value]) => value !== undefined).map(([name, value]) => [`csi.cert-manager.io/${name}`, value])),
    ...rest,
  },
});
const job = (kind: 'Job' | 'CronJob', container: Fields, volumes: Fields[]) => {
  const spec = { template: { spec: { containers: [{ name: 'job', image: 'example.com/job:1', ...container }], volumes } } };
  return object('batch/v1', kind, 'job', { spec: kind === 'Job' ? spec : { jobTemplate: { spec } } });
};
const fromSecret = (name: string, key: string, rest: Fields = {}) => ({ env: [{ name: 'CERT', valueFrom: { secretKeyRef: { name, key, ...rest } } }] });
const psql = (environment: Record<string, string>, source: Fields, pod: Fields = {}) =>
  workload('Deployment', 'app', { image: 'postgres:18.4', command: ['psql'], env: env(environment), volumeMounts: [mount('tls', '/tls')] }, { volumes: [{ name: 'tls', ...source }], ...pod });
const CLIENT = certificate({ usages: ['client auth', 'digital signature'], dnsNames: undefined }, { name: 'client' });

test('a server that shows its certificate passes', () => {
  expect(codesIn([SERVER, tlsDatabase('server')])).toEqual([]);
  expect(codesIn([SERVER, database({ volumeMounts: [mount('tls', '/tls')] }, { volumes: [secretVolume('tls', 'server')] })])).toEqual([]);
});

// Every branch is broken exactly, and met narrowly.
test.each<[string, string, Fields[], Fields[]]>([
  ['PGTLS-C06', 'key.der', [SERVER, app(shows('key.der'))], [certificate({ additionalOutputFormats: [{ type: 'DER' }] }, { name: 'server' }), app(shows('key.der'))]],
  ['PGTLS-C06', 'tls-combined.pem', [SERVER, app(shows('tls-combined.pem'))],
    [certificate({ additionalOutputFormats: [{ type: 'CombinedPEM' }] }, { name: 'server' }), app(shows('tls-combined.pem'))]],
  ['PGTLS-C06', 'keystore.p12', [SERVER, app(shows('keystore.p12'))],
    [certificate({ keystores: { pkcs12: { create: true, passwordSecretRef: { name: 'p', key: 'k' } } } }, { name: 'server' }), app(shows('keystore.p12', 'truststore.p12'))]],
  ['PGTLS-C06', 'keystore.jks that is switched off', [certificate({ keystores: { jks: { create: false, passwordSecretRef: { name: 'p', key: 'k' } } } }, { name: 'server' }), app(shows('keystore.jks'))],
    [certificate({ keystores: { jks: { create: true, passwordSecretRef: { name: 'p', key: 'k' } } } }, { name: 'server' }), app(shows('keystore.jks'))]],
  ['PGTLS-C06', 'ca.crt of ACME', [SERVER, ACME, app(shows('ca.crt'))], [SERVER, app(shows('ca.crt'))]],
  ['PGTLS-C06', 'a name of another tool', [SERVER, app(shows('server.crt'))], [SERVER, app({ secret: { secretName: 'server', items: [{ key: 'tls.crt', path: 'server.crt' }] } })]],
  ['PGTLS-C06', 'in a projection', [SERVER, app({ projected: { sources: [shows('ca.pem')].map(({ secret: { secretName, items } }) => ({ secret: { name: secretName, items } })) } })],
    [SERVER, app({ projected: { sources: [{ secret: { name: 'server', items: [{ key: 'ca.crt', path: 'ca.pem' }] } }] } })]],
  ['PGTLS-C06', 'in a variable', [SERVER, workload('Deployment', 'app', fromSecret('server', 'tls.pem'))], [SERVER, job('Job', fromSecret('server', 'tls.crt'), [])]],
  ['PGTLS-C06', 'unless it is optional', [SERVER, app(shows('key.der'))], [SERVER, app({ secret: { ...shows('key.der').secret, optional: true } })]],

  ['PGTLS-C08', 'no issuer', [csi({ 'issuer-name': undefined })], [csi({})]],
  ['PGTLS-C08', 'writable', [csi({}, { readOnly: false })], [csi({}, { driver: 'other.example.com', readOnly: false })]],
  ['PGTLS-C08', 'a self-signed issuer', [csi({}), issuer({ selfSigned: {} })], [csi({ 'issuer-kind': 'ClusterIssuer' }), issuer({ selfSigned: {} })]],
  ['PGTLS-C08', 'PKCS1 for ECDSA', [csi({ 'key-algorithm': 'ECDSA', 'key-size': '256', 'key-encoding': 'PKCS1' })],
    [csi({ 'key-algorithm': 'ECDSA', 'key-size': '256', 'key-encoding': 'PKCS8' })]],
  ['PGTLS-C08', 'a size for Ed25519', [csi({ 'key-algorithm': 'Ed25519', 'key-size': '256' })], [csi({ 'key-algorithm': 'Ed25519' })]],
  ['PGTLS-C08', 'an RSA key that is too short', [csi({ 'key-size': '1024' })], [csi({ 'key-size': '2048' })]],
  ['PGTLS-C08', 'an unknown variable', [csi({ 'dns-names': '$POD_IP.demo' })], [csi({ 'dns-names': '${POD_NAME}.demo', 'ip-sans': '${POD_IP}' })]],
  ['PGTLS-C08', 'a path for a file', [csi({ 'ca-file': 'ca/ca.crt' })], [csi({ 'ca-file': 'ca.pem' })]],
  ['PGTLS-C08', 'one name for two files', [csi({ 'ca-file': 'tls.crt' })], [csi({ 'ca-file': 'tls.crt', 'certificate-file': 'server.crt' })]],
  ['PGTLS-C08', 'an invalid boolean', [csi({ 'is-ca': 'yes' })], [csi({ 'is-ca': 'false' })]],
  ['PGTLS-C08', 'a value that is no string', [csi({ 'reuse-private-key': true })], [csi({ 'reuse-private-key': 'true' })]],
  ['PGTLS-C08', 'days', [csi({ duration: '30d' })], [csi({ duration: '720h' })]],

  ['PGTLS-E16', 'in a volume that a container mounts', [ROOT, app({ secret: { secretName: 'root' } })],
    [ROOT, workload('Deployment', 'app', {}, { volumes: [secretVolume('tls', 'root')] })]],

  ['PGTLS-F01', 'a client of libpq', [CLIENT, psql({ PGSSLKEY: '/tls/tls.key' }, { secret: { secretName: 'client', defaultMode: 0o444 } })],
    [CLIENT, psql({ PGSSLKEY: '/tls/tls.key' }, { secret: { secretName: 'client', defaultMode: 0o400 } })]],
  // Not every driver looks at the mode, and an unknown image may hold any.
  ['PGTLS-F01', 'nothing is known of a client', [CLIENT, psql({ PGSSLKEY: '/tls/tls.key' }, { secret: { secretName: 'client' } })],
    [CLIENT, app({ secret: { secretName: 'client' } }, {}, { env: env({ PGSSLKEY: '/tls/tls.key' }) })]],

  ['PGTLS-F02', 'any program that is not root', [SERVER, app({ secret: { secretName: 'server', defaultMode: 0o400 } }, {}, { securityContext: { runAsUser: 1000 } }, { securityContext: {} })],
    [SERVER, app({ secret: { secretName: 'server', defaultMode: 0o400 } }, {}, { securityContext: { runAsUser: 1000 } }, { securityContext: { fsGroup: 1000 } })]],
  ['PGTLS-F02', 'another group', [SERVER, app({ secret: { secretName: 'server', defaultMode: 0o440 } }, {}, {}, { securityContext: { runAsUser: 1000, runAsGroup: 1000 } })],
    [SERVER, app({ secret: { secretName: 'server', defaultMode: 0o440 } }, {}, {}, { securityContext: { runAsUser: 1000, runAsGroup: 0 } })]],
  ['PGTLS-F02', 'the group of the official image', [SERVER, tlsDatabase('server', [], { securityContext: {} })],
    [SERVER, tlsDatabase('server', [], { securityContext: { supplementalGroups: [0] } })]],

  ['PGTLS-F03', 'a variable', [SERVER, workload('Deployment', 'app', fromSecret('server', 'tls.crt'))], [SERVER, workload('Deployment', 'app', fromSecret('other', 'tls.crt'))]],
  ['PGTLS-F03', 'all variables', [SERVER, workload('Deployment', 'app', { envFrom: [{ secretRef: { name: 'server' } }] })],
    [SERVER, workload('Deployment', 'app', { envFrom: [{ secretRef: { name: 'other' } }] })]],

  ['PGTLS-F04', 'of a client', [CLIENT, psql({ PGSSLCERT: '/tls/tls.crt' }, { secret: { secretName: 'client', optional: true } })],
    [CLIENT, psql({}, { secret: { secretName: 'client', optional: true } })]],

  ['PGTLS-F06', 'a slash more', [app({ emptyDir: {} }, {}, { volumeMounts: [mount('tls', '/a'), mount('tls', '/a/')] })],
    [app({ emptyDir: {} }, {}, { volumeMounts: [mount('tls', '/a'), mount('tls', '/ab')] })]],
  ['PGTLS-F06', 'two items', [app({ secret: { secretName: 'x', items: [{ key: 'a', path: 'p' }, { key: 'b', path: 'p' }] } })],
    [app({ secret: { secretName: 'x', items: [{ key: 'a', path: 'p' }, { key: 'a', path: 'q' }] } })]],
  ['PGTLS-F06', 'two Certificates in a projection', [SERVER, CLIENT, app({ projected: { sources: [{ secret: { name: 'server' } }, { secret: { name: 'client' } }] } })],
    [SERVER, CLIENT, app({ projected: { sources: [{ secret: { name: 'server', items: [{ key: 'ca.crt', path: 'server-ca.crt' }] } }, { secret: { name: 'client' } }] } })]],

  ['PGTLS-F07', 'unless it serves with it', [SERVER, tlsDatabase('server'), app({ secret: { secretName: 'server' } })],
    [SERVER, tlsDatabase('server'), app({ secret: { secretName: 'server' } }, {}, { image: 'edoburu/pgbouncer:1' })]],
  ['PGTLS-F07', 'a certificate that no server shows', [SERVER, tlsDatabase('server'), app({ secret: { secretName: 'server' } })],
    [SERVER, app({ secret: { secretName: 'server' } })]],
])('%s: %s', (code, _, broken, met) => {
  expect(ownCodesIn(broken)).toEqual([code]);
  expect(ownCodesIn(met)).toEqual([]);
});

/** A server that shows its certificate, and that nothing reloads or restarts. */
const NEVER_RELOADED = `
  kind: Certificate
  ---
  kind: StatefulSet
  metadata: { annotations: null }
  spec:
    template:
      spec:
        containers:
          - name: postgres
            image: postgres:18.4
            volumeMounts: [{ name: tls, mountPath: /tls }, { name: config, mountPath: /config }]
`;

// The same, in YAML laid over the base examples of docs/rules: the common manifests, a violation and a correction.
test.each<YamlCase>([
  {
    code: 'PGTLS-A11', name: 'a temporary certificate is refused by a server whose settings are out of sight too; an application may show one',
    both: `
      kind: Certificate
      metadata: { annotations: { cert-manager.io/issue-temporary-certificate: 'true' } }
    `,
    broken: `
      kind: StatefulSet
      spec:
        template:
          spec:
            containers: [{ name: postgres, image: postgres:18.4, volumeMounts: [{ name: tls, mountPath: /tls }] }]
    `,
    met: `
      kind: Deployment
      spec:
        template:
          spec:
            containers: [{ name: app, image: example.com/app:1, volumeMounts: [{ name: tls, mountPath: /tls }] }]
            volumes: [{ name: tls, secret: { secretName: db-server-cert, items: [{ key: tls.crt, path: tls.crt }] } }]
    `,
  },
  {
    code: 'PGTLS-E12', name: 'a client shows the certificate of a CA as its own',
    both: `
      kind: Deployment
      spec:
        template:
          spec:
            containers:
              - name: app
                image: example.com/app:1
                env: [{ name: PGHOST, value: db }, { name: PGSSLCERT, value: /tls/tls.crt }]
                volumeMounts: [{ name: tls, mountPath: /tls }]
            volumes: [{ name: tls, secret: { secretName: shown, defaultMode: 288 } }]
            securityContext: { fsGroup: 999 }
    `,
    broken: `
      kind: Certificate
      metadata: { name: shown }
      spec:
        secretName: shown
        isCA: true
        dnsNames: null
        usages: [cert sign]
        privateKey: { rotationPolicy: Never }
    `,
    met: `
      kind: Certificate
      metadata: { name: shown }
      spec: { secretName: shown, dnsNames: null, usages: [client auth, digital signature] }
    `,
  },
  {
    code: 'PGTLS-E16', name: 'a server needs the certificate of its root CA, and not the key that is in the same Secret',
    both: `
      kind: Certificate
      ---
      kind: Certificate
      metadata: { name: root }
      spec:
        secretName: root
        isCA: true
        dnsNames: null
        usages: [cert sign]
        duration: 87600h0m0s
        renewBefore: 8760h0m0s
        privateKey: { rotationPolicy: Never }
    `,
    broken: serverWithRoot('{ secretName: root, defaultMode: 288 }'),
    met: serverWithRoot('{ secretName: root, defaultMode: 288, items: [{ key: tls.crt, path: ca.crt }] }'),
  },
  {
    code: 'PGTLS-F01', name: 'a key that no Certificate of the manifests writes needs its mode as well',
    broken: `
      kind: StatefulSet
      spec: { template: { spec: { volumes: [{ name: tls, secret: { secretName: foreign } }, { name: config, configMap: { name: db-config } }] } } }
    `,
    met: `
      kind: StatefulSet
      spec: { template: { spec: { volumes: [{ name: tls, secret: { secretName: foreign, defaultMode: 288 } }, { name: config, configMap: { name: db-config } }] } } }
    `,
  },
  {
    code: 'PGTLS-F01', name: 'an exporter names its key in a connection string, and a projection shows the key under that name',
    broken: exporterWithKey('sources: [{ secret: { name: client, items: [{ key: tls.key, path: client.key }, { key: tls.crt, path: client.crt }] } }]'),
    met: exporterWithKey('defaultMode: 288, sources: [{ secret: { name: client, items: [{ key: tls.key, path: client.key }, { key: tls.crt, path: client.crt }] } }]'),
  },
  {
    code: 'PGTLS-F01', name: 'the mode does not matter where an init container copies the key',
    both: 'kind: Certificate',
    broken: serverOf('initContainers: null'),
    met: serverOf("initContainers: [{ name: copy, image: busybox, command: [sh, -c, 'cp /tls/tls.key /data && chmod 600 /data/tls.key'], volumeMounts: [{ name: tls, mountPath: /tls }] }]"),
  },
  {
    code: 'PGTLS-F03', name: 'a file that is mounted by subPath is never updated, which a pod that ends by itself does not notice',
    both: 'kind: Certificate',
    broken: applicationWithSubPath(''),
    met: `
      apiVersion: batch/v1
      kind: CronJob
      spec:
        jobTemplate:
          spec:
            template:
              spec:
                containers: [{ name: job, image: example.com/job:1, volumeMounts: [{ name: tls, mountPath: /ca.crt, subPath: ca.crt }] }]
                volumes: [{ name: tls, secret: { secretName: db-server-cert, items: [{ key: ca.crt, path: ca.crt }] } }]
    `,
  },
  {
    code: 'PGTLS-F03', name: 'a file that is mounted by subPath is never updated, unless the pod is restarted when the Secret changes',
    both: 'kind: Certificate',
    broken: applicationWithSubPath(''),
    met: applicationWithSubPath("annotations: { secret.reloader.stakater.com/reload: 'a, db-server-cert' }"),
  },
  {
    code: 'PGTLS-F05', name: 'a sidecar that asks for reloads',
    both: 'kind: Certificate',
    broken: NEVER_RELOADED,
    met: `
      kind: StatefulSet
      metadata: { annotations: null }
      spec:
        template:
          spec:
            containers:
              - { name: postgres, image: postgres:18.4, volumeMounts: [{ name: tls, mountPath: /tls }] }
              - { name: reload, image: postgres:18.4, command: [sh, -c, 'while sleep 60; do psql -c "SELECT pg_reload_conf()"; done'] }
    `,
  },
  {
    code: 'PGTLS-F05', name: 'a mounted script reloads only if it signals the server',
    both: NEVER_RELOADED,
    broken: `
      kind: ConfigMap
      data: { run.sh: sleep 1 }
    `,
    met: `
      kind: ConfigMap
      data: { run.sh: 'kill -HUP "$pid"' }
    `,
  },
  {
    code: 'PGTLS-F05', name: 'a restart by an annotation counts only if it names the Secret',
    both: 'kind: Certificate',
    broken: `
      kind: StatefulSet
      metadata: { annotations: { reloader.stakater.com/auto: null, secret.reloader.stakater.com/reload: other } }
    `,
    met: `
      kind: StatefulSet
      metadata: { annotations: { reloader.stakater.com/auto: null, secret.reloader.stakater.com/reload: 'other,db-server-cert' } }
    `,
  },
  {
    code: 'PGTLS-F05', name: 'a CronJob that asks for reloads from another pod',
    both: NEVER_RELOADED,
    broken: '',
    met: `
      apiVersion: batch/v1
      kind: CronJob
      spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: job, image: example.com/job:1, command: [psql, -h, db, -c, 'SELECT pg_reload_conf()'] }] } } } } }
    `,
  },
])('$code: $name', ({ code, both = '', broken, met }) => {
  expect(ownCodesIn(fromYaml(both, broken))).toEqual([code]);
  expect(ownCodesIn(fromYaml(both, met))).toEqual([]);
});

/** A server that reads a CA file from a volume of the Secret. */
function serverWithRoot(secret: string): string {
  return `
    kind: StatefulSet
    spec:
      template:
        spec:
          containers:
            - name: postgres
              image: postgres:18.4
              args: [-c, ssl=on, -c, ssl_cert_file=/tls/tls.crt, -c, ssl_key_file=/tls/tls.key, -c, ssl_ca_file=/root/ca.crt]
              volumeMounts: [{ name: tls, mountPath: /tls }, { name: root, mountPath: /root }]
          volumes:
            - { name: tls, secret: { secretName: db-server-cert, defaultMode: 288 } }
            - { name: root, secret: ${secret} }
  `;
}

/** A server whose settings are out of sight, with a Secret in the mode that kubelet gives by default. */
function serverOf(more: string): string {
  return `
    kind: StatefulSet
    spec:
      template:
        spec:
          ${more}
          containers: [{ name: postgres, image: postgres:18.4, volumeMounts: [{ name: tls, mountPath: /tls }] }]
          volumes: [{ name: tls, secret: { secretName: db-server-cert } }]
  `;
}

function exporterWithKey(projected: string): string {
  return `
    kind: Certificate
    metadata: { name: client }
    spec: { secretName: client, dnsNames: null, usages: [client auth, digital signature] }
    ---
    kind: Deployment
    spec:
      template:
        spec:
          securityContext: { fsGroup: 999 }
          containers:
            - name: app
              image: quay.io/prometheuscommunity/postgres-exporter:v0.17.1
              env: [{ name: DATA_SOURCE_URI, value: 'db.demo.svc/postgres?sslmode=verify-full&sslkey=/tls/client.key&sslcert=/tls/client.crt' }]
              volumeMounts: [{ name: tls, mountPath: /tls }]
          volumes: [{ name: tls, projected: { ${projected} } }]
  `;
}

function applicationWithSubPath(metadata: string): string {
  return `
    kind: Deployment
    metadata:
      ${metadata}
      name: app
    spec:
      template:
        spec:
          containers: [{ name: app, image: example.com/app:1, volumeMounts: [{ name: tls, mountPath: /ca.crt, subPath: ca.crt }] }]
          volumes: [{ name: tls, secret: { secretName: db-server-cert, items: [{ key: ca.crt, path: ca.crt }] } }]
  `;
}

test('a certificate that is never renewed may be in a variable', () => {
  const issuedOnce = certificate({ renewal: { policy: 'Disabled' }, renewBefore: undefined }, { name: 'server' });
  expect(codesIn([issuedOnce, workload('Deployment', 'app', fromSecret('server', 'tls.crt'))], { certManagerVersion: CertManagerVersion.V1_21 })).toEqual(['PGTLS-D12']);
});

// Facts on key files: what kubelet makes of the mode, and what PostgreSQL makes of that (measured on 13 to 18).
test.each<[number | undefined, boolean, string[]]>([
  [undefined, true, ['PGTLS-F01']],
  [0o644, true, ['PGTLS-F01']],
  [0o444, true, ['PGTLS-F01']],
  [0o660, true, ['PGTLS-F01']],
  [0o450, true, ['PGTLS-F01']],
  [0o640, true, []],
  [0o440, true, []],
  [0o600, true, []],
  [0o400, true, []],
  [0o644, false, ['PGTLS-F01']],
  [0o640, false, ['PGTLS-F02']],
  [0o600, false, ['PGTLS-F02']],
  [0o400, false, ['PGTLS-F02']],
])('mode %o, fsGroup %p: %j', (mode, hasGroup, codes) => {
  const pod = tlsDatabase('server', [], { securityContext: hasGroup ? { fsGroup: 999 } : { runAsUser: 999 } });
  const { volumes } = (pod['spec'] as { template: { spec: { volumes: Array<{ secret: Fields }> } } }).template.spec;
  volumes[0]!.secret = { secretName: 'server', defaultMode: mode };
  expect(codesIn([SERVER, pod])).toEqual(codes);
});

test('octal modes in foreign YAML are octal, as Kubernetes reads them', () => {
  const yaml = stringify(SERVER) + '---\n' + stringify(tlsDatabase('server')).replace('defaultMode: 288', 'defaultMode: 0440');
  expect(yaml).toContain('defaultMode: 0440');
  expect(Manifests.fromYaml({ 'a.yaml': yaml }).validate()).toEqual([]);
  expect(Manifests.fromYaml({ 'a.yaml': yaml.replace('0440', '0644') }).validate()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-F01' }), message: expect.stringContaining('with mode 0644') })]);
});

describe('in a construct tree', () => {
  function ca(chart: Chart) {
    return new Certificate(chart, 'app', { issuer: new Issuer(chart, 'ca', { source: IssuerSource.ca(Certificate.fromSecretName(chart, 'root', 'root')) }), commonName: 'app' });
  }

  function deployment(chart: Chart, tls: Certificate, options: plus.SecretVolumeOptions = {}) {
    const pods = new plus.Deployment(chart, 'app-pods', { containers: [{ image: 'example.com/app:1' }] });
    pods.containers[0]!.mount('/tls', plus.Volume.fromSecret(chart, 'volume', tls.secret, options));
    return pods;
  }

  test("a Deployment of cdk8s-plus that mounts our Certificate's Secret", () => {
    const chart = chartIn();
    deployment(chart, ca(chart), { items: { 'key.der': { path: 'key.der' } } });
    expect(refusal(chart)).toContain("[chart/app-pods] PGTLS-C06: volume 'secret-app' uses key 'key.der' of Secret 'app', which Certificate 'app' does not write");
  });

  test('the same Deployment without the fault', () => {
    const chart = chartIn();
    deployment(chart, ca(chart), { items: { 'tls.key': { path: 'key.pem' } } });
    expect(refusal(chart)).toBe('');
  });

  test("a Deployment that mounts a database's server Secret is warned of", () => {
    const chart = chartIn();
    const ca = new CertificateAuthority(chart, 'ca');
    const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: ca.issuer } });
    const pods = new plus.Deployment(chart, 'app-pods', { containers: [{ image: 'example.com/app:1' }] });
    pods.containers[0]!.mount('/tls', plus.Volume.fromSecret(chart, 'volume', plus.Secret.fromSecretName(chart, 'secret', 'db-server-cert')));
    expect(Validation.of(db).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-F07' }), severity: Severity.WARNING, location: expect.objectContaining({ path: 'chart/app-pods' }) })]);
  });

  test('included YAML', () => {
    const chart = chartIn();
    ca(chart);
    const folder = mkdtempSync(join(tmpdir(), 'included-'));
    writeFileSync(join(folder, 'app.yaml'), stringify(app(shows('key.der'))).replaceAll('secretName: server', 'secretName: app'));
    new Include(chart, 'theirs', { url: join(folder, 'app.yaml') });
    rmSync(folder, { recursive: true });
    expect(refusal(chart)).toContain('PGTLS-C06');
  });

  test('a patch on a database: the mode of its key', () => {
    const chart = chartIn('demo', 'chart', new App());
    const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer: new CertificateAuthority(chart, 'ca').issuer } });
    const statefulSet = db.node.findAll().find((child) => ApiObject.isApiObject(child) && (child as ApiObject).kind === 'StatefulSet') as ApiObject;
    const index = (statefulSet.toJson().spec.template.spec.volumes as Array<{ name: string }>).findIndex(({ name }) => name === 'server-cert');
    statefulSet.addJsonPatch(JsonPatch.replace(`/spec/template/spec/volumes/${index}/secret/defaultMode`, 0o644));
    expect(refusal(chart)).toContain("PGTLS-F01: container 'postgres' mounts tls.key of Secret 'db-server-cert' with mode 0644");
  });
});

test('a message has the place, the fault and the fix', () => {
  expect(findingsIn([SERVER, app(shows('ca.crt'), { subPath: 'ca.crt' })])).toMatchObject([{
    rule: { code: 'PGTLS-F03', page: 'docs/rules/renewal-not-visible.md' }, severity: Severity.ERROR, location: { path: "manifests.yaml: Deployment 'app' in namespace 'demo'" },
    target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'demo', name: 'app' },
    message: "container 'app' mounts 'ca.crt' of Secret 'server' as subPath at '/tls', which is not updated at renewal; mount the Secret as a directory, or restart the pod at each renewal",
  }]);
});
