import { certificate, issuerRef } from '../fixtures';
import { fieldsOf, findingsIn } from '../support/findings';
import { findingsOfExample } from '../support/rule-example';
import { ruleTexts } from '../../tools/rule-pages';

/** The folders of the rules below. */
const THEMES = ['acme', 'approval', 'issuers', 'trust', 'vault', 'venafi'].map((folder) => `rules/${folder}`);

/** The field that the finding in the wrong example of a rule names; undefined where it is about no single field. */
const FIELDS: Readonly<Record<string, string | undefined>> = {
  'issuer-type-count': 'spec',
  'issuer-secret-ref-incomplete': 'spec.acme.solvers[0].dns01.cloudflare.apiTokenSecretRef.key',
  'issuer-secret-ref-invalid': 'spec.vault.auth.appRole.secretRef.key',
  'ca-bundle-invalid': 'spec.vault.caBundle',
  'ca-bundle-set-twice': 'spec.vault',
  'issuer-field-empty': 'spec.vault.server',
  'issuer-url-empty': 'spec.ca.ocspServers[0]',
  'issuer-url-invalid': 'spec.ca.crlDistributionPoints[0]',
  'issuer-server-not-url': 'spec.vault.server',
  'acme-solver-type-count': 'spec.acme.solvers[0]',
  'acme-http01-type-count': 'spec.acme.solvers[0].http01',
  'acme-http01-ingress-set-twice': 'spec.acme.solvers[0].http01.ingress',
  'acme-ingress-class-invalid': 'spec.acme.solvers[0].http01.ingress.ingressClassName',
  'acme-service-type-invalid': 'spec.acme.solvers[0].http01.ingress.serviceType',
  'acme-wait-duration-invalid': 'spec.acme.solvers[0].waitInsteadOfSelfCheck',
  'acme-dns01-provider-count': 'spec.acme.solvers[0].dns01',
  'acme-azure-credentials': 'spec.acme.solvers[0].dns01.azureDNS.clientSecretSecretRef',
  'acme-cloudflare-credentials': 'spec.acme.solvers[0].dns01.cloudflare.email',
  'acme-rfc2136-settings': 'spec.acme.solvers[0].dns01.rfc2136.tsigSecretSecretRef',
  'acme-route53-key-id-set-twice': 'spec.acme.solvers[0].dns01.route53',
  'acme-route53-credentials': 'spec.acme.solvers[0].dns01.route53.secretAccessKeySecretRef',
  'acme-preferred-chain-too-long': 'spec.acme.preferredChain',
  'acme-server-not-verified': 'spec.acme.skipTLSVerify',
  'acme-key-algorithm-deprecated': 'spec.acme.externalAccountBinding.keyAlgorithm',
  'acme-without-solvers': 'spec.acme.solvers',
  'acme-duration-with-lets-encrypt': 'spec.acme.enableDurationFeature',
  'acme-v1-server': 'spec.acme.server',
  'internal-name-from-public-ca': 'spec.dnsNames[1]',
  'acme-name-without-solver': 'spec.dnsNames[0]',
  'acme-common-name-not-in-sans': 'spec.commonName',
  'acme-ca-certificate': 'spec.isCA',
  'acme-client-certificate': 'spec.usages[1]',
  'acme-name-type-unsupported': 'spec.uris',
  'internal-name-from-named-public-ca': 'spec.dnsNames[0]',
  'vault-path-with-parent-segment': 'spec.vault.path',
  'vault-client-certificate-incomplete': 'spec.vault.clientKeySecretRef',
  'vault-auth-missing': 'spec.vault.auth',
  'vault-auth-duplicate': 'spec.vault.auth',
  'vault-kubernetes-auth-source': 'spec.vault.auth.kubernetes',
  'vault-aws-role-missing': 'spec.vault.auth.aws.iamRoleArn',
  'vault-path-prefix': 'spec.vault.path',
  'vault-certificate-auth-over-http': 'spec.vault.server',
  'vault-over-http': 'spec.vault.server',
  'venafi-type-count': 'spec.venafi',
  'venafi-ca-bundle-invalid': 'spec.venafi.tpp.caBundle',
  'bundle-source-type': 'spec.sources[0]',
  'bundle-source-count': 'spec.sources',
  'bundle-source-name-and-selector': 'spec.sources[0].configMap',
  'bundle-source-key': 'spec.sources[0].configMap',
  'bundle-default-cas-twice': 'spec.sources[1].useDefaultCAs',
  'bundle-target-missing': 'spec.target',
  'bundle-target-key-duplicate': 'spec.target.additionalFormats.pkcs12.key',
  'bundle-target-metadata': "spec.target.configMap.metadata.labels['trust.cert-manager.io/team']",
  'bundle-reads-own-target': 'spec.sources[0].configMap',
  'bundle-selector-invalid': 'spec.target.namespaceSelector.matchExpressions[0].values',
  'bundle-source-namespace': 'spec.sources[0].secret.name',
  'bundle-source-not-pem': 'spec.sources[0].inLine',
  'bundle-includes-private-key': 'spec.sources[0].secret.includeAllKeys',
  'bundle-of-rotating-ca': 'spec.sources[0].secret.name',
  'ca-not-yet-trusted': 'spec.issuerRef',
  'ca-trust-removed-too-early': undefined,
  'ca-change-without-bundle': 'spec.issuerRef',
  'request-policy-invalid': 'spec.selector',
  'request-policy-missing': 'spec.usages[2]',
};

const texts = ruleTexts().filter(({ theme }) => THEMES.includes(theme));

test.each(texts)('$id: the finding in the wrong example names the field', ({ id, wrong, applied }) => {
  expect(Object.keys(FIELDS)).toContain(id);
  expect(fieldsOf(findingsOfExample(wrong, applied), id)).toEqual([FIELDS[id]]);
});

test('every rule in the table is one of these folders', () => {
  expect(Object.keys(FIELDS).filter((id) => !texts.some((text) => text.id === id))).toEqual([]);
});

const issuer = (spec: object) => ({ apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'ca', namespace: 'demo' }, spec });
const vault = (change: object) => issuer({ vault: { server: 'https://vault.example.com', path: 'pki/sign/db', auth: { tokenSecretRef: { name: 'token' } }, ...change } });
const acme = (solvers: object[], change: object = {}) => issuer({ acme: { server: 'https://acme.example.com', privateKeySecretRef: { name: 'account' }, solvers, ...change } });
const dns01 = (provider: object) => acme([{ http01: { ingress: {} } }, { dns01: provider }]);
const azure = (change: object) => dns01({ azureDNS: { subscriptionID: 's', resourceGroupName: 'g', ...change } });
const route53 = (change: object) => dns01({ route53: change });
const rfc2136 = (change: object) => dns01({ rfc2136: { nameserver: 'ns.example.com', ...change } });
const secretKey = { name: 'secret', key: 'key' };
const requested = (spec: object) => [certificate({ issuerRef: issuerRef('ca', 'Issuer'), ...spec }), acme([{ http01: { ingress: {} } }])];
const fromLetsEncrypt = (spec: object) => certificate({ issuerRef: issuerRef('letsencrypt', 'ClusterIssuer'), ...spec });
const bundle = (spec: object) => ({
  apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', metadata: { name: 'roots' },
  spec: { sources: [{ useDefaultCAs: true }], target: { configMap: { key: 'ca.crt' } }, ...spec },
});
const clusterBundle = (spec: object) => ({
  apiVersion: 'trust-manager.io/v1alpha2', kind: 'ClusterBundle', metadata: { name: 'roots' },
  spec: { sourceRefs: [{ kind: 'Secret', name: 'root', key: 'ca.crt' }], target: { configMap: { data: [{ key: 'ca.crt' }] }, namespaceSelector: {} }, ...spec },
});
const policy = (spec: object) => ({
  apiVersion: 'policy.cert-manager.io/v1alpha1', kind: 'CertificateRequestPolicy', metadata: { name: 'policy' }, spec: { selector: { issuerRef: {} }, ...spec },
});

// What the examples do not show.
test.each<[string, string, object[]]>([
  ['issuer-field-empty', 'spec.acme.solvers[1].dns01.cloudDNS.project', [dns01({ cloudDNS: { project: '' } })]],
  ['issuer-secret-ref-incomplete', 'spec.acme.solvers[1].dns01.digitalocean.tokenSecretRef', [dns01({ digitalocean: { tokenSecretRef: { name: '' } } })]],
  ['issuer-secret-ref-incomplete', 'spec.ca.secretName', [issuer({ ca: { secretName: '' } })]],
  ['issuer-secret-ref-invalid', 'spec.ca.secretName', [issuer({ ca: { secretName: 'a b' } })]],
  ['issuer-secret-ref-invalid', 'spec.vault.caBundleSecretRef.name', [vault({ caBundleSecretRef: { name: 'a b' } })]],
  ['issuer-url-empty', 'spec.ca.issuingCertificateURLs[1]', [issuer({ ca: { secretName: 'ca', issuingCertificateURLs: ['http://a.example.com', ''] } })]],
  ['issuer-url-invalid', 'spec.selfSigned.crlDistributionPoints[1]', [issuer({ selfSigned: { crlDistributionPoints: ['http://a.example.com', 'b'] } })]],
  ['issuer-server-not-url', 'spec.acme.solvers[1].dns01.acmeDNS.host', [dns01({ acmeDNS: { host: 'a', accountSecretRef: secretKey } })]],
  ['ca-bundle-set-twice', 'spec.venafi.tpp', [issuer({ venafi: { zone: 'z', tpp: { url: 'https://tpp.example.com', credentialsRef: { name: 'a' }, caBundle: 'x', caBundleSecretRef: { name: 'b' } } } })]],
  ['acme-azure-credentials', 'spec.acme.solvers[1].dns01.azureDNS', [azure({ clientID: 'c' })]],
  ['acme-azure-credentials', 'spec.acme.solvers[1].dns01.azureDNS.managedIdentity', [azure({ managedIdentity: { clientID: 'c', resourceID: 'r' } })]],
  ['acme-azure-credentials', 'spec.acme.solvers[1].dns01.azureDNS.managedIdentity.clientID', [azure({ managedIdentity: { tenantID: 't' } })]],
  ['acme-cloudflare-credentials', 'spec.acme.solvers[1].dns01.cloudflare', [dns01({ cloudflare: {} })]],
  ['acme-rfc2136-settings', 'spec.acme.solvers[1].dns01.rfc2136.nameserver', [rfc2136({ nameserver: '::1' })]],
  ['acme-rfc2136-settings', 'spec.acme.solvers[1].dns01.rfc2136.tsigAlgorithm', [rfc2136({ tsigAlgorithm: 'MD4' })]],
  ['acme-rfc2136-settings', 'spec.acme.solvers[1].dns01.rfc2136.tsigSecretSecretRef.key', [rfc2136({ tsigKeyName: 'k', tsigSecretSecretRef: { name: 'a' } })]],
  ['acme-rfc2136-settings', 'spec.acme.solvers[1].dns01.rfc2136.tsigKeyName', [rfc2136({ tsigSecretSecretRef: secretKey })]],
  ['acme-route53-credentials', 'spec.acme.solvers[1].dns01.route53', [route53({ secretAccessKeySecretRef: secretKey })]],
  ['acme-route53-credentials', 'spec.acme.solvers[1].dns01.route53.role', [route53({ auth: { kubernetes: { serviceAccountRef: { name: 'a' } } } })]],
  ['acme-route53-credentials', 'spec.acme.solvers[1].dns01.route53.auth.kubernetes.serviceAccountRef.name', [route53({ role: 'r', auth: { kubernetes: { serviceAccountRef: {} } } })]],
  ['acme-name-without-solver', 'spec.dnsNames[1]', requested({ commonName: undefined, dnsNames: ['a.example.com', '*.example.com'] })],
  ['acme-common-name-not-in-sans', 'spec.literalSubject', requested({ commonName: undefined, literalSubject: 'CN=db', dnsNames: ['db.example.com'] })],
  ['internal-name-from-named-public-ca', 'spec.isCA', [fromLetsEncrypt({ isCA: true })]],
  ['internal-name-from-named-public-ca', 'spec.commonName', [fromLetsEncrypt({ commonName: 'db', dnsNames: ['db.example.com'] })]],
  ['internal-name-from-named-public-ca', 'spec.ipAddresses[1]', [fromLetsEncrypt({ commonName: undefined, dnsNames: ['db.example.com'], ipAddresses: ['1.1.1.1', '10.0.0.1'] })]],
  ['vault-client-certificate-incomplete', 'spec.vault.clientCertSecretRef', [vault({ clientKeySecretRef: { name: 'key' } })]],
  ['vault-path-prefix', 'spec.vault.auth.kubernetes.mountPath', [vault({ auth: { kubernetes: { role: 'r', serviceAccountRef: { name: 'a' }, mountPath: 'auth/kubernetes' } } })]],
  ['vault-path-with-parent-segment', 'spec.vault.auth.aws.mountPath', [vault({ auth: { aws: { role: 'r', mountPath: '/v1/../aws' } } })]],
  ['bundle-selector-invalid', "spec.sources[0].secret.selector.matchLabels['a/b/c']", [bundle({ sources: [{ secret: { selector: { matchLabels: { 'a/b/c': 'd' } }, key: 'a' } }] })]],
  ['bundle-selector-invalid', 'spec.target.namespaceSelector.matchExpressions[1].operator', [clusterBundle({
    target: { configMap: { data: [{ key: 'a' }] }, namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }, { key: 'a', operator: 'Is' }] } },
  })]],
  ['bundle-selector-invalid', 'spec.target.namespaceSelector.matchExpressions[0].key', [bundle({
    target: { configMap: { key: 'a' }, namespaceSelector: { matchExpressions: [{ key: 'a b', operator: 'Exists' }] } },
  })]],
  ['bundle-source-key', 'spec.sourceRefs[0].key', [clusterBundle({ sourceRefs: [{ kind: 'Secret', name: 'root' }] })]],
  ['bundle-source-count', 'spec.sourceRefs', [clusterBundle({ sourceRefs: [] })]],
  ['bundle-target-missing', 'spec.target.secret.key', [bundle({ target: { secret: {} } })]],
  ['bundle-target-missing', 'spec.target.configMap.data[1].key', [clusterBundle({ target: { configMap: { data: [{ key: 'a' }, {}] }, namespaceSelector: {} } })]],
  ['bundle-target-missing', 'spec.target.configMap.data', [clusterBundle({ target: { configMap: {}, namespaceSelector: {} } })]],
  ['bundle-target-missing', 'spec.target.namespaceSelector', [clusterBundle({ target: { configMap: { data: [{ key: 'a' }] } } })]],
  ['bundle-target-key-duplicate', 'spec.target.configMap.data[2].key', [clusterBundle({ target: { configMap: { data: [{ key: 'a' }, { key: 'b' }, { key: 'a' }] }, namespaceSelector: {} } })]],
  ['bundle-source-not-pem', 'spec.inLineCAs', [clusterBundle({ inLineCAs: 'x' })]],
  ['bundle-source-not-pem', "data['ca.crt']", [{
    apiVersion: 'v1', kind: 'ConfigMap', data: { 'ca.crt': 'x' },
    metadata: { name: 'roots', namespace: 'demo', annotations: { 'cdk8s-postgres-tls/trusted-cas': 'ClusterIssuer.cert-manager.io//ca' } },
  }]],
  ['request-policy-invalid', 'spec.constraints.maxDuration', [policy({ constraints: { minDuration: '2h', maxDuration: '1h' } })]],
  ['request-policy-invalid', 'spec.constraints.privateKey.maxSize', [policy({ constraints: { privateKey: { minSize: 300, maxSize: 256 } } })]],
  ['request-policy-invalid', 'spec.constraints.privateKey.minSize', [policy({ constraints: { privateKey: { minSize: -1 } } })]],
  ['request-policy-invalid', 'spec.constraints.privateKey.minSize', [policy({ constraints: { privateKey: { algorithm: 'Ed25519', minSize: 256 } } })]],
  ['request-policy-invalid', 'spec.constraints.privateKey', [policy({ constraints: { privateKey: { algorithm: 'Ed25519', minSize: 256, maxSize: 256 } } })]],
  ['request-policy-invalid', 'spec.allowed.subject.organizations', [policy({ allowed: { subject: { organizations: { required: true } } } })]],
  ['request-policy-invalid', "spec.selector.namespace.matchLabels['a b']", [policy({ selector: { namespace: { matchLabels: { 'a b': 'c' } } } })]],
])('%s names %s', (id, field, manifests) => {
  expect(fieldsOf(findingsIn(manifests), id)).toEqual([field]);
});
