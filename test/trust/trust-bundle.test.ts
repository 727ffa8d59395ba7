import { ApiObject, Testing } from 'cdk8s';
import { CertificateAuthority, CertificateAuthorityScope, Issuer, TrustBundle, TrustBundleKind, TrustBundleSource, TrustBundleTarget, TrustedCa, Validation } from '../../src';
import { certificatePem } from '../support/certificate-pem';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, refusal, written } from '../support/tree';

const EVERY_SOURCE = async () => [
  TrustBundleSource.fromPem(await certificatePem('inline')), TrustBundleSource.fromSecretName('root'), TrustBundleSource.fromConfigMapName('roots', 'root.pem'), TrustBundleSource.defaultCas(),
];

test('gets defaults: a Bundle of cluster scope, written into a ConfigMap of every namespace', () => {
  const chart = chartIn();
  const bundle = new TrustBundle(chart, 'roots', { sources: [TrustBundleSource.fromSecretName('root')] });
  expect(written(chart, 'Bundle')).toEqual({
    apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', metadata: { name: 'roots' },
    spec: { sources: [{ secret: { name: 'root', key: 'ca.crt' } }], target: { configMap: { key: 'ca.crt' } } },
  });
  expect(bundle).toMatchObject({ bundleName: 'roots', key: 'ca.crt', isSecret: false, issuers: undefined });
});

test('takes every kind of source and target', async () => {
  const chart = chartIn();
  const pem = await certificatePem('inline');
  new TrustBundle(chart, 'roots', {
    metadata: { name: 'trusted' },
    sources: [TrustBundleSource.fromPem(pem), TrustBundleSource.fromSecretName('root'), TrustBundleSource.fromConfigMapName('roots', 'root.pem'), TrustBundleSource.defaultCas()],
    target: TrustBundleTarget.secret('roots.pem', { labels: { team: 'platform' }, pkcs12Key: 'roots.p12' }),
    namespaceLabels: { database: 'yes' },
  });
  expect(written(chart, 'Bundle')).toMatchObject({
    metadata: { name: 'trusted' },
    spec: {
      sources: [{ inLine: pem }, { secret: { name: 'root', key: 'ca.crt' } }, { configMap: { name: 'roots', key: 'root.pem' } }, { useDefaultCAs: true }],
      target: {
        secret: { key: 'roots.pem', metadata: { labels: { team: 'platform' } } },
        additionalFormats: { pkcs12: { key: 'roots.p12' } },
        namespaceSelector: { matchLabels: { database: 'yes' } },
      },
    },
  });
});

test('is a ClusterBundle where that is installed', async () => {
  const chart = chartIn();
  new TrustBundle(chart, 'roots', {
    kind: TrustBundleKind.CLUSTER_BUNDLE, sources: [...await EVERY_SOURCE(), TrustBundleSource.fromPem(await certificatePem('another'))],
    target: TrustBundleTarget.configMap('ca.crt', { annotations: { note: 'x' }, pkcs12Key: 'ca.p12' }),
  });
  expect(written(chart, 'ClusterBundle')).toEqual({
    apiVersion: 'trust-manager.io/v1alpha2', kind: 'ClusterBundle', metadata: { name: 'roots' },
    spec: {
      sourceRefs: [{ kind: 'Secret', name: 'root', key: 'ca.crt' }, { kind: 'ConfigMap', name: 'roots', key: 'root.pem' }],
      inLineCAs: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/),
      defaultCAs: { provider: 'System' },
      target: { configMap: { data: [{ key: 'ca.crt' }, { key: 'ca.p12', format: 'PKCS12' }], metadata: { annotations: { note: 'x' } } }, namespaceSelector: {} },
    },
  });
});

test('lists the issuers of the certificates that it verifies, where all are known', () => {
  const chart = chartIn('cert-manager');
  const ca = new CertificateAuthority(chart, 'platform', { scope: CertificateAuthorityScope.cluster() });
  const known = TrustedCa.fromCertificateAuthority(ca).root;
  expect(new TrustBundle(chart, 'known', { sources: [known] }).issuers).toEqual([ca.issuer]);
  expect(new TrustBundle(chart, 'some', { sources: [known, TrustBundleSource.defaultCas()] }).issuers).toBeUndefined();
  expect(written(chart, 'Bundle', 'some').metadata.annotations).toEqual({ 'cdk8s-postgres-tls/authorities': 'ClusterIssuer.cert-manager.io//platform' });
  expect(refusal(chart)).toBe('');
});

test('a namespaced CA is refused, because trust-manager cannot read its Secret', () => {
  const chart = chartIn('orders');
  new TrustBundle(chart, 'roots', { sources: [TrustedCa.fromCertificateAuthority(new CertificateAuthority(chart, 'ca')).root] });
  expect(refusal(chart)).toContain("[chart/roots] PGTLS-E30: sources[0].secret is Secret 'ca-key-pair' in namespace 'orders', but trust-manager reads sources in namespace 'cert-manager' only");
  Validation.of(chart).configure({ trustNamespace: 'orders' });
  expect(refusal(chart)).toBe('');
});

test.each<[string, Omit<ConstructorParameters<typeof TrustBundle>[2], 'kind'>, string]>([
  ['references', { sources: [TrustBundleSource.fromSecretName('root')] }, 'supports only TrustBundleSource.fromPem(), got a reference to an object'],
  ['Secrets', { sources: [], target: TrustBundleTarget.secret() }, 'cannot write a Secret, got TrustBundleTarget.secret()'],
  ['other formats', { sources: [], target: TrustBundleTarget.configMap('a', { pkcs12Key: 'b' }) }, "supports only PEM, got pkcs12Key 'b'"],
  ['other namespaces', { sources: [], namespaceLabels: { a: 'b' } }, 'writes only to the namespace of the chart, got namespaceLabels'],
])('a ConfigMap without a source has no %s', (_, props, message) => {
  expect(() => new TrustBundle(chartIn(), 'roots', { ...props, kind: TrustBundleKind.CONFIG_MAP })).toThrow(`[chart/roots] TrustBundleKind.CONFIG_MAP ${message}; use TrustBundleKind.BUNDLE`);
});

test('an invalid name is refused', () => {
  const chart = chartIn();
  new TrustBundle(chart, 'My_Roots', { sources: [TrustBundleSource.fromSecretName('root')] });
  expect(refusal(chart)).toContain("[chart/My_Roots] PGTLS-N01: name 'My_Roots' of Bundle is not a DNS subdomain");
});

test('is checked as written, with patches applied', () => {
  const chart = chartIn();
  const bundle = new TrustBundle(chart, 'roots', { sources: [TrustBundleSource.fromSecretName('root')] });
  ApiObject.of(bundle).addJsonPatch({ _toJson: () => ({ op: 'add', path: '/spec/sources/0/inLine', value: 'x' }) } as never);
  expect(refusal(chart)).toContain('[chart/roots] PGTLS-E20: sources[0] has several source types: secret, inLine');
});

testWithSchemas('is valid by the schemas of trust-manager', async () => {
  const chart = chartIn();
  for (const [index, kind] of [TrustBundleKind.BUNDLE, TrustBundleKind.CLUSTER_BUNDLE].entries()) {
    const target = TrustBundleTarget.configMap('ca.crt', { labels: { a: 'b' }, pkcs12Key: 'ca.p12' });
    new TrustBundle(chart, `full-${index}`, { kind, sources: await EVERY_SOURCE(), target, namespaceLabels: { a: 'b' } });
    new TrustBundle(chart, `least-${index}`, { kind, sources: [TrustedCa.fromIssuer(Issuer.fromIssuerName(chart, `ca${index}`, 'ca'), TrustBundleSource.fromSecretName('x')).root] });
  }
  expect(Testing.synth(chart).flatMap((manifest: Manifest) => validateManifest(manifest, '1.36.0'))).toEqual([]);
});
