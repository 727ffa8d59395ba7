import { CommittedManifests } from '../../../src';
import { stringify } from 'yaml';
import { certificate, issuerRef } from '../../fixtures';
import { certificatePem } from '../../support/certificate-pem';
import { codesIn, findingsIn } from '../../support/findings';

const SOURCE = { secret: { name: 'root', key: 'ca.crt' } };
const bundle = (spec: object, name = 'roots', metadata: object = {}) => ({
  apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', metadata: { name, ...metadata }, spec: { sources: [SOURCE], target: { configMap: { key: 'ca.crt' } }, ...spec },
});
const clusterBundle = (spec: object) => ({
  apiVersion: 'trust-manager.io/v1alpha2', kind: 'ClusterBundle', metadata: { name: 'roots' },
  spec: { sourceRefs: [{ kind: 'Secret', name: 'root', key: 'ca.crt' }], target: { configMap: { data: [{ key: 'ca.crt' }] }, namespaceSelector: {} }, ...spec },
});
const sources = (...all: object[]) => bundle({ sources: all });
const target = (change: object) => bundle({ target: change });
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ secret: { name: `root-${index}`, key: 'ca.crt' } }));

test('valid bundles of both kinds have no finding', () => {
  expect(codesIn([bundle({}), clusterBundle({})])).toEqual([]);
});

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-E20', sources({}), sources(SOURCE)],
  ['PGTLS-E20', sources({ ...SOURCE, configMap: { name: 'a', key: 'b' } }), sources(SOURCE, { configMap: { name: 'a', key: 'b' } })],
  ['PGTLS-E21', sources(), sources(SOURCE)],
  ['PGTLS-E21', bundle({ sources: undefined }), sources(SOURCE, { useDefaultCAs: false })],
  ['PGTLS-E21', sources(...many(101)), sources(...many(100))],
  ['PGTLS-E21', clusterBundle({ sourceRefs: [] }), clusterBundle({ sourceRefs: [], defaultCAs: { provider: 'System' } })],
  ['PGTLS-E21', clusterBundle({ sourceRefs: undefined, defaultCAs: { provider: 'Disabled' } }), clusterBundle({})],
  ['PGTLS-E22', sources({ secret: { key: 'ca.crt' } }), sources({ secret: { selector: {}, key: 'ca.crt' } })],
  ['PGTLS-E22', clusterBundle({ sourceRefs: [{ kind: 'Secret', name: 'a', selector: {}, key: 'a' }] }), clusterBundle({ sourceRefs: [{ kind: 'Secret', selector: {}, key: 'a' }] })],
  ['PGTLS-E23', sources({ secret: { name: 'root' } }), sources({ secret: { name: 'root', includeAllKeys: true } })],
  ['PGTLS-E23', sources({ configMap: { name: 'a', includeAllKeys: false } }), sources({ configMap: { name: 'a', key: 'a', includeAllKeys: false } })],
  ['PGTLS-E24', sources({ useDefaultCAs: true }, { useDefaultCAs: true }), sources({ useDefaultCAs: true })],
  ['PGTLS-E25', bundle({ target: undefined }), target({ secret: { key: 'a' } })],
  ['PGTLS-E25', target({ configMap: { key: '' } }), target({ configMap: { key: 'a' }, secret: { key: 'a' } })],
  ['PGTLS-E25', clusterBundle({ target: { secret: { data: [] }, namespaceSelector: {} } }), clusterBundle({ target: { secret: { data: [{ key: 'a' }] }, namespaceSelector: {} } })],
  ['PGTLS-E26', target({ secret: { key: 'a' }, additionalFormats: { jks: { key: 'a' } } }), target({ secret: { key: 'a' }, additionalFormats: { jks: { key: 'b' } } })],
  ['PGTLS-E26', target({ secret: { key: 'a' }, additionalFormats: { jks: { key: 'b' }, pkcs12: { key: 'b' } } }),
    target({ secret: { key: 'a' }, configMap: { key: 'a' }, additionalFormats: { jks: { key: 'b' }, pkcs12: { key: 'c' } } })],
  ['PGTLS-E26', clusterBundle({ target: { configMap: { data: [{ key: 'a' }, { key: 'a', format: 'PKCS12' }] }, namespaceSelector: {} } }),
    clusterBundle({ target: { configMap: { data: [{ key: 'a' }] }, secret: { data: [{ key: 'a' }] }, namespaceSelector: {} } })],
  ['PGTLS-E25', clusterBundle({ target: { configMap: { data: [{ key: 'a' }] } } }), clusterBundle({ target: { configMap: { data: [{ key: 'a' }] }, namespaceSelector: {} } })],
  ['PGTLS-E27', target({ secret: { key: 'a', metadata: { annotations: { 'trust-manager.io/hash': 'x' } } } }), target({ secret: { key: 'a', metadata: { annotations: { 'my-trust-manager.io/hash': 'x' } } } })],
  ['PGTLS-E27', target({ secret: { key: 'a', metadata: { labels: { 'a b': 'x' } } } }), target({ secret: { key: 'a', metadata: { labels: { a_b: 'x' } } } })],
  ['PGTLS-E28', bundle({ sources: [{ configMap: { name: 'roots', key: 'ca.crt' } }] }), bundle({ sources: [{ configMap: { name: 'roots', key: 'other.crt' } }] })],
  ['PGTLS-E28', bundle({ sources: [{ secret: { name: 'roots', key: 'ca.crt' } }], target: { secret: { key: 'ca.crt' } } }), bundle({ sources: [{ secret: { name: 'roots', key: 'ca.crt' } }] })],
  ['PGTLS-E29', sources({ secret: { selector: { matchLabels: { 'a/b/c': 'd' } }, key: 'a' } }), sources({ secret: { selector: { matchLabels: { 'b/c': 'd' } }, key: 'a' } })],
  ['PGTLS-E29', target({ configMap: { key: 'a' }, namespaceSelector: { matchLabels: { a: 'b c' } } }), target({ configMap: { key: 'a' }, namespaceSelector: { matchLabels: { a: '' } } })],
  ['PGTLS-E29', target({ configMap: { key: 'a' }, namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] } }),
    target({ configMap: { key: 'a' }, namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, constraints: { minDuration: '2h', maxDuration: '1h' } }), policy({ selector: { namespace: {} }, constraints: { minDuration: '1h', maxDuration: '1h' } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, constraints: { privateKey: { minSize: 300, maxSize: 256 } } }), policy({ selector: { issuerRef: {} }, constraints: { privateKey: { minSize: 256, maxSize: 256 } } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, constraints: { privateKey: { algorithm: 'Ed25519', minSize: 1 } } }), policy({ selector: { issuerRef: {} }, constraints: { privateKey: { algorithm: 'Ed25519' } } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, constraints: { privateKey: { maxSize: 8193 } } }), policy({ selector: { issuerRef: {} }, constraints: { privateKey: { maxSize: 8192 } } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, constraints: { minDuration: '-1h', maxDuration: '1h' } }), policy({ selector: { issuerRef: {} }, constraints: { minDuration: '0s', maxDuration: '1h' } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, constraints: { maxDuration: '-1ns' } }), policy({ selector: { issuerRef: {} }, constraints: { maxDuration: '0h' } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, allowed: { otherNames: [{ oid: '1.2.3', required: true }] } }), policy({ selector: { issuerRef: {} }, allowed: { otherNames: [{ oid: '1.2.3', required: true, values: ['a'] }] } })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, allowed: { otherNames: [{ oid: '1.02.3' }] } }), policy({ selector: { issuerRef: {} }, allowed: { otherNames: [{ oid: '2.5.4.10' }] } })],
  ['PGTLS-E37', allowingAttribute({ oid: '1.2.3', required: true }), allowingAttribute({ oid: '1.2.3', required: true, validations: [{ rule: 'true' }] })],
  ['PGTLS-E37', allowingAttribute({ oid: '1.2.x' }), allowingAttribute({ oid: '1.2.0' })],
  ['PGTLS-E37', allowingAttribute({ oid: '2.5.4.10', values: ['shop'] }), allowingAttribute({ oid: '0.9.2342.19200300.100.1.25', values: ['shop'] })],
  ['PGTLS-E37', policy({ selector: { issuerRef: {} }, allowed: { subject: { organizations: { required: true } } } }), policy({ selector: { issuerRef: {} }, allowed: { subject: { organizations: { required: true, values: [] } } } })],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codesIn([broken])).toEqual([code]);
  expect(codesIn([met])).toEqual([]);
});

// As the webhook names them.
test.each<[string, object, string, string]>([
  ['a required organization', { subject: { organizations: { required: true } } }, 'subject.organizations', 'allowed.subject.organizations is required, but no value is allowed'],
  ['a required other name', { otherNames: [{ oid: '1.2.3' }, { oid: '1.2.4', required: true }] }, 'otherNames[1]', 'allowed.otherNames[1] is required, but no value is allowed'],
  ['a required attribute', { subject: { otherAttributes: [{ oid: '1.2.3', required: true }] } }, 'subject.otherAttributes[0]', 'allowed.subject.otherAttributes[0] is required, but no value is allowed'],
])('the finding about %s names its field', (_, allowed, field, problem) => {
  expect(findingsIn([policy({ selector: { issuerRef: {} }, allowed })])).toEqual([expect.objectContaining({ field: `spec.allowed.${field}`, problem })]);
});

function allowingAttribute(attribute: object) {
  return policy({ selector: { issuerRef: {} }, allowed: { subject: { otherAttributes: [attribute] } } });
}

function policy(spec: object) {
  return { apiVersion: 'policy.cert-manager.io/v1alpha1', kind: 'CertificateRequestPolicy', metadata: { name: 'policy' }, spec };
}

test.each(['', 'x', [], 7, null, { sources: 'x', target: [] }, { sources: [null, 'x'], target: { configMap: 'x', namespaceSelector: 'x' } }])('rules throw at no spec: %j', (spec) => {
  for (const kind of ['Bundle', 'ClusterBundle']) {
    const group = kind === 'Bundle' ? 'trust.cert-manager.io/v1alpha1' : 'trust-manager.io/v1alpha2';
    expect(() => codesIn([{ apiVersion: group, kind, metadata: { name: 'a' }, spec }])).not.toThrow();
  }
  expect(() => codesIn([{ ...policy({}), spec }, leaf({})])).not.toThrow();
});

test('the content of a Bundle is parsed: it must be certificates and no other PEM blocks', async () => {
  const pem = await certificatePem('root');
  const messages = (inLine: string) => findingsIn([sources({ inLine })]).map(({ rule: { code }, message }) => `${code} ${message}`);
  expect(messages(pem + pem)).toEqual([]);
  expect(messages('hello')).toEqual([expect.stringContaining('PGTLS-E31 sources[0].inLine contains no PEM certificate')]);
  expect(messages(`${pem}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`)).toEqual([expect.stringContaining('sources[0].inLine contains a PRIVATE KEY block, but only CERTIFICATE blocks are allowed')]);
  expect(messages('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toEqual([expect.stringContaining('contains a certificate that cannot be parsed')]);
});

test('sources are looked up in the trust namespace', () => {
  const secret = (namespace: string | undefined, name = 'root') => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'root', namespace: 'demo' } };
  expect(codesIn([bundle({}), secret('demo')])).toEqual(['PGTLS-E30']);
  expect(codesIn([bundle({}), secret('demo')], { trustNamespace: 'demo' })).toEqual([]);
  expect(codesIn([bundle({}), secret('cert-manager')])).toEqual([]);
  expect(codesIn([bundle({}), secret('demo'), secret('cert-manager')])).toEqual([]);
  expect(codesIn([bundle({}), secret(undefined)])).toEqual([]);
  expect(codesIn([bundle({}), secret('demo', 'another')])).toEqual([]);
  expect(codesIn([bundle({}), configMap])).toEqual([]);
  expect(codesIn([sources({ configMap: { name: 'root', key: 'a' } }), configMap])).toEqual(['PGTLS-E30']);
  // What another bundle writes is in the trust namespace too.
  expect(codesIn([sources({ configMap: { name: 'root', key: 'a' } }), configMap, bundle({ sources: [{ useDefaultCAs: true }] }, 'root')])).toEqual([]);
});

function leaf(spec: object, metadata: object = {}) {
  return certificate({ issuerRef: issuerRef('old-ca', 'ClusterIssuer'), dnsNames: ['leaf.demo.svc'], usages: ['digital signature', 'server auth'], ...spec }, { name: 'leaf', ...metadata });
}

describe('changes of currently applied manifests', () => {
  const issued = (name: string, change: object = {}) => leaf({ issuerRef: { name, kind: 'ClusterIssuer', group: 'cert-manager.io' }, ...change });
  const trusting = (names: string[], name = 'roots') => bundle({ sources: [{ useDefaultCAs: true }] }, name, {
    annotations: { 'cdk8s-postgres-tls/trusted-cas': names.map((issuer) => `ClusterIssuer.cert-manager.io//${issuer}`).join(',') },
  });
  const codes = (before: object[], after: object[]) => codesIn(after, { committed: CommittedManifests.fromTexts({ a: before.map((manifest) => stringify(manifest)).join('---\n') }) });
  const [OLD, NEW, BOTH] = [['old-ca'], ['new-ca'], ['old-ca', 'new-ca']];

  test.each<[string, object[], object[], string[]]>([
    ['nothing changes', [issued('old-ca'), trusting(OLD)], [issued('old-ca'), trusting(OLD)], []],
    ['stage one', [issued('old-ca'), trusting(OLD)], [issued('old-ca'), trusting(BOTH)], []],
    ['stage two', [issued('old-ca'), trusting(BOTH)], [issued('new-ca'), trusting(BOTH)], []],
    ['stage three', [issued('new-ca'), trusting(BOTH)], [issued('new-ca'), trusting(NEW)], []],
    ['stages one and two', [issued('old-ca'), trusting(OLD)], [issued('new-ca'), trusting(BOTH)], ['PGTLS-E34']],
    ['stages two and three', [issued('old-ca'), trusting(BOTH)], [issued('new-ca'), trusting(NEW)], ['PGTLS-E35']],
    ['all at once', [issued('old-ca'), trusting(OLD)], [issued('new-ca'), trusting(NEW)], ['PGTLS-E34', 'PGTLS-E35']],
    ['all at once, with a bundle of another name', [issued('old-ca'), trusting(OLD)], [issued('new-ca'), trusting(NEW, 'others')], ['PGTLS-E34', 'PGTLS-E35']],
    ['the bundle is gone', [issued('old-ca'), trusting(OLD)], [issued('old-ca')], ['PGTLS-E35']],
    ['certificate and bundle are gone together', [issued('old-ca'), trusting(OLD)], [], []],
    ['a new certificate and a new bundle', [trusting(OLD)], [issued('new-ca'), trusting(OLD), trusting(NEW, 'others')], []],
    ['a bundle that is not concerned comes along', [issued('old-ca'), trusting(BOTH)], [issued('new-ca'), trusting(BOTH), trusting(NEW, 'others')], []],
    ['another bundle takes it up at the same time', [issued('old-ca'), trusting(OLD), trusting(BOTH, 'others')], [issued('new-ca'), trusting(BOTH), trusting(BOTH, 'others')], ['PGTLS-E34']],
    ['no bundle at all', [issued('old-ca')], [issued('new-ca')], ['PGTLS-E36']],
    ['a CA is no leaf', [issued('old-ca', { isCA: true, usages: ['cert sign'] })], [issued('new-ca', { isCA: true, usages: ['cert sign'] })], []],
  ])('%s', (_, before, after, expected) => {
    expect(codes(before, after)).toEqual(expected);
  });

  test('without committed manifests nothing is compared', () => {
    expect(codesIn([issued('new-ca'), trusting(OLD)])).toEqual([]);
    expect(codesIn([issued('new-ca'), trusting(OLD)], { committed: CommittedManifests.none() })).toEqual([]);
  });

  test('a CA is its root: Secrets that a bundle reads, intermediates below it', () => {
    const issuer = (name: string, spec: object) => ({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name }, spec });
    const ca = (name: string, signer: string, lifetime = ['8760h', '2160h']) => leaf({
      isCA: true, secretName: name, commonName: name, dnsNames: [], usages: ['cert sign'], duration: lifetime[0], renewBefore: lifetime[1], privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Never' },
      issuerRef: { name: signer, kind: 'ClusterIssuer', group: 'cert-manager.io' },
    }, { name, namespace: 'cert-manager' });
    const below = (root: string) => [
      issuer('self', { selfSigned: {} }), issuer(`${root}-issuer`, { ca: { secretName: root } }), ca(root, 'self', ['87600h', '8760h']),
      issuer('old-ca', { ca: { secretName: 'one' } }), ca('one', `${root}-issuer`), issuer('new-ca', { ca: { secretName: 'two' } }), ca('two', `${root}-issuer`),
    ];
    const reading = (...names: string[]) => bundle({ sources: names.map((name) => ({ secret: { name, key: 'ca.crt' } })) });
    // Another intermediate of the same root changes nothing for who holds the root.
    expect(codes([...below('root'), issued('old-ca'), reading('root')], [...below('root'), issued('new-ca'), reading('root')])).toEqual([]);
    expect(codes([...below('root'), issued('old-ca'), reading('root')], [...below('other'), issued('old-ca'), reading('root', 'other')])).toEqual(['PGTLS-E34']);
  });
});

describe('what a policy allows', () => {
  const allowing = (change: object, selector: object = { issuerRef: { name: 'old-ca' } }, constraints: object = {}) => policy({
    selector, constraints, allowed: { commonName: { value: 'leaf' }, dnsNames: { values: ['leaf.demo.svc'] }, usages: ['digital signature', 'server auth'], ...change },
  });

  test.each<[string, object]>([
    ['all of it', allowing({})],
    ['by patterns', allowing({ commonName: { value: 'l*' }, dnsNames: { values: ['*.svc'] }, usages: ['*'] })],
    ['by rules that only the cluster can decide', allowing({ dnsNames: { validations: [{ rule: 'self.endsWith(".svc")' }] } })],
    ['of any issuer', allowing({}, { issuerRef: { name: '*' } })],
    ['in its namespace', allowing({}, { issuerRef: { name: 'old-ca' }, namespace: { matchNames: ['de*'] } })],
    ['within bounds', allowing({}, { issuerRef: {} }, { minDuration: '1h', maxDuration: '2160h', privateKey: { algorithm: 'ECDSA', minSize: 256 } })],
    ['for another issuer, which does not apply to this one', allowing({ commonName: { value: 'x' } }, { issuerRef: { name: 'other' } })],
    ['for another kind of issuer', allowing({ commonName: { value: 'x' } }, { issuerRef: { name: 'old-ca', kind: 'Issuer' } })],
  ])('%s', (_, manifest) => {
    expect(codesIn([leaf({}), manifest])).toEqual([]);
  });

  test.each<[string, object]>([
    ['another common name', allowing({ commonName: { value: 'other' } })],
    ['no common name', allowing({ commonName: undefined })],
    ['fewer names', allowing({ dnsNames: { values: [] } })],
    ['fewer usages', allowing({ usages: ['digital signature'] })],
    ['what it does not have', allowing({ uris: { required: true, values: ['spiffe://a'] } })],
    ['another namespace', allowing({}, { issuerRef: { name: 'old-ca' }, namespace: { matchNames: ['elsewhere'] } })],
    ['a shorter life', allowing({}, { issuerRef: {} }, { maxDuration: '24h' })],
    ['a longer life', allowing({}, { issuerRef: {} }, { minDuration: '8760h' })],
    ['another key', allowing({}, { issuerRef: {} }, { privateKey: { algorithm: 'RSA' } })],
    ['a larger key', allowing({}, { issuerRef: {} }, { privateKey: { minSize: 384 } })],
  ])('%s is not enough', (_, manifest) => {
    expect(codesIn([leaf({}), manifest])).toEqual(['PGTLS-E38']);
  });

  // approver-policy compares the request, which has the usages as they are given.
  test.each<[string, object, object]>([
    ['no usages', { usages: undefined }, { usages: ['server auth'] }],
    ['no usages where none is allowed', { usages: [] }, { usages: undefined }],
    ['a CA certificate without cert sign', { isCA: true, usages: ['digital signature'] }, { isCA: true, usages: ['digital signature'] }],
    ['an organization that is required', { subject: { organizations: ['shop'] } }, { subject: { organizations: { values: ['shop'], required: true } } }],
    ['one that fits a pattern', { subject: { organizations: ['shop north'] } }, { subject: { organizations: { values: ['shop *', 'x'] } } }],
    ['one that only the cluster can evaluate', { subject: { countries: ['DE'] } }, { subject: { countries: { validations: [{ rule: 'size(self) == 2' }] } } }],
    ['no common name where none is required', { commonName: undefined }, {}],
    ['no organization where none is required', {}, { subject: { organizations: { values: ['shop'] } } }],
    ['a serial number', { subject: { serialNumber: '7' } }, { subject: { serialNumber: { value: '7', required: true } } }],
    ['a postal code', { subject: { postalCodes: ['10115'] } }, { subject: { postalCodes: { values: ['*'] } } }],
    ['a literal subject', { commonName: undefined, literalSubject: 'CN=leaf,O=shop,DC=example' },
      { subject: { organizations: { values: ['shop'] }, otherAttributes: [{ oid: '0.9.2342.19200300.100.1.25', values: ['example'] }] } }],
    ['another name', { otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] }, { otherNames: [{ oid: '1.2.3', values: ['a'], required: true }] }],
    ['an address in another spelling', { ipAddresses: ['FD00:0::1', '::ffff:10.0.0.1'] }, { ipAddresses: { values: ['fd00::1', '10.0.0.1'] } }],
  ])('%s is allowed', (_, spec, allowed) => {
    expect(codesIn([leaf(spec), allowing(allowed)]).filter((code) => code === 'PGTLS-E38')).toEqual([]);
  });

  test.each<[string, object, object, object, string, string]>([
    ['an organization is missing', {}, { subject: { organizations: { values: ['shop'], required: true } } }, {},
      'spec.subject.organizations', 'spec.allowed.subject.organizations.required is true, and the request has none'],
    ['an organization is not foreseen', { subject: { organizations: ['shop'] } }, {}, {},
      'spec.subject.organizations', "spec.allowed.subject.organizations allows no value, and the request has 'shop'"],
    ['an organization is another one', { subject: { organizations: ['shop', 'b'] } }, { subject: { organizations: { values: ['shop'] } } }, {},
      'spec.subject.organizations', "spec.allowed.subject.organizations.values allows 'shop', not 'b'"],
    ['a serial number is another one', { subject: { serialNumber: '8' } }, { subject: { serialNumber: { value: '7' } } }, {},
      'spec.subject.serialNumber', "spec.allowed.subject.serialNumber.value allows '7', not '8'"],
    ['a literal subject has a domain component', { commonName: undefined, literalSubject: 'CN=leaf,DC=example' }, {}, {},
      'spec.literalSubject', "spec.allowed.subject.otherAttributes[0.9.2342.19200300.100.1.25] allows no value, and the request has 'example'"],
    ['another name is missing', {}, { otherNames: [{ oid: '1.2.3', values: ['a'], required: true }] }, {},
      'spec.otherNames', 'spec.allowed.otherNames[1.2.3].required is true, and the request has none'],
    ['a host is another one', { dnsNames: ['leaf.demo.svc', 'b.demo.svc'] }, {}, {}, 'spec.dnsNames', "spec.allowed.dnsNames.values allows 'leaf.demo.svc', not 'b.demo.svc'"],
    ['a pattern meets only the start of a name', {}, { commonName: { value: 'le*ff' } }, {}, 'spec.commonName', "spec.allowed.commonName.value allows 'le*ff', not 'leaf'"],
    ['an address is another one', { ipAddresses: ['::1'] }, { ipAddresses: { values: ['::2'] } }, {}, 'spec.ipAddresses', "spec.allowed.ipAddresses.values allows '::2', not '::1'"],
    ['a usage is given that is not allowed', {}, { usages: ['digital signature'] }, {}, 'spec.usages[1]', "spec.allowed.usages allows 'digital signature', not 'server auth'"],
    ['a CA certificate is not allowed', { isCA: true, usages: undefined }, {}, {}, 'spec.isCA', 'spec.allowed.isCA is not true, and the request is for a CA certificate'],
    ['no duration is given', { duration: undefined }, {}, { maxDuration: '2160h' }, 'spec.duration', 'spec.constraints.maxDuration is 2160h, and the request has no duration'],
    ['a key has a size without bounds', { privateKey: { algorithm: 'Ed25519', rotationPolicy: 'Always' } }, {}, { privateKey: { minSize: 256 } },
      'spec.privateKey.size', 'spec.constraints.privateKey.minSize is 256, and the request has Ed25519, for which no bound may be set'],
  ])('%s: the finding names the field of the policy', (_, spec, allowed, constraints, field, obstacle) => {
    const [finding, ...others] = findingsIn([leaf(spec), allowing(allowed, { issuerRef: {} }, constraints)]).filter(({ rule: { code } }) => code === 'PGTLS-E38');
    expect(others).toEqual([]);
    expect(finding!.field).toBe(field);
    expect(finding!.problem.endsWith(`the nearest of which is CertificateRequestPolicy 'policy': ${obstacle}`)).toBe(true);
  });

  test('the nearest policy is named, with each field that is not met', () => {
    const far = { ...allowing({ commonName: { value: 'x' }, dnsNames: { values: ['x'] }, usages: ['any'] }), metadata: { name: 'far' } };
    const near = { ...allowing({ usages: ['digital signature'], uris: { values: ['a'], required: true } }), metadata: { name: 'near' } };
    expect(findingsIn([leaf({}), far, near]).map(({ problem }) => problem)).toEqual([
      "Certificate 'leaf' is not allowed by any of 2 policies for ClusterIssuer 'old-ca', the nearest of which is CertificateRequestPolicy 'near': "
      + "spec.allowed.uris.required is true, and the request has none; spec.allowed.usages allows 'digital signature', not 'server auth'",
    ]);
  });

  test('many asterisks are compared in linear time', () => {
    const pattern = `${'*a'.repeat(5000)}b`;
    expect(codesIn([leaf({ commonName: undefined, literalSubject: `CN=leaf,O=${'a'.repeat(60)}` }), allowing({ subject: { organizations: { values: [pattern] } } })])).toEqual(['PGTLS-E38']);
  });
});
