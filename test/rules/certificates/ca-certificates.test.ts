import { Severity } from '../../../src';
import { bundle, caIssuer, certificate, clusterCaIssuer, intermediate, issuerRef, root, selfSignedIssuer } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';

const codes = (...manifests: object[]) => codesIn(manifests);

/** A self-signed root, its issuer and a leaf; then the leaf alone, below nothing that is known. */
const pair = (ca: object, signed: object = {}) => codes(selfSignedIssuer(), root(ca), caIssuer(), certificate(signed));
const chain = (top: object, middle: object, signed: object) =>
  codes(selfSignedIssuer(), root(top), caIssuer('root', { name: 'root' }), intermediate(middle), caIssuer('intermediate'), certificate(signed));

test('valid chains have no finding', () => {
  expect(pair({})).toEqual([]);
  expect(chain({}, {}, {})).toEqual([]);
});

test.each<[string, object, object]>([
  ['PGTLS-E04', { isCA: true, usages: undefined, commonName: undefined }, { isCA: true, usages: undefined, commonName: undefined, subject: { organizations: ['a'] } }],
  ['PGTLS-E04', { isCA: true, usages: undefined, commonName: '', subject: {} }, { isCA: true, usages: undefined, commonName: undefined, literalSubject: 'O=a' }],
  ['PGTLS-E07', { nameConstraints: { permitted: { dnsDomains: ['svc'] } } }, { isCA: true, usages: undefined, nameConstraints: { permitted: { dnsDomains: ['svc'] } } }],
  ['PGTLS-E07', { isCA: true, usages: undefined, nameConstraints: { critical: true } }, { nameConstraints: null }],
  ['PGTLS-E09', { usages: ['digital signature', 'any'] }, { usages: ['digital signature', 'any', 'server auth'] }],
  ['PGTLS-E09', { usages: ['key encipherment', 'client auth'] }, { usages: ['signing', 'client auth'] }],
  ['PGTLS-E09', { usages: ['content commitment', 'server auth'] }, { usages: ['key encipherment', 'server auth'] }],
  ['PGTLS-E09', { usages: ['data encipherment', 'server auth'] }, { usages: ['data encipherment', 'digital signature', 'server auth'] }],
  ['PGTLS-E09', { usages: ['any'] }, { usages: ['server auth', 'client auth'] }],
  ['PGTLS-E18', { isCA: true, usages: ['cert sign', 'server auth'] }, { isCA: true, usages: ['cert sign', 'digital signature'] }],
  // The identity issuer of Linkerd, whose proxies are servers and clients.
  ['PGTLS-E18', { isCA: true, usages: ['cert sign', 'crl sign', 'client auth'] }, { isCA: true, usages: ['cert sign', 'crl sign', 'server auth', 'client auth'] }],
  ['PGTLS-E18', { isCA: true, usages: ['cert sign', 'any'] }, { isCA: true, usages: ['cert sign', 'any', 'client auth', 'server auth'] }],
  ['PGTLS-E19', constraints({}), constraints({ dnsDomains: ['svc'] })],
  ['PGTLS-E19', constraints({ ipRanges: ['10.0.0.0'] }), constraints({ ipRanges: ['10.0.0.1/8'] })],
  ['PGTLS-E19', constraints({ ipRanges: ['10.0.0.0/33'] }), constraints({ ipRanges: ['fd00::/128'] })],
  ['PGTLS-E19', constraints({ ipRanges: ['fe80::1%eth0/64'] }), constraints({ ipRanges: ['::/0', '0.0.0.0/0'] })],
  ['PGTLS-E19', constraints({ dnsDomains: ['exämple.com'] }), constraints({ dnsDomains: ['xn--exmple-cua.com'] })],
  ['PGTLS-E19', constraints({ emailAddresses: ['jörg@example.com'] }), constraints({ emailAddresses: ['joerg@example.com', '.example.com'] })],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(certificate(broken))).toEqual([code]);
  expect(codes(certificate(met))).toEqual([]);
});

test('every invalid name constraint is reported', () => {
  const spec = { isCA: true, usages: undefined, nameConstraints: { permitted: { ipRanges: ['a', 'b'] }, excluded: { dnsDomains: ['ö'] } } };
  expect(findingsIn([certificate(spec)]).map(({ message }) => message.split(';')[0])).toEqual([
    "nameConstraints.permitted.ipRanges entry 'a' is not a network in CIDR notation",
    "nameConstraints.permitted.ipRanges entry 'b' is not a network in CIDR notation",
    "nameConstraints.excluded.dnsDomains entry 'ö' is not ASCII",
  ]);
});

describe('the key pair of an issuer', () => {
  test('is that of a CA', () => {
    expect(pair({ isCA: undefined })).toContain('PGTLS-E01');
    expect(pair({ isCA: false, issuerRef: issuerRef('elsewhere') })).toEqual(['PGTLS-E01']);
    expect(codes(caIssuer('not-made-here'))).toEqual([]);
  });

  test('is reported with the issuer, the Secret and the Certificate that writes it', () => {
    const [finding] = findingsIn([root({ isCA: false, issuerRef: issuerRef('elsewhere') }), caIssuer()]);
    expect(finding).toMatchObject({ rule: expect.objectContaining({ code: 'PGTLS-E01' }), location: expect.objectContaining({ path: "manifests.yaml: Issuer 'ca' in namespace 'demo'" }) });
    expect(finding!.message).toMatch(/^Issuer 'ca' signs with Secret 'root', but Certificate 'root', which writes it, has no isCA;/);
  });

  test('is in the namespace of an Issuer', () => {
    expect(codes(selfSignedIssuer({ namespace: 'pki' }), root({}, { namespace: 'pki' }), caIssuer())).toEqual(['PGTLS-E02']);
    expect(codes(selfSignedIssuer(), root(), caIssuer(), selfSignedIssuer({ namespace: 'pki' }), root({}, { namespace: 'pki' }))).toEqual([]);
  });

  test('is in the cluster resource namespace for a ClusterIssuer', () => {
    const platform = [selfSignedIssuer({ namespace: 'pki' }), root({}, { namespace: 'pki' }), clusterCaIssuer()];
    expect(codesIn(platform)).toEqual(['PGTLS-E02']);
    expect(codesIn(platform, { clusterResourceNamespace: 'pki' })).toEqual([]);
    expect(findingsIn(platform)[0]!.message).toContain("reads Secret 'root' in namespace 'cert-manager', but Certificate 'root' writes it in namespace 'pki'");
  });

  test('may be copied there by the app or by a tool that copies Secrets', () => {
    const elsewhere = [selfSignedIssuer({ namespace: 'pki' }), caIssuer()];
    expect(codes(...elsewhere, root({}, { namespace: 'pki' }), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'root', namespace: 'demo' } })).toEqual([]);
    const secretTemplate = { annotations: { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' } };
    expect(codes(...elsewhere, root({ secretTemplate }, { namespace: 'pki' }))).toEqual([]);
  });

  test('is unknown without a namespace, or where a leaf has a Secret of that name', () => {
    const nowhere = caIssuer();
    expect(codes(selfSignedIssuer({ namespace: 'pki' }), root({}, { namespace: 'pki' }), { ...nowhere, metadata: { name: 'ca' } })).toEqual([]);
    expect(codes(certificate({ secretName: 'root', issuerRef: issuerRef('elsewhere') }, { namespace: 'pki' }), nowhere)).toEqual([]);
  });
});

describe('an issuer cycle', () => {
  test('of one CA is reported', () => {
    expect(codes(root({ issuerRef: issuerRef('ca') }), caIssuer())).toEqual(['PGTLS-E03']);
  });

  test('of two CAs has one finding', () => {
    const circle = [root({ issuerRef: issuerRef('ca'), duration: '8760h', renewBefore: '4320h' }), caIssuer('root', { name: 'root' }), intermediate(), caIssuer('intermediate')];
    const found = findingsIn([...circle, certificate()]);
    expect(found.map(({ rule: { code } }) => code)).toEqual(['PGTLS-E03']);
    const cycle = "Certificate 'intermediate' is signed by Certificate 'root', which is signed by Certificate 'intermediate': no certificate of this cycle can be issued; ";
    expect(found[0]!.message.startsWith(cycle)).toBe(true);
  });

  test('has no finding at a leaf below it', () => {
    expect(codes(root({ issuerRef: issuerRef('ca') }), caIssuer(), certificate())).toEqual(['PGTLS-E03']);
  });

  test('is not reported for a chain that ends in a selfSigned or unknown issuer', () => {
    expect(codes(intermediate(), caIssuer('intermediate'), certificate())).toEqual([]);
  });
});

describe('a key that changes at every renewal', () => {
  test.each([[{ rotationPolicy: 'Always' }], [{}], [undefined]])('%j', (privateKey) => {
    expect(pair({ privateKey })).toEqual(['PGTLS-E05']);
  });

  test('is harmless where no issuer signs with it, where it is never renewed and in an intermediate', () => {
    const rotates = { privateKey: { rotationPolicy: 'Always' } };
    expect(codes(selfSignedIssuer(), root(rotates))).toEqual([]);
    expect(chain({}, rotates, {})).toEqual([]);
    expect(codes(root({ ...rotates, issuerRef: issuerRef('who-knows') }), caIssuer())).toEqual([]);
    expect(codesIn([selfSignedIssuer(), root({ ...rotates, renewal: { policy: 'Disabled' } }), caIssuer()])).not.toContain('PGTLS-E05');
  });

  test('has no finding with trust in several sources', () => {
    const rotating = [selfSignedIssuer({ namespace: 'cert-manager' }), root({ privateKey: {} }, { namespace: 'cert-manager' }), clusterCaIssuer()];
    const [live, before] = [{ secret: { name: 'root', key: 'ca.crt' } }, { configMap: { name: 'roots-before', key: 'ca.crt' } }];
    const found = (...trusted: object[]) => codes(...rotating, ...trusted).filter((code) => code === 'PGTLS-E05');
    expect(found(bundle(live, before))).toEqual([]);
    expect(found(bundle(before, { inLine: '-----BEGIN CERTIFICATE-----' }))).toEqual([]);
    expect(found(bundle(live))).toEqual(['PGTLS-E05']);
    expect(found(bundle(live, live))).toEqual(['PGTLS-E05']);
    expect(found(bundle(live, { useDefaultCAs: true }))).toEqual(['PGTLS-E05']);
  });

  test('has a finding with trust in another CA', () => {
    const both = [selfSignedIssuer({ namespace: 'cert-manager' }), root({ privateKey: {} }, { namespace: 'cert-manager' }), clusterCaIssuer(),
      root({}, { name: 'other', namespace: 'cert-manager' }), clusterCaIssuer('other', { name: 'other' })];
    expect(codes(...both, bundle({ secret: { name: 'other', key: 'ca.crt' } }, { configMap: { name: 'others-before', key: 'ca.crt' } }))).toContain('PGTLS-E05');
  });

  test('has no finding with a ClusterBundle of several sources', () => {
    const sourceRefs = [{ kind: 'ConfigMap', name: 'old', key: 'ca.crt' }, { kind: 'ConfigMap', name: 'new', key: 'ca.crt' }];
    const spec = { sourceRefs, target: { configMap: { data: [{ key: 'ca.crt' }] }, namespaceSelector: {} } };
    expect(codes(selfSignedIssuer(), root({ privateKey: {} }), caIssuer(), { apiVersion: 'trust-manager.io/v1alpha2', kind: 'ClusterBundle', metadata: { name: 'roots' }, spec })).toEqual([]);
  });
});

describe('extended key usages of a CA', () => {
  const limited = (...purposes: string[]) => ({ usages: ['cert sign', ...purposes] });
  const needing = (...purposes: string[]) => ({ usages: ['digital signature', ...purposes] });

  test('limit its leaves at every depth', () => {
    expect(pair(limited('server auth'), needing('client auth'))).toEqual(['PGTLS-E06']);
    expect(pair(limited('client auth'), needing('server auth', 'client auth'))).toEqual(['PGTLS-E06']);
    expect(chain(limited('server auth'), {}, needing('client auth'))).toEqual(['PGTLS-E06']);
    // OpenSSL does not take any for each.
    expect(pair(limited('any'), needing('server auth'))).toEqual(['PGTLS-E06']);
  });

  test('are a warning where they fit, or where the leaf has no usages', () => {
    expect(pair(limited('server auth'), needing('server auth'))).toEqual(['PGTLS-E18']);
    expect(pair(limited('server auth'), needing())).toEqual(['PGTLS-E18']);
    expect(findingsIn([root(limited('server auth'))]).map(({ severity }) => severity)).toEqual([Severity.WARNING]);
  });

  test('are an error with a leaf that needs more', () => {
    const [finding] = findingsIn([root(limited('server auth')), caIssuer(), certificate(needing('client auth')), certificate(needing('client auth'), { name: 'two' })]);
    expect(finding!.message).toMatch(/^usages limit the CA to server auth, but it signs Certificate 'db' for client auth;/);
  });
});

describe('names that the CA may not sign for', () => {
  const permitted = (names: object) => ({ nameConstraints: { permitted: names } });

  const CLIENT = { dnsNames: undefined, usages: ['digital signature', 'client auth'] };

  test.each<[object, object, object]>([
    [permitted({ dnsDomains: ['demo.svc'] }), { dnsNames: ['db.other.svc'] }, { dnsNames: ['db.demo.svc', '*.demo.svc'] }],
    [permitted({ dnsDomains: ['demo.svc'] }), { dnsNames: ['localhost'] }, { ipAddresses: ['127.0.0.1'] }],
    [permitted({ dnsDomains: ['demo.svc'] }), { ...CLIENT, commonName: 'db.other.svc' }, { ...CLIENT, commonName: 'orders_app' }],
    [permitted({ dnsDomains: ['demo.svc'] }), { dnsNames: [], ipAddresses: ['10.0.0.1'], commonName: 'db.other.svc' }, { commonName: 'db.other.svc' }],
    [permitted({ ipRanges: ['10.0.0.0/8'] }), { ipAddresses: ['127.0.0.1'] }, { ipAddresses: ['10.1.2.3'] }],
    [permitted({ uriDomains: ['example.com'] }), { uris: ['spiffe://other.com/db'] }, { uris: ['spiffe://example.com/db'] }],
    [permitted({ emailAddresses: ['example.com'] }), { emailAddresses: ['ops@other.com'] }, { emailAddresses: ['ops@example.com'] }],
    [{ nameConstraints: { excluded: { dnsDomains: ['prod.svc'] } } }, { dnsNames: ['db.prod.svc'] }, { dnsNames: ['db.demo.svc'] }],
  ])('a CA with %j signs %j, and may sign %j', (ca, outside, inside) => {
    expect(pair(ca, outside)).toEqual(['PGTLS-E08']);
    expect(pair(ca, inside)).toEqual([]);
    expect(chain(ca, {}, outside)).toEqual(['PGTLS-E08']);
    expect(chain({}, ca, outside)).toEqual(['PGTLS-E08']);
  });

  test('each name is reported with the CA that excludes it', () => {
    const found = findingsIn([selfSignedIssuer(), root(permitted({ dnsDomains: ['demo.svc'] })), caIssuer(), certificate({ dnsNames: ['db', 'localhost', 'db.demo.svc'] })]);
    expect(found.map(({ message }) => message.split(';')[0])).toEqual([
      "dnsNames entry 'db' is not permitted (dnsDomains: demo.svc) by Certificate 'root'",
      "dnsNames entry 'localhost' is not permitted (dnsDomains: demo.svc) by Certificate 'root'",
    ]);
  });
});

test('a self-signed leaf has a warning, a self-signed CA has none', () => {
  const self = { issuerRef: issuerRef('self') };
  expect(findingsIn([selfSignedIssuer(), certificate(self)]).map(({ rule: { code }, severity }) => [code, severity])).toEqual([['PGTLS-E10', Severity.WARNING]]);
  expect(codes(selfSignedIssuer(), root())).toEqual([]);
  expect(codes(certificate(self))).toEqual([]);
});

const FROM_CERTIFICATE = 'cert-manager.io/inject-ca-from';
const FROM_SECRET = 'cert-manager.io/inject-ca-from-secret';
const injectable = (annotations: object, kind = 'ValidatingWebhookConfiguration', apiVersion = 'admissionregistration.k8s.io/v1', spec?: object) =>
  ({ apiVersion, kind, metadata: { name: 'hook', annotations }, ...(spec === undefined ? {} : { spec }) });
const definition = (conversion?: object) => injectable({ [FROM_CERTIFICATE]: 'demo/db' }, 'CustomResourceDefinition', 'apiextensions.k8s.io/v1', { conversion });

/** A pod that takes `ca.crt` from the Secret of a certificate. */
function reader(secretName: string) {
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'reader', namespace: 'demo' },
    spec: {
      containers: [{ name: 'reader', image: 'reader:1', volumeMounts: [{ name: 'ca', mountPath: '/ca' }] }],
      volumes: [{ name: 'ca', secret: { secretName, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
    },
  };
}

describe('trust in a self-signed certificate', () => {
  const found = (...manifests: object[]) => codes(selfSignedIssuer(), certificate({ issuerRef: issuerRef('self') }), ...manifests).filter((code) => code === 'PGTLS-E10');

  test.each<[string, object]>([
    ['of a validating webhook', injectable({ [FROM_CERTIFICATE]: 'demo/db' })],
    ['of a mutating webhook', injectable({ [FROM_CERTIFICATE]: 'demo/db' }, 'MutatingWebhookConfiguration')],
    ['of an API service', injectable({ [FROM_CERTIFICATE]: 'demo/db' }, 'APIService', 'apiregistration.k8s.io/v1')],
    ['of a conversion webhook', definition({ strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } })],
  ])('%s is kept by cainjector', (_, manifest) => {
    expect(found(manifest)).toEqual([]);
  });

  test.each<[string, object]>([
    ['another Certificate', injectable({ [FROM_CERTIFICATE]: 'demo/other' })],
    ['another namespace', injectable({ [FROM_CERTIFICATE]: 'other/db' })],
    ['no namespace', injectable({ [FROM_CERTIFICATE]: 'db' })],
    ['a kind that cainjector does not know', injectable({ [FROM_CERTIFICATE]: 'demo/db' }, 'ConfigMap', 'v1')],
    ['a definition without conversion', definition()],
    ['a definition with the conversion None', definition({ strategy: 'None' })],
    ['a Secret that does not allow it', injectable({ [FROM_SECRET]: 'demo/db-tls' })],
  ])('an annotation with %s keeps none', (_, manifest) => {
    expect(found(manifest)).toEqual(['PGTLS-E10']);
  });

  test('is kept from a Secret that allows it', () => {
    const allows = (value: string) => codes(selfSignedIssuer(), injectable({ [FROM_SECRET]: 'demo/hook-tls' }), certificate({
      issuerRef: issuerRef('self'), secretName: 'hook-tls', secretTemplate: { annotations: { 'cert-manager.io/allow-direct-injection': value } },
    }));
    expect(allows('true')).toEqual([]);
    expect(allows('false')).toEqual(['PGTLS-E10']);
  });

  test('is not kept for another peer: a pod or a bundle', () => {
    const hook = injectable({ [FROM_CERTIFICATE]: 'demo/db' });
    const { secretName } = certificate()['spec'] as { secretName: string };
    expect(found(hook, reader('other'))).toEqual([]);
    expect(found(hook, reader(secretName))).toEqual(['PGTLS-E10']);
    const inTrustNamespace = (...manifests: object[]) => codes(
      selfSignedIssuer({ namespace: 'cert-manager' }), certificate({ issuerRef: issuerRef('self') }, { namespace: 'cert-manager' }), injectable({ [FROM_CERTIFICATE]: 'cert-manager/db' }), ...manifests,
    ).filter((code) => code === 'PGTLS-E10');
    expect(inTrustNamespace()).toEqual([]);
    expect(inTrustNamespace(bundle({ secret: { name: secretName, key: 'ca.crt' } }))).toEqual(['PGTLS-E10']);
  });

  describe('is kept by a controller that reads the Secret again', () => {
    const resource = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'reader', namespace: 'demo' }, spec });
    const scraped = (name: string) => resource('monitoring.coreos.com/v1', 'ServiceMonitor', { endpoints: [{ port: 'https', tlsConfig: { ca: { secret: { name, key: 'ca.crt' } } } }] });
    const store = (caProvider: object) => resource('external-secrets.io/v1', 'SecretStore', { provider: { bitwardensecretsmanager: { caProvider } } });
    const webhooks = (annotations: object) => resource('example.com/v1', 'PolicyConfiguration', { admission: { validating: { annotations } } });
    const { secretName } = certificate()['spec'] as { secretName: string };

    test.each<[string, object, string[]]>([
      ['Prometheus', scraped(secretName), []],
      ['Prometheus, of another Secret', scraped('other'), ['PGTLS-E10']],
      ['External Secrets', store({ type: 'Secret', name: secretName, namespace: 'demo', key: 'ca.crt' }), []],
      ['External Secrets, beside the store', store({ type: 'Secret', name: secretName, key: 'ca.crt' }), []],
      ['External Secrets, of another namespace', store({ type: 'Secret', name: secretName, namespace: 'other', key: 'ca.crt' }), ['PGTLS-E10']],
      ['External Secrets, of a copy', store({ type: 'ConfigMap', name: secretName, key: 'ca.crt' }), ['PGTLS-E10']],
      ['a controller that creates webhooks with annotations', webhooks({ [FROM_CERTIFICATE]: 'demo/db' }), []],
      ['a controller that creates webhooks for another Certificate', webhooks({ [FROM_CERTIFICATE]: 'demo/other' }), ['PGTLS-E10']],
    ])('%s', (_, manifest, expected) => { expect(found(manifest)).toEqual(expected); });

    test('of a Certificate whose namespace is not given', () => {
      const anywhere = codes({ ...selfSignedIssuer({ namespace: undefined }) }, certificate({ issuerRef: issuerRef('self') }, { namespace: undefined }),
        store({ type: 'Secret', name: secretName, namespace: 'demo', key: 'ca.crt' }));
      expect(anywhere.filter((code) => code === 'PGTLS-E10')).toEqual([]);
    });

    test('for each certificate below a CA', () => {
      const below = (...manifests: object[]) => codes(selfSignedIssuer(), root({ privateKey: {} }), caIssuer(), certificate(), ...manifests).filter((code) => code === 'PGTLS-E05');
      expect(below(store({ type: 'Secret', name: secretName, key: 'ca.crt' }))).toEqual([]);
      expect(below(store({ type: 'Secret', name: 'root', key: 'ca.crt' }))).toEqual(['PGTLS-E05']);
    });
  });

  test('is kept by CloudNativePG for the pair that the Service of a plugin names', () => {
    const plugin = (annotations: object, labels: object = { 'cnpg.io/pluginName': 'backup.example.com' }, namespace = 'demo') =>
      ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'backup', namespace, labels, annotations }, spec: { selector: { app: 'backup' }, ports: [{ port: 9090 }] } });
    const pair = { 'cnpg.io/pluginServerSecret': 'server-tls', 'cnpg.io/pluginClientSecret': 'client-tls' };
    const both = ['server-tls', 'client-tls'].map((secretName) => certificate({ issuerRef: issuerRef('self'), secretName }, { name: secretName }));
    const about = (service: object) => findingsIn([selfSignedIssuer(), ...both, service]).map(({ rule: { code } }) => code);
    expect(about(plugin(pair))).toEqual([]);
    expect(about(plugin({ ...pair, 'cnpg.io/pluginClientSecret': 'other' }))).toEqual(['PGTLS-E10']);
    expect(about(plugin({ 'cnpg.io/pluginServerSecret': 'server-tls' }))).toEqual(['PGTLS-E10', 'PGTLS-E10']);
    expect(about(plugin(pair, {}))).toEqual(['PGTLS-E10', 'PGTLS-E10']);
    expect(about(plugin(pair, undefined, 'other'))).toEqual(['PGTLS-E10', 'PGTLS-E10']);
  });
});

describe('a key that changes at every renewal, behind cainjector', () => {
  const below = (...manifests: object[]) => codes(selfSignedIssuer(), root({ privateKey: {} }), caIssuer(), certificate(), ...manifests).filter((code) => code === 'PGTLS-E05');
  const hook = injectable({ [FROM_CERTIFICATE]: 'demo/db' });

  test('is harmless where cainjector is pointed to each certificate below the CA', () => {
    expect(below()).toEqual(['PGTLS-E05']);
    expect(below(hook)).toEqual([]);
  });

  test('is not for a certificate with other peers', () => {
    expect(below(hook, certificate({ secretName: 'two-tls', commonName: 'two' }, { name: 'two' }))).toEqual(['PGTLS-E05']);
    expect(below(hook, reader('root'))).toEqual(['PGTLS-E05']);
  });

  test('is not where cainjector is pointed to the CA', () => {
    expect(below(injectable({ [FROM_CERTIFICATE]: 'demo/root' }))).toEqual(['PGTLS-E05']);
    expect(below(hook, { ...injectable({ [FROM_CERTIFICATE]: 'demo/root' }), metadata: { name: 'other', annotations: { [FROM_CERTIFICATE]: 'demo/root' } } })).toEqual(['PGTLS-E05']);
  });

  test('is not below no certificate that is known', () => {
    expect(codes(selfSignedIssuer(), root({ privateKey: {} }), caIssuer(), hook)).toEqual(['PGTLS-E05']);
  });
});

function constraints(permitted: object) {
  return { isCA: true, usages: undefined, nameConstraints: { permitted } };
}
