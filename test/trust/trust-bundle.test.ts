import { ApiObject, Testing } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-27';
import {
  CaConfigMap, CertificateAuthority, CertificateAuthorityScope, Issuer, TrustBundle, TrustBundleKind, TrustBundleSource, TrustBundleTarget, TrustedCa, TrustSource, Validation,
} from '../../src';
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

test('takes the ConfigMaps and Secrets of cdk8s-plus, which must be where trust-manager reads', () => {
  const sources = (namespace: string) => {
    const chart = chartIn(namespace);
    new TrustBundle(chart, 'roots', {
      sources: [
        TrustBundleSource.fromConfigMap(new ConfigMap(chart, 'map', { metadata: { name: 'map' }, data: { 'ca.crt': 'x', 'root.pem': 'x' } })),
        TrustBundleSource.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'other', 'other'), 'root.pem'),
        TrustBundleSource.fromSecret(new Secret(chart, 'secret', { metadata: { name: 'secret' }, stringData: { 'root.pem': 'x' } }), 'root.pem'),
        TrustBundleSource.fromSecret(Secret.fromSecretName(chart, 'elsewhere', 'elsewhere')),
      ],
    });
    return chart;
  };
  expect(written(sources('cert-manager'), 'Bundle').spec.sources).toEqual([
    { configMap: { name: 'map', key: 'ca.crt' } }, { configMap: { name: 'other', key: 'root.pem' } },
    { secret: { name: 'secret', key: 'root.pem' } }, { secret: { name: 'elsewhere', key: 'ca.crt' } },
  ]);
  expect(refusal(sources('cert-manager'))).toBe('');
  expect(refusal(sources('orders'))).toContain("PGTLS-E30: sources[0].configMap is ConfigMap 'map' in namespace 'orders'");
  expect(refusal(sources('orders'))).toContain("PGTLS-E30: sources[2].secret is Secret 'secret' in namespace 'orders'");
});

test('does not take one for the other', () => {
  const chart = chartIn();
  const [configMap, secret] = [new ConfigMap(chart, 'map'), Secret.fromSecretName(chart, 'secret', 'secret')];
  expect(() => TrustBundleSource.fromConfigMap(secret as never)).toThrow('TrustBundleSource.fromConfigMap: configMap is the construct chart/secret');
  expect(() => TrustBundleSource.fromSecret(configMap as never)).toThrow('TrustBundleSource.fromSecret: secret is the construct chart/map (ConfigMap)');
});

test('says whose certificates it verifies, where it knows it of all', () => {
  const chart = chartIn('cert-manager');
  const ca = new CertificateAuthority(chart, 'platform', { scope: CertificateAuthorityScope.cluster() });
  const known = TrustedCa.fromCertificateAuthority(ca).root;
  expect(new TrustBundle(chart, 'known', { sources: [known] }).issuers).toEqual([ca.issuer]);
  expect(new TrustBundle(chart, 'some', { sources: [known, TrustBundleSource.defaultCas()] }).issuers).toBeUndefined();
  expect(written(chart, 'Bundle', 'some').metadata.annotations).toEqual({ 'cdk8s-postgres-tls/trusted-cas': 'ClusterIssuer.cert-manager.io//platform' });
  expect(refusal(chart)).toBe('');
});

test('a namespaced CA is refused, because trust-manager cannot read its Secret', () => {
  const chart = chartIn('orders');
  new TrustBundle(chart, 'roots', { sources: [TrustedCa.fromCertificateAuthority(new CertificateAuthority(chart, 'ca')).root] });
  expect(refusal(chart)).toContain("[chart/roots] PGTLS-E30: sources[0].secret is Secret 'ca-key-pair' in namespace 'orders', but trust-manager reads sources in namespace 'cert-manager' only");
  Validation.of(chart).configure({ trustNamespace: 'orders' });
  expect(refusal(chart)).toBe('');
});

describe('a CaConfigMap', () => {
  test('has certificates in code, in the namespace of the chart', async () => {
    const chart = chartIn();
    const [first, second] = [await certificatePem('first'), await certificatePem('second')];
    const bundle = new CaConfigMap(chart, 'roots', { metadata: { name: 'cas', labels: { team: 'a' } }, key: 'root.pem', sources: [first, second].map((pem) => TrustBundleSource.fromPem(pem)) });
    expect(written(chart, 'ConfigMap')).toEqual({
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cas', namespace: 'demo', labels: { team: 'a' } }, data: { 'root.pem': first + second },
    });
    expect(bundle).toMatchObject({ bundleName: 'cas', key: 'root.pem', isSecret: false, issuers: undefined });
    expect(TrustSource.fromBundle(bundle)).toMatchObject({ configMapName: 'cas', key: 'root.pem', secretName: undefined });
    expect(refusal(chart)).toBe('');
  });

  test('knows the issuers of its certificates', async () => {
    const chart = chartIn();
    const issuer = Issuer.fromIssuerName(chart, 'ca', 'ca');
    const bundle = new CaConfigMap(chart, 'roots', { sources: [TrustedCa.fromIssuer(issuer, TrustBundleSource.fromPem(await certificatePem('ca'))).root] });
    expect(bundle.issuers).toEqual([issuer]);
    expect(written(chart, 'ConfigMap').metadata.annotations).toEqual({ 'cdk8s-postgres-tls/trusted-cas': 'Issuer.cert-manager.io/demo/ca' });
  });

  test.each<[TrustBundleSource, string]>([
    [TrustBundleSource.fromSecretName('root'), "Secret 'root'"],
    [TrustBundleSource.fromConfigMapName('roots'), "ConfigMap 'roots'"],
    [TrustBundleSource.defaultCas(), 'the default package of trust-manager'],
  ])('reads no other object: %#', async (source, what) => {
    const pem = TrustBundleSource.fromPem(await certificatePem('ca'));
    expect(() => new CaConfigMap(chartIn(), 'roots', { sources: [pem, source] }))
      .toThrow(`[chart/roots] sources[1] is ${what}, which only trust-manager reads; use TrustBundleSource.fromPem(), or a TrustBundle`);
  });

  test.each(['target', 'namespaceLabels', 'kind'])('has no %s, which only trust-manager has', (property) => {
    expect(() => new CaConfigMap(chartIn(), 'roots', { sources: [], [property]: {} } as never)).toThrow(`[chart/roots] ${property} is not a property of CaConfigMapProps`);
  });
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
