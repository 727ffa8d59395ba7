import * as fc from 'fast-check';
import { CA_BUNDLE, CA_PEM } from '../../fixtures';
import type { ApiObject } from './api-server';
import { change, GONE, STRUCTURE, type Change } from './change';
import { HOST, LABEL, ODD_DURATION, ODD_NAME } from './random-text';

const one = (...values: unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
const REF = LABEL.map((name) => ({ name, key: 'data' }));
const optional = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, ...requiredKeys: (keyof T & string)[]): fc.Arbitrary<object> =>
  fc.record(fields as Record<string, fc.Arbitrary<unknown>>, { requiredKeys });

const CA = optional({ secretName: LABEL, crlDistributionPoints: fc.constant(['http://crl.example.com']), ocspServers: fc.constant(['http://ocsp.example.com']), issuingCertificateURLs: fc.constant(['http://ca.example.com/ca.crt']) }, 'secretName');

const VAULT_AUTH = fc.oneof<fc.Arbitrary<object>[]>(
  optional({ tokenSecretRef: REF }, 'tokenSecretRef'),
  optional({ appRole: optional({ path: fc.constant('approle'), roleId: LABEL, secretRef: REF }, 'path', 'roleId', 'secretRef') }, 'appRole'),
  optional({ clientCertificate: optional({ secretName: LABEL, name: LABEL, mountPath: fc.constant('/v1/auth/cert') }) }, 'clientCertificate'),
  optional({ kubernetes: optional({ role: LABEL, secretRef: REF, mountPath: fc.constant('/v1/auth/kubernetes') }, 'role', 'secretRef') }, 'kubernetes'),
  optional({ kubernetes: optional({ role: LABEL, serviceAccountRef: optional({ name: LABEL, audiences: fc.constant(['vault']) }, 'name') }, 'role', 'serviceAccountRef') }, 'kubernetes'),
  optional({ aws: optional({ role: LABEL, serviceAccountRef: optional({ name: LABEL }, 'name'), iamRoleArn: fc.constant('arn:aws:iam::123456789012:role/x'), region: fc.constant('eu-central-1') }, 'role', 'serviceAccountRef', 'iamRoleArn') }, 'aws'),
  optional({ aws: optional({ role: LABEL, vaultHeaderValue: LABEL }, 'role') }, 'aws'),
);
const VAULT = fc.oneof(
  optional({ server: HOST.map((host) => `https://${host}:8200`), path: fc.constant('pki/sign/role'), auth: VAULT_AUTH, namespace: LABEL, serverName: HOST, caBundle: fc.constant(CA_BUNDLE) }, 'server', 'path', 'auth'),
  optional({ server: HOST.map((host) => `https://${host}:8200`), path: fc.constant('pki/sign/role'), auth: VAULT_AUTH, caBundleSecretRef: REF, clientCertSecretRef: REF, clientKeySecretRef: REF }, 'server', 'path', 'auth', 'clientCertSecretRef', 'clientKeySecretRef'),
);

const VENAFI = fc.oneof<fc.Arbitrary<object>[]>(
  optional({ zone: LABEL, tpp: optional({ url: fc.constant('https://tpp.example.com/vedsdk'), credentialsRef: LABEL.map((name) => ({ name })), caBundle: fc.constant(CA_BUNDLE) }, 'url', 'credentialsRef') }, 'zone', 'tpp'),
  optional({ zone: LABEL, tpp: optional({ url: fc.constant('https://tpp.example.com'), credentialsRef: LABEL.map((name) => ({ name })), caBundleSecretRef: REF }, 'url', 'credentialsRef') }, 'zone', 'tpp'),
  optional({ zone: LABEL, cloud: optional({ apiTokenSecretRef: REF, url: fc.constant('https://api.example.com') }, 'apiTokenSecretRef') }, 'zone', 'cloud'),
  optional({ zone: LABEL, ngts: optional({ tsgID: LABEL, credentialsRef: LABEL.map((name) => ({ name })) }, 'tsgID', 'credentialsRef') }, 'zone', 'ngts'),
);

const PROVIDER = fc.oneof<fc.Arbitrary<object>[]>(
  optional({ acmeDNS: optional({ host: HOST.map((host) => `https://${host}`), accountSecretRef: REF }, 'host', 'accountSecretRef') }, 'acmeDNS'),
  optional({ akamai: optional({ serviceConsumerDomain: HOST, accessTokenSecretRef: REF, clientSecretSecretRef: REF, clientTokenSecretRef: REF }, 'serviceConsumerDomain', 'accessTokenSecretRef', 'clientSecretSecretRef', 'clientTokenSecretRef') }, 'akamai'),
  optional({ azureDNS: optional({ subscriptionID: LABEL, resourceGroupName: LABEL, hostedZoneName: HOST, environment: fc.constantFrom('AzurePublicCloud', 'AzureChinaCloud'), managedIdentity: fc.constantFrom({}, { clientID: 'x' }, { resourceID: 'y' }, { clientID: 'x', tenantID: 't' }) }, 'subscriptionID', 'resourceGroupName') }, 'azureDNS'),
  optional({ azureDNS: optional({ subscriptionID: LABEL, resourceGroupName: LABEL, clientID: LABEL, tenantID: LABEL, clientSecretSecretRef: REF }, 'subscriptionID', 'resourceGroupName', 'clientID', 'tenantID', 'clientSecretSecretRef') }, 'azureDNS'),
  optional({ cloudDNS: optional({ project: LABEL, hostedZoneName: LABEL, serviceAccountSecretRef: REF }, 'project') }, 'cloudDNS'),
  optional({ cloudflare: optional({ apiTokenSecretRef: REF }, 'apiTokenSecretRef') }, 'cloudflare'),
  optional({ cloudflare: optional({ apiKeySecretRef: REF, email: fc.constant('a@example.com') }, 'apiKeySecretRef', 'email') }, 'cloudflare'),
  optional({ digitalocean: optional({ tokenSecretRef: REF }, 'tokenSecretRef') }, 'digitalocean'),
  optional({ rfc2136: optional({ nameserver: fc.constantFrom('10.0.0.53', '10.0.0.53:53', '[fd00::53]:53', 'ns.example.com'), protocol: fc.constantFrom('TCP', 'UDP') }, 'nameserver') }, 'rfc2136'),
  optional({ rfc2136: optional({ nameserver: fc.constant('10.0.0.53'), tsigKeyName: LABEL, tsigSecretSecretRef: REF, tsigAlgorithm: fc.constantFrom('HMACMD5', 'HMACSHA1', 'HMACSHA256', 'HMACSHA512') }, 'nameserver', 'tsigKeyName', 'tsigSecretSecretRef') }, 'rfc2136'),
  optional({ route53: optional({ region: fc.constant('eu-central-1'), hostedZoneID: LABEL, role: LABEL, accessKeyID: LABEL, secretAccessKeySecretRef: REF }, 'region') }, 'route53'),
  optional({ route53: optional({ region: fc.constant('eu-central-1'), auth: fc.constant({ kubernetes: { serviceAccountRef: { name: 'x' } } }) }, 'region') }, 'route53'),
  optional({ webhook: optional({ groupName: HOST, solverName: LABEL, config: fc.constant({ any: ['thing', 1] }) }, 'groupName', 'solverName') }, 'webhook'),
);
const DNS01 = fc.tuple(PROVIDER, fc.constantFrom({}, { cnameStrategy: 'None' }, { cnameStrategy: 'Follow' })).map(([provider, strategy]) => ({ ...provider, ...strategy }));
const HTTP01 = fc.oneof<fc.Arbitrary<object>[]>(
  optional({ ingress: fc.constantFrom<object>({}, { ingressClassName: 'nginx' }, { class: 'azure/application-gateway' }, { name: 'my-ingress', serviceType: 'ClusterIP' }, { ingressClassName: 'nginx', serviceType: 'NodePort', ingressTemplate: { metadata: { annotations: { a: 'b' } } } }) }, 'ingress'),
  optional({ gatewayHTTPRoute: fc.constantFrom<object>({}, { parentRefs: [{ name: 'gw', kind: 'Gateway', namespace: 'infra' }] }, { labels: { a: 'b' }, parentRefs: [{ name: 'gw' }] }) }, 'gatewayHTTPRoute'),
);
const SELECTOR = optional({ dnsNames: fc.constant(['example.com']), dnsZones: fc.constant(['example.com']), matchLabels: fc.constant({ a: 'b' }) });
const SOLVER = fc.oneof<fc.Arbitrary<object>[]>(
  optional({ http01: HTTP01, selector: SELECTOR, waitInsteadOfSelfCheck: fc.constant('30s') }, 'http01'),
  optional({ dns01: DNS01, selector: SELECTOR }, 'dns01'),
);
const ACME = optional({
  server: fc.constant('https://acme-v02.api.letsencrypt.org/directory'), privateKeySecretRef: LABEL.map((name) => ({ name })), email: fc.constant('admin@example.com'), preferredChain: fc.constant('ISRG Root X1'), profile: fc.constant('tlsserver'),
  caBundle: fc.constant(CA_BUNDLE), disableAccountKeyGeneration: fc.boolean(), enableDurationFeature: fc.boolean(), externalAccountBinding: optional({ keyID: LABEL, keySecretRef: REF }, 'keyID', 'keySecretRef'), solvers: fc.array(SOLVER, { minLength: 1, maxLength: 2 }),
}, 'server', 'privateKeySecretRef');

const SPEC = fc.oneof<fc.WeightedArbitrary<object>[]>(
  { weight: 1, arbitrary: fc.record({ selfSigned: optional({ crlDistributionPoints: fc.constant(['http://crl.example.com']) }) }) },
  { weight: 2, arbitrary: fc.record({ ca: CA }) },
  { weight: 3, arbitrary: fc.record({ vault: VAULT }) },
  { weight: 2, arbitrary: fc.record({ venafi: VENAFI }) },
  { weight: 6, arbitrary: fc.record({ acme: ACME }) },
);

/** Issuers and ClusterIssuers that cert-manager accepts. */
export const VALID_ISSUER: fc.Arbitrary<ApiObject> = fc.tuple(fc.constantFrom('Issuer', 'ClusterIssuer'), SPEC).map(([kind, spec]) => ({ apiVersion: 'cert-manager.io/v1', kind, metadata: { name: 'ca' }, spec }));

const KEY_REF = one({ name: 's', key: 'k' }, { name: 's' }, { key: 'k' }, { name: '', key: 'k' }, { name: 's', key: '' }, {}, null, 's', GONE);
const BUNDLES = one(CA_BUNDLE, '', 'bm90IGEgY2VydGlmaWNhdGU=', 'not base64!', CA_PEM, null, GONE, 5, Buffer.from(`garbage\n${CA_PEM}`).toString('base64'), Buffer.from(CA_PEM.replace(/M/g, 'N')).toString('base64'), CA_BUNDLE.replace(/=+$/, ''), `${CA_BUNDLE.slice(0, 64)}\n${CA_BUNDLE.slice(64)}`,
  Buffer.from(CA_PEM.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')).toString('base64'), Buffer.from('-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n').toString('base64'));
const PATH = one('pki/sign/role', '', 'pki/../x', '..', 'a..b', '../x', 'x/..', 'pki//x', '/pki', GONE, null, 7, '.../x', './x', '%2e%2e/x');
const TEXTS = one('', 'x', GONE, null, 7, ' ');

const at = (type: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, area: string): fc.Arbitrary<Change>[] => Object.entries(fields).map(([field, values]) => change(area, `${type}.${field}`, values));

/** One kind of change of a solver, which takes the place of all solvers. */
const solver = (area: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Change> => change(area, 'spec.acme.solvers', values.map((value) => [value]));
const provider = (name: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Change> => solver('R24 dns01', values.map((value) => ({ dns01: { [name]: value } })));
const SERVICE_TYPE = one('', 'ClusterIP', 'NodePort', 'LoadBalancer', 'clusterip', null);

export const ISSUER_CHANGES: Readonly<Record<string, readonly fc.Arbitrary<Change>[]>> = {
  any: [
    change('R20 types', 'spec', one({}, null, GONE, { selfSigned: {} }, { selfSigned: null }, { selfSigned: {}, ca: { secretName: 'x' } }, { selfSigned: {}, ca: {} }, { ca: {} }, { ca: null, selfSigned: {} }, { external: {} }, { acme: {}, selfSigned: {} }, { vault: {}, venafi: {} }, { selfsigned: {} }, [])),
    change('R20 types', 'spec.selfSigned', one({}, null, [], true)),
    change('R20 types', 'spec.ca', one({ secretName: 'x' }, {}, null)),
    change('structure', 'metadata.name', ODD_NAME),
    STRUCTURE, STRUCTURE, STRUCTURE,
  ],
  selfSigned: [change('R21 ca', 'spec.selfSigned.crlDistributionPoints', one([''], [], [null], null, 'http://x', ['not a url'], ['http://exämple']))],
  ca: [
    change('R21 ca', 'spec.ca.secretName', fc.oneof(ODD_NAME, fc.constant(GONE))),
    ...at('spec.ca', { ocspServers: one([''], [], ['x', ''], null, [null], 'x', [' ']), issuingCertificateURLs: one([''], [], ['x'], null, 'x'), crlDistributionPoints: one([''], [], null, ['x']) }, 'R21 ca'),
  ],
  vault: at('spec.vault', {
    'server': TEXTS, 'path': PATH, 'caBundle': BUNDLES, 'caBundleSecretRef': KEY_REF, 'clientCertSecretRef': KEY_REF, 'clientKeySecretRef': KEY_REF, 'namespace': TEXTS, 'serverName': TEXTS,
    'auth': fc.oneof(
      one({}, null, GONE, { tokenSecretRef: { name: 't' } }, { tokenSecretRef: { name: '' } }, { tokenSecretRef: {} }, { tokenSecretRef: null }, { tokenSecretRef: { name: 't' }, appRole: { path: 'a', roleId: 'r', secretRef: { name: 's' } } }, { clientCertificate: {} }, { clientCertificate: null }, { aws: {} }, { kubernetes: {} }, { appRole: {} }, { ldap: {} }),
      fc.record({ path: PATH, roleId: TEXTS, secretRef: KEY_REF }, { requiredKeys: [] }).map((appRole) => ({ appRole })),
      fc.record({ secretName: TEXTS, name: TEXTS, mountPath: PATH }, { requiredKeys: [] }).map((clientCertificate) => ({ clientCertificate })),
      fc.record({ role: one('r', 'r', '', GONE), mountPath: PATH, secretRef: KEY_REF, serviceAccountRef: one({ name: 'x' }, { name: '' }, {}, null, { name: 'x', audiences: [] }) }, { requiredKeys: [] }).map((kubernetes) => ({ kubernetes })),
      fc.record({ role: one('r', 'r', '', null), mountPath: PATH, serviceAccountRef: one({ name: 'x' }, { name: '' }, {}, null), iamRoleArn: one('arn', '', null), region: TEXTS, vaultHeaderValue: TEXTS }, { requiredKeys: [] }).map((aws) => ({ aws })),
    ).map(withoutGone),
  }, 'R22 vault'),
  venafi: [
    ...at('spec.venafi', { zone: TEXTS }, 'R25 venafi'),
    change('R25 venafi', 'spec.venafi.tpp', fc.oneof(one({}, null, GONE), fc.record({ url: TEXTS, credentialsRef: one({ name: 'x' }, {}, { name: '' }, null, { name: 'x', key: 'k' }), caBundle: BUNDLES, caBundleSecretRef: KEY_REF }, { requiredKeys: [] })).map(withoutGone)),
    change('R25 venafi', 'spec.venafi.cloud', fc.oneof(one({}, null, GONE), fc.record({ apiTokenSecretRef: KEY_REF, url: TEXTS }, { requiredKeys: [] })).map(withoutGone)),
    change('R25 venafi', 'spec.venafi.ngts', fc.oneof(one({}, null, GONE), fc.record({ tsgID: TEXTS, credentialsRef: one({ name: 'x' }, {}, { name: '' }, null), url: TEXTS, tokenEndpoint: TEXTS }, { requiredKeys: [] })).map(withoutGone)),
    change('R25 venafi', 'spec.venafi', one({ zone: 'z' }, { zone: 'z', tpp: { url: 'u', credentialsRef: { name: 'x' } } }, { zone: 'z', cloud: { apiTokenSecretRef: { name: 's', key: 'k' } }, ngts: { tsgID: 't', credentialsRef: { name: 'x' } } }, {}, { zone: 'z', cloud: { apiTokenSecretRef: { name: 's' } } })),
  ],
  acme: [
    ...at('spec.acme', {
      server: TEXTS, privateKeySecretRef: KEY_REF, email: one('', 'x', 'a@b', null, 7), preferredChain: one('', 'x'.repeat(64), 'x'.repeat(65), 'ä'.repeat(64), 'ä'.repeat(65), '😀'.repeat(33), null), profile: TEXTS, caBundle: BUNDLES, skipTLSVerify: one(true, false, null, 'true'),
      externalAccountBinding: fc.oneof(one({}, null), fc.record({ keyID: TEXTS, keySecretRef: KEY_REF, keyAlgorithm: one('HS256', 'HS384', 'HS512', 'hs256', '', null, GONE) }, { requiredKeys: ['keyID', 'keySecretRef'] })).map(withoutGone),
      disableAccountKeyGeneration: one('true', null), enableDurationFeature: one('true', null), solvers: one([], null, [null], [{}], {}, 'x', [[]]),
    }, 'R23 acme'),
    solver('R23 acme', fc.record({ http01: one({ ingress: {} }, {}, null), dns01: one({ webhook: { groupName: 'a.b', solverName: 'c' } }, {}, null), selector: one({}, null, { dnsNames: [] }, { matchLabels: { a: 1 } }, { dnsZone: ['x'] }) }, { requiredKeys: [] })),
    solver('R23 acme', ODD_DURATION.map((waitInsteadOfSelfCheck) => ({ http01: { ingress: {} }, waitInsteadOfSelfCheck }))),
    solver('R23 acme', fc.record({ class: one('nginx', '', 'a/b'), ingressClassName: one('nginx', '', 'Nginx', 'a_b', 'a/b', `${'x'.repeat(254)}`), name: one('x', '', null), serviceType: SERVICE_TYPE }, { requiredKeys: [] }).map((ingress) => ({ http01: { ingress } }))),
    solver('R23 acme', fc.record({ serviceType: SERVICE_TYPE, labels: one({}, null, { a: 'b' }), parentRefs: fc.array(fc.record({ name: one('gw', '', null), kind: one('Gateway', '', null, 'not a kind', 'K'.repeat(64)), group: one('', 'gateway.networking.k8s.io', 'Not.A.Group', null), namespace: one('infra', '', 'Infra'), port: one(443, 0, 65536, '443'), sectionName: one('a', '', 'A') }, { requiredKeys: ['name'] }), { maxLength: 2 }) }, { requiredKeys: [] }).map((gatewayHTTPRoute) => ({ http01: { gatewayHTTPRoute } }))),
    solver('R23 acme', one({ http01: { ingress: {}, gatewayHTTPRoute: {} } }, { http01: { ingress: null } }, { http01: { gateway: {} } }, { http01: { ingress: { podTemplate: { spec: {} } } } })),
    solver('R24 dns01', fc.tuple(PROVIDER, PROVIDER, one('None', 'Follow', 'follow', '', null)).map(([a, b, cnameStrategy]) => ({ dns01: { ...a, ...b, cnameStrategy } }))),
    provider('acmeDNS', fc.record({ host: TEXTS, accountSecretRef: KEY_REF }).map(withoutGone)),
    provider('akamai', fc.record({ serviceConsumerDomain: TEXTS, accessTokenSecretRef: KEY_REF, clientSecretSecretRef: one({ name: 's', key: 'k' }, { name: 's' }), clientTokenSecretRef: one({ name: 's', key: 'k' }) }).map(withoutGone)),
    provider('azureDNS', fc.record({ subscriptionID: one('s', 's', '', GONE), resourceGroupName: one('r', 'r', '', GONE), clientID: one('c', '', null), tenantID: one('t', '', null), clientSecretSecretRef: KEY_REF, managedIdentity: one({}, { clientID: 'c' }, { resourceID: 'r' }, { clientID: 'c', resourceID: 'r' }, { tenantID: 't' }, { tenantID: 't', resourceID: 'r' }, { clientID: 'c', tenantID: 't' }, null), environment: one('AzureGermanCloud', '', 'azure', null), zoneType: one('AzurePublicZone', 'x') }, { requiredKeys: ['subscriptionID', 'resourceGroupName'] }).map(withoutGone)),
    provider('cloudDNS', fc.record({ project: TEXTS, serviceAccountSecretRef: KEY_REF, hostedZoneName: TEXTS }, { requiredKeys: ['project'] }).map(withoutGone)),
    provider('cloudflare', fc.record({ apiKeySecretRef: KEY_REF, apiTokenSecretRef: KEY_REF, email: TEXTS }, { requiredKeys: [] }).map(withoutGone)),
    provider('digitalocean', fc.record({ tokenSecretRef: KEY_REF }).map(withoutGone)),
    provider('rfc2136', fc.record({ nameserver: one('10.0.0.53', '10.0.0.53:53', '10.0.0.53:', 'ns', 'ns:x', ':53', '', ' ', '[fd00::53]', '[fd00::53]:53', 'fd00::53', '[fd00::53', 'a:b:c', ' 10.0.0.53 ', '[]', '[]:53', 'ns:99999', null, GONE, '[a]b:53', 'ns]', '[ns:53', 'a[b]:1'), tsigKeyName: one('k', '', null), tsigSecretSecretRef: KEY_REF, tsigAlgorithm: one('HMACSHA512', 'hmacsha512', 'HMACSHA384', '', null, 'HmacMd5'), protocol: one('TCP', 'udp', '', null) }, { requiredKeys: ['nameserver'] }).map(withoutGone)),
    provider('route53', fc.record({ region: TEXTS, accessKeyID: one('AKIA', '', null), accessKeyIDSecretRef: KEY_REF, secretAccessKeySecretRef: KEY_REF, auth: one({}, { kubernetes: {} }, { kubernetes: { serviceAccountRef: {} } }, { kubernetes: { serviceAccountRef: { name: '' } } }, null) }, { requiredKeys: [] }).map(withoutGone)),
    provider('webhook', fc.record({ groupName: TEXTS, solverName: TEXTS, config: one({}, null, 'x', 1, [1]) }, { requiredKeys: [] }).map(withoutGone)),
    solver('R24 dns01', one({ dns01: { unknown: {} } }, { dns01: { cnameStrategy: 'Follow' } }, { dns01: { acmedns: {} } })),
  ],
};

/** Symbols do not survive JSON: fields that are to be gone are taken out. */
function withoutGone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) { return value; }
  if (Array.isArray(value)) { return value.map(withoutGone); }
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== GONE).map(([field, inner]) => [field, withoutGone(inner)]));
}
