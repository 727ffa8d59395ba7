import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Certificate, CertificateAuthority, CertificateRequestPolicies, CertManagerVersion, ClusterIssuer, KeyUsage, Postgres, PostgresMonitor,
  PostgresStorage, PostgresVersion, PrivateKey, Validation,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, refusal, written } from '../support/tree';

const NEWEST = { certManagerVersion: CertManagerVersion.V1_21 };
const issuerOf = (chart: ReturnType<typeof chartIn>, name = 'ca') => ClusterIssuer.fromClusterIssuerName(chart, `issuer-${name}`, name);
const policyOf = (chart: ReturnType<typeof chartIn>, props: Omit<ConstructorParameters<typeof Certificate>[2], 'issuer'>) => {
  Validation.of(chart).configure(NEWEST);
  new CertificateRequestPolicies(chart, 'policies');
  new Certificate(chart, 'cert', { issuer: issuerOf(chart), ...props });
  return written(chart, 'CertificateRequestPolicy').spec;
};

test('allows what one Certificate asks for, and nothing else', () => {
  const chart = chartIn();
  new CertificateRequestPolicies(chart, 'policies');
  new Certificate(chart, 'app', { issuer: issuerOf(chart), commonName: 'app', dnsNames: ['b.example', 'a.example'], usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CLIENT_AUTH] });
  expect(written(chart, 'CertificateRequestPolicy')).toEqual({
    apiVersion: 'policy.cert-manager.io/v1alpha1', kind: 'CertificateRequestPolicy', metadata: { name: 'demo.app' },
    spec: {
      allowed: {
        commonName: { required: true, value: 'app' },
        dnsNames: { required: true, values: ['a.example', 'b.example'] },
        usages: ['digital signature', 'client auth'],
      },
      constraints: { minDuration: '2160h0m0s', maxDuration: '2160h0m0s', privateKey: { algorithm: 'ECDSA', minSize: 256, maxSize: 256 } },
      selector: { issuerRef: { name: 'ca', kind: 'ClusterIssuer', group: 'cert-manager.io' }, namespace: { matchNames: ['demo'] } },
    },
  });
});

test('lets cert-manager use these policies', () => {
  const chart = chartIn();
  const policies = new CertificateRequestPolicies(chart, 'policies', { serviceAccountName: 'controller', serviceAccountNamespace: 'pki' });
  new Certificate(chart, 'one', { issuer: issuerOf(chart), commonName: 'one' });
  new Certificate(chart, 'two', { issuer: issuerOf(chart, 'other'), commonName: 'two' });
  expect(policies.policyNames).toEqual(['demo.one', 'demo.two']);
  expect(written(chart, 'ClusterRole')).toMatchObject({
    rules: [{ apiGroups: ['policy.cert-manager.io'], resources: ['certificaterequestpolicies'], verbs: ['use'], resourceNames: ['demo.one', 'demo.two'] }],
  });
  expect(written(chart, 'ClusterRoleBinding')).toMatchObject({
    roleRef: { kind: 'ClusterRole', name: written(chart, 'ClusterRole').metadata.name }, subjects: [{ kind: 'ServiceAccount', name: 'controller', namespace: 'pki' }],
  });
  for (const kind of ['ClusterRole', 'ClusterRoleBinding']) { expect(written(chart, kind).metadata.namespace).toBeUndefined(); }
});

describe('is written before what it allows, as it has to be applied', () => {
  const leaf = (scope: Construct, chart: Chart) => new Certificate(scope, 'one', { issuer: ClusterIssuer.fromClusterIssuerName(chart, 'issuer', 'ca'), commonName: 'one' });
  test.each<[string, (chart: Chart) => void]>([
    ['created before', (chart) => {
      new CertificateAuthority(chart, 'ca');
      new CertificateRequestPolicies(chart, 'policies');
      leaf(chart, chart);
    }],
    ['created last', (chart) => {
      leaf(chart, chart);
      new CertificateAuthority(chart, 'ca');
      new CertificateRequestPolicies(chart, 'policies');
    }],
    ['created before, in a later place of the tree', (chart) => {
      const [first, second] = [new Construct(chart, 'first'), new Construct(chart, 'second')];
      new CertificateRequestPolicies(second, 'policies');
      new CertificateAuthority(chart, 'ca');
      leaf(first, chart);
    }],
  ])('%s', (_, program) => {
    const chart = chartIn();
    program(chart);
    const objects = Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const place = (object: string) => objects.findIndex((entry) => entry.startsWith(object));
    const inOrder = [['CertificateRequestPolicy demo.ca', 'CertificateRequestPolicy demo.one'], ['ClusterRole '], ['ClusterRoleBinding '], ['Certificate ca', 'Certificate one']]
      .map((group) => group.map(place));
    expect(inOrder.flat()).not.toContain(-1);
    for (const [index, group] of inOrder.slice(1).entries()) { expect(Math.min(...group)).toBeGreaterThan(Math.max(...inOrder[index]!)); }
    expect(refusal(chart)).toBe('');
  });

  test('created last, it writes what it writes when created first', () => {
    const objects = (isLast: boolean) => {
      const chart = chartIn();
      if (!isLast) { new CertificateRequestPolicies(chart, 'policies'); }
      leaf(chart, chart);
      if (isLast) { new CertificateRequestPolicies(chart, 'policies'); }
      return Testing.synth(chart);
    };
    expect(objects(true)).toEqual(objects(false));
  });

  test('a Certificate of another chart does not rename the files', () => {
    const app = Testing.app();
    const [certificates, policies] = [new Chart(app, 'certificates', { namespace: 'demo' }), new Chart(app, 'policies')];
    leaf(certificates, certificates);
    new CertificateRequestPolicies(policies, 'policies');
    app.synth();
    expect(readdirSync(app.outdir).sort()).toEqual(['certificates.k8s.yaml', 'policies.k8s.yaml']);
    expect(readFileSync(join(app.outdir, 'policies.k8s.yaml'), 'utf8')).toContain('name: demo.one');
  });
});

test('includes policies of the given issuers only', () => {
  const chart = chartIn();
  const policed = issuerOf(chart);
  const policies = new CertificateRequestPolicies(chart, 'policies', { issuers: [policed] });
  new Certificate(chart, 'one', { issuer: policed, commonName: 'one' });
  new Certificate(chart, 'two', { issuer: issuerOf(chart, 'other'), commonName: 'two' });
  expect(policies.policyNames).toEqual(['demo.one']);
});

test('allows isCA for the Certificate of a CA', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'ca');
  new CertificateRequestPolicies(chart, 'policies');
  expect(written(chart, 'CertificateRequestPolicy').spec.allowed).toMatchObject({ isCA: true, commonName: { value: 'ca CA' } });
});

test.each<[string, Omit<ConstructorParameters<typeof Certificate>[2], 'issuer'>, object]>([
  ['a wildcard is a name and not a pattern', { dnsNames: ['*.db.svc', 'db.svc'] }, {
    dnsNames: { required: true, validations: [{ rule: 'self in ["*.db.svc", "db.svc"]', message: 'is not declared' }] },
  }],
  ['addresses as Go prints them', { ipAddresses: ['::1', '127.0.0.1', 'FD00:0::1', '::ffff:10.0.0.1'] }, { ipAddresses: { required: true, values: ['10.0.0.1', '127.0.0.1', '::1', 'fd00::1'] } }],
  ['every part of a subject', { commonName: 'a', subject: { organizations: ['o'], countries: ['DE'], serialNumber: '7', postalCodes: ['1'] } }, {
    commonName: { required: true, value: 'a' },
    subject: { organizations: { required: true, values: ['o'] }, countries: { required: true, values: ['DE'] }, serialNumber: { required: true, value: '7' }, postalCodes: { required: true, values: ['1'] } },
  }],
  ['a literal subject', { literalSubject: 'CN=a,DC=example,DC=org' }, {
    commonName: { required: true, value: 'a' }, subject: { otherAttributes: [{ oid: '0.9.2342.19200300.100.1.25', required: true, values: ['example', 'org'] }] },
  }],
  ['other names by their type', { commonName: 'a', otherNames: [{ oid: '1.2.3', utf8Value: 'x' }, { oid: '1.2.3', utf8Value: 'y' }] }, {
    commonName: { required: true, value: 'a' }, otherNames: [{ oid: '1.2.3', required: true, values: ['x', 'y'] }],
  }],
])('%s', (_, props, allowed) => {
  expect(policyOf(chartIn(), props).allowed).toEqual({ ...allowed, usages: ['digital signature', 'key encipherment'] });
});

test('an Ed25519 key has no size', () => {
  expect(policyOf(chartIn(), { commonName: 'a', privateKey: PrivateKey.ed25519() }).constraints.privateKey).toEqual({ algorithm: 'Ed25519' });
});

test('follows a Certificate that is patched afterwards', () => {
  const chart = chartIn();
  new CertificateRequestPolicies(chart, 'policies');
  const certificate = new Certificate(chart, 'cert', { issuer: issuerOf(chart), commonName: 'a' });
  ApiObject.of(certificate).addJsonPatch(JsonPatch.replace('/spec/commonName', 'b'));
  expect(written(chart, 'CertificateRequestPolicy').spec.allowed.commonName.value).toBe('b');
});

test('covers every Certificate of a database; a Certificate of another origin is reported', () => {
  const chart = chartIn();
  const ca = new CertificateAuthority(chart, 'ca');
  new CertificateRequestPolicies(chart, 'policies');
  new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer: ca.issuer }, monitor: PostgresMonitor.prometheus(), storage: PostgresStorage.ephemeral() });
  expect(Validation.of(chart).findings()).toEqual([]);
  new ApiObject(chart, 'raw', {
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'raw' },
    spec: { secretName: 'raw', commonName: 'raw', issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' } },
  });
  expect(Validation.of(chart).findings()).toContainEqual(expect.objectContaining({
    rule: expect.objectContaining({ code: 'PGTLS-E38' }), location: { path: 'chart/raw' }, message: expect.stringContaining("Certificate 'raw' is not allowed by any of 1 policies for Issuer 'ca', the nearest of which is CertificateRequestPolicy 'demo.db-server-cert': spec.allowed.commonName.value allows 'db', not 'raw'; spec.allowed.dnsNames.required is true"),
  }));
});

testWithSchemas('is valid by the schemas', () => {
  const chart = chartIn();
  Validation.of(chart).configure(NEWEST);
  new CertificateRequestPolicies(chart, 'policies');
  new Certificate(chart, 'all', {
    issuer: issuerOf(chart), commonName: 'a', subject: { organizations: ['o'], serialNumber: '1' }, dnsNames: ['*.a'], ipAddresses: ['::1'], uris: ['spiffe://a'],
    emailAddresses: ['a@example.com'], otherNames: [{ oid: '1.2.3', utf8Value: 'x' }],
  });
  new Certificate(chart, 'literal', { issuer: issuerOf(chart, 'b'), literalSubject: 'CN=a,DC=b' });
  expect(Testing.synth(chart).flatMap((manifest: Manifest) => validateManifest(manifest, '1.36.0'))).toEqual([]);
  expect(refusal(chart)).not.toContain('PGTLS-E3');
});
