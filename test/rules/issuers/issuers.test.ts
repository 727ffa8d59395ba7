import { CertManagerVersion } from '../../../src';
import { CA_BUNDLE, CA_PEM } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';

const issuer = (spec: unknown, kind = 'Issuer') => ({ apiVersion: 'cert-manager.io/v1', kind, metadata: { name: 'ca', namespace: 'demo' }, spec });
const codes = (spec: object) => codesIn([issuer(spec)], { certManagerVersion: CertManagerVersion.V1_21 });

const TOKEN = { tokenSecretRef: { name: 'token' } };
const vault = (change: object = {}) => ({ vault: { server: 'https://vault:8200', path: 'pki/sign/db', auth: TOKEN, ...change } });
const login = (auth: object, server = 'https://vault:8200') => vault({ auth, server });
const tpp = (change: object = {}) => ({ venafi: { zone: 'z', tpp: { url: 'https://tpp', credentialsRef: { name: 'tpp' }, ...change } } });
const acme = (change: object = {}) => ({
  acme: { server: 'https://acme.example.com/directory', privateKeySecretRef: { name: 'account' }, solvers: [{ http01: { ingress: {} } }], ...change },
});
const binding = (change: object) => acme({ externalAccountBinding: { keyID: 'k', keySecretRef: { name: 's', key: 'k' }, ...change } });
const solver = (change: object) => acme({ solvers: [change] });
const ingress = (change: object) => solver({ http01: { ingress: change } });
const dns01 = (change: object) => solver({ dns01: change });

const SECRET = { name: 'secret', key: 'key' };
const ARN = 'arn:aws:iam::111122223333:role/dns';
const azure = (change: object) => dns01({ azureDNS: { subscriptionID: 's', resourceGroupName: 'g', ...change } });
const cloudflare = (change: object) => dns01({ cloudflare: change });
const rfc2136 = (change: object) => dns01({ rfc2136: { nameserver: 'ns.example.com', ...change } });
const route53 = (change: object) => dns01({ route53: change });
const account = (name: string) => ({ kubernetes: { serviceAccountRef: { name } } });

test.each<[string, object]>([
  ['selfSigned', { selfSigned: {} }],
  ['ca', { ca: { secretName: 'key-pair', crlDistributionPoints: ['ldap:///cn=ca?certificateRevocationList'] } }],
  ['vault', vault({ caBundle: CA_BUNDLE, clientCertSecretRef: { name: 'c' }, clientKeySecretRef: { name: 'c' }, namespace: 'team' })],
  ['vault by unix socket', vault({ server: 'unix:///run/vault.sock' })],
  ['venafi', tpp({ caBundleSecretRef: { name: 'ca' } })],
  ['venafi whose URL the client completes', tpp({ url: 'tpp.example.com' })],
  ['acme', acme()],
])('a valid issuer has no finding: %s', (_, spec) => { expect(codes(spec)).toEqual([]); });

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-I01', {}, { selfSigned: {} }],
  ['PGTLS-I01', { ca: null }, { ca: { secretName: 'a' } }],
  ['PGTLS-I01', { ...vault(), ...tpp() }, { ...vault(), venafi: null }],
  // What is wrong inside is looked at once it is decided which of them is meant.
  ['PGTLS-I01', { selfSigned: {}, ca: { secretName: '' } }, { selfSigned: {} }],
  ['PGTLS-I02', { ca: { secretName: '' } }, { ca: { secretName: 'a' } }],
  ['PGTLS-I02', acme({ privateKeySecretRef: { name: '' } }), acme({ privateKeySecretRef: { name: 'a', key: '' } })],
  ['PGTLS-I02', binding({ keySecretRef: { name: 's' } }), binding({})],
  ['PGTLS-I02', binding({ keySecretRef: { name: '', key: 'k' } }), binding({})],
  ['PGTLS-I02', login({ appRole: { path: 'approle', roleId: 'r', secretRef: { name: '', key: 'k' } } }), login({ appRole: { path: 'approle', roleId: 'r', secretRef: SECRET } })],
  ['PGTLS-I02', { venafi: { zone: 'z', ngts: { tsgID: '1', credentialsRef: { name: '' } } } }, { venafi: { zone: 'z', ngts: { tsgID: '1', credentialsRef: { name: 'n' } } } }],
  ['PGTLS-I02', dns01({ digitalocean: { tokenSecretRef: { name: 'd' } } }), dns01({ digitalocean: { tokenSecretRef: SECRET } })],
  ['PGTLS-I02', dns01({ akamai: akamai({ clientTokenSecretRef: { name: 'd' } }) }), dns01({ akamai: akamai() })],
  ['PGTLS-I02', dns01({ acmeDNS: { host: 'https://acme-dns', accountSecretRef: { name: 'd' } } }), dns01({ acmeDNS: { host: 'https://acme-dns', accountSecretRef: SECRET } })],
  ['PGTLS-I02', dns01({ cloudDNS: { project: 'p', serviceAccountSecretRef: { name: 'd' } } }), dns01({ cloudDNS: { project: 'p' } })],
  ['PGTLS-I02', route53({ accessKeyIDSecretRef: { name: 'a' }, secretAccessKeySecretRef: SECRET }), route53({ accessKeyIDSecretRef: SECRET, secretAccessKeySecretRef: SECRET })],
  ['PGTLS-I03', { ca: { secretName: 'Key_Pair' } }, { ca: { secretName: 'key.pair' } }],
  ['PGTLS-I03', login({ tokenSecretRef: { name: '' } }), login({ tokenSecretRef: { name: 'a' } })],
  ['PGTLS-I03', login({ appRole: { path: 'approle', roleId: 'r', secretRef: { name: 's' } } }), login({ appRole: { path: 'approle', roleId: 'r', secretRef: SECRET } })],
  ['PGTLS-I03', login({ clientCertificate: { secretName: 'A' } }), login({ clientCertificate: {} })],
  ['PGTLS-I03', tpp({ credentialsRef: { name: '' } }), tpp()],
  ['PGTLS-I03', { venafi: { zone: 'z', cloud: { apiTokenSecretRef: { name: '' } } } }, { venafi: { zone: 'z', cloud: { apiTokenSecretRef: { name: 'a' } } } }],
  ['PGTLS-I03', route53({ accessKeyID: 'A', secretAccessKeySecretRef: { name: 's' } }), route53({ accessKeyID: 'A', secretAccessKeySecretRef: SECRET })],
  ['PGTLS-I03', rfc2136({ tsigSecretSecretRef: { name: 's' } }), rfc2136({ tsigKeyName: 'k', tsigSecretSecretRef: SECRET })],
  ['PGTLS-I04', vault({ caBundle: Buffer.from(CA_PEM.replace('MIIB', 'AAAA')).toString('base64') }), vault({ caBundle: Buffer.from(`# our root\n${CA_PEM}`).toString('base64') })],
  ['PGTLS-I04', vault({ caBundle: CA_PEM }), vault({ caBundle: null })],
  ['PGTLS-I04', vault({ caBundle: '' }), vault()],
  ['PGTLS-I04', acme({ caBundle: `${CA_BUNDLE}\n` }), acme({ caBundle: CA_BUNDLE })],
  ['PGTLS-I05', tpp({ caBundle: CA_BUNDLE, caBundleSecretRef: { name: 'c' } }), tpp({ caBundle: CA_BUNDLE })],
  ['PGTLS-I05', vault({ caBundle: CA_BUNDLE, caBundleSecretRef: { name: 'c' } }), vault({ caBundle: null, caBundleSecretRef: { name: 'c' } })],
  ['PGTLS-I06', vault({ path: '' }), vault()],
  ['PGTLS-I06', login({ appRole: { path: '', roleId: '', secretRef: SECRET } }), login({ appRole: { path: '', roleId: 'r', secretRef: SECRET } })],
  ['PGTLS-I06', login({ kubernetes: { role: '', serviceAccountRef: { name: 'a' } } }), login({ kubernetes: { role: 'r', serviceAccountRef: { name: 'a' } } })],
  ['PGTLS-I06', login({ kubernetes: { role: 'r', serviceAccountRef: { name: '' } } }), login({ kubernetes: { role: 'r', secretRef: { name: 'a' } } })],
  ['PGTLS-I06', login({ aws: { role: 'r', iamRoleArn: ARN, serviceAccountRef: { name: '' } } }), login({ aws: { role: 'r' } })],
  ['PGTLS-I06', { venafi: { zone: '', cloud: { apiTokenSecretRef: SECRET } } }, { venafi: { zone: 'z', cloud: { apiTokenSecretRef: SECRET } } }],
  ['PGTLS-I06', tpp({ url: '' }), tpp({ url: 'https://tpp/vedsdk' })],
  ['PGTLS-I06', binding({ keyID: '' }), binding({})],
  ['PGTLS-I06', azure({ subscriptionID: '' }), azure({})],
  ['PGTLS-I06', dns01({ webhook: { groupName: 'g', solverName: '' } }), dns01({ webhook: { groupName: '', solverName: 's' } })],
  ['PGTLS-I07', { ca: { secretName: 'a', issuingCertificateURLs: [''] } }, { ca: { secretName: 'a', issuingCertificateURLs: [] } }],
  ['PGTLS-I08', { selfSigned: { crlDistributionPoints: [''] } }, { selfSigned: { crlDistributionPoints: [] } }],
  ['PGTLS-I08', { ca: { secretName: 'a', ocspServers: ['//ocsp'] } }, { ca: { secretName: 'a', ocspServers: ['http://ocsp'] } }],
  ['PGTLS-I09', acme({ server: 'acme.example.com/directory' }), acme({ server: 'HTTPS://acme.example.com/directory' })],
  ['PGTLS-I09', dns01({ acmeDNS: { host: 'acme-dns', accountSecretRef: SECRET } }), dns01({ acmeDNS: { host: 'http://acme-dns', accountSecretRef: SECRET } })],
  ['PGTLS-I10', vault({ path: '../sign/db' }), vault({ path: 'pki/..sign/db' })],
  ['PGTLS-I10', login({ appRole: { path: 'a/..', roleId: 'r', secretRef: SECRET } }), login({ appRole: { path: 'a/...', roleId: 'r', secretRef: SECRET } })],
  ['PGTLS-I10', login({ aws: { role: 'r', mountPath: '/v1/auth/../aws' } }), login({ aws: { role: 'r', mountPath: '/v1/auth/aws' } })],
  ['PGTLS-I11', vault({ clientKeySecretRef: { name: 'c' } }), vault({ clientKeySecretRef: { name: 'c' }, clientCertSecretRef: { name: 'd' } })],
  ['PGTLS-I12', login({}), login(TOKEN)],
  ['PGTLS-I13', login({ ...TOKEN, clientCertificate: {} }), login({ clientCertificate: {} })],
  ['PGTLS-I14', login({ kubernetes: { role: 'r', secretRef: { name: '' } } }), login({ kubernetes: { role: 'r', secretRef: { name: 'a' } } })],
  ['PGTLS-I14', login({ kubernetes: { role: 'r', secretRef: { name: 'a' }, serviceAccountRef: { name: 'a' } } }), login({ kubernetes: { role: 'r', serviceAccountRef: { name: 'a' } } })],
  ['PGTLS-I15', login({ aws: { role: 'r', serviceAccountRef: { name: 'a' }, iamRoleArn: '' } }), login({ aws: { role: 'r', iamRoleArn: '' } })],
  ['PGTLS-I16', vault({ path: '/v1/pki/sign/db' }), vault({ path: '/pki/v1/sign/db' })],
  ['PGTLS-I16', vault({ path: 'pki/issue/db' }), vault({ path: 'pki/issuer/new/sign/issue' })],
  ['PGTLS-I16', login({ kubernetes: { role: 'r', serviceAccountRef: { name: 'a' }, mountPath: 'kubernetes' } }), login({ kubernetes: { role: 'r', serviceAccountRef: { name: 'a' }, mountPath: 'v1/auth/k8s' } })],
  ['PGTLS-I17', login({ clientCertificate: {} }, 'http://vault:8200'), login({ clientCertificate: {} })],
  ['PGTLS-I18', login(TOKEN, 'HTTP://vault:8200'), login(TOKEN)],
  ['PGTLS-I20', { venafi: { zone: 'z' } }, tpp()],
  ['PGTLS-I21', tpp({ caBundle: 'bm9uZQ==' }), tpp({ caBundle: CA_BUNDLE })],
  ['PGTLS-I30', solver({}), solver({ dns01: { route53: {} } })],
  ['PGTLS-I30', solver({ selector: { dnsZones: ['example.com'] } }), solver({ selector: { dnsZones: ['example.com'] }, http01: { ingress: {} } })],
  ['PGTLS-I31', solver({ http01: { ingress: {}, gatewayHTTPRoute: {} } }), solver({ http01: { gatewayHTTPRoute: {} } })],
  ['PGTLS-I32', ingress({ class: '', name: 'web' }), ingress({ name: 'web' })],
  ['PGTLS-I32', ingress({ ingressClassName: 'nginx', name: 'web' }), ingress({ ingressClassName: 'nginx', name: '' })],
  ['PGTLS-I33', ingress({ ingressClassName: '' }), ingress({ ingressClassName: 'a.b' })],
  ['PGTLS-I34', ingress({ serviceType: 'ExternalName' }), ingress({ serviceType: 'NodePort' })],
  ['PGTLS-I34', solver({ http01: { gatewayHTTPRoute: { serviceType: 'LoadBalancer' } } }), solver({ http01: { gatewayHTTPRoute: { serviceType: '' } } })],
  ['PGTLS-I35', solver({ http01: { ingress: {} }, waitInsteadOfSelfCheck: '30' }), solver({ http01: { ingress: {} }, waitInsteadOfSelfCheck: '0' })],
  ['PGTLS-I36', dns01({}), dns01({ route53: {} })],
  ['PGTLS-I36', dns01({ cnameStrategy: 'Follow' }), dns01({ cnameStrategy: 'Follow', route53: {} })],
  // The webhook lets this pair pass; the controller takes Route 53 and never looks at the other.
  ['PGTLS-I36', dns01({ route53: {}, acmeDNS: { host: 'https://acme-dns', accountSecretRef: SECRET } }), dns01({ route53: {} })],
  ['PGTLS-I37', azure({ clientID: 'c' }), azure({ clientID: 'c', tenantID: 't', clientSecretSecretRef: SECRET })],
  ['PGTLS-I37', azure({ clientID: 'c', tenantID: 't', clientSecretSecretRef: SECRET, managedIdentity: {} }), azure({ managedIdentity: {} })],
  ['PGTLS-I37', azure({ managedIdentity: { clientID: 'c', resourceID: 'r' } }), azure({ managedIdentity: { clientID: 'c', tenantID: 't' } })],
  ['PGTLS-I37', azure({ managedIdentity: { tenantID: 't' } }), azure({ managedIdentity: { resourceID: 'r' } })],
  ['PGTLS-I37', azure({ managedIdentity: { tenantID: 't', resourceID: 'r' } }), azure({ clientID: '', managedIdentity: { clientID: 'c' } })],
  ['PGTLS-I38', cloudflare({}), cloudflare({ apiTokenSecretRef: SECRET })],
  ['PGTLS-I38', cloudflare({ apiTokenSecretRef: SECRET, apiKeySecretRef: SECRET, email: 'a@example.com' }), cloudflare({ apiKeySecretRef: SECRET, email: 'a@example.com' })],
  ['PGTLS-I39', rfc2136({ nameserver: 'fd00::53' }), rfc2136({ nameserver: '[fd00::53]' })],
  ['PGTLS-I39', rfc2136({ nameserver: ':53' }), rfc2136({ nameserver: '10.0.0.53:' })],
  ['PGTLS-I39', rfc2136({ nameserver: '[fd00::53' }), rfc2136({ nameserver: '[fd00::53]:53' })],
  ['PGTLS-I39', rfc2136({ tsigAlgorithm: 'HMACSHA384' }), rfc2136({ tsigAlgorithm: 'hmacsha512' })],
  ['PGTLS-I39', rfc2136({ tsigKeyName: 'k', tsigSecretSecretRef: { name: 's' } }), rfc2136({ tsigKeyName: 'k', tsigSecretSecretRef: SECRET })],
  ['PGTLS-I39', rfc2136({ tsigSecretSecretRef: SECRET }), rfc2136({ tsigKeyName: '' })],
  ['PGTLS-I40', route53({ accessKeyID: 'A', accessKeyIDSecretRef: SECRET, secretAccessKeySecretRef: SECRET }), route53({ accessKeyID: '', accessKeyIDSecretRef: SECRET, secretAccessKeySecretRef: SECRET })],
  ['PGTLS-I41', route53({ secretAccessKeySecretRef: SECRET }), route53({ role: ARN })],
  ['PGTLS-I41', route53({ auth: account('dns') }), route53({ auth: account('dns'), role: ARN })],
  ['PGTLS-I41', route53({ auth: account(''), role: ARN }), route53({ auth: account('dns'), role: ARN })],
  ['PGTLS-I42', acme({ preferredChain: 'x'.repeat(65) }), acme({ preferredChain: 'x'.repeat(64) })],
  ['PGTLS-I43', acme({ skipTLSVerify: true }), acme({ skipTLSVerify: false })],
  ['PGTLS-I44', binding({ keyAlgorithm: 'HS256' }), binding({})],
  ['PGTLS-I45', acme({ solvers: [] }), acme()],
  ['PGTLS-I46', acme({ server: 'https://acme-staging-v02.api.letsencrypt.org/directory', enableDurationFeature: true }), acme({ enableDurationFeature: true })],
  ['PGTLS-I47', acme({ server: 'https://acme-staging.api.letsencrypt.org/directory' }), acme({ server: 'https://acme-staging-v02.api.letsencrypt.org/directory' })],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});

test('a message has the field, the value and the fix', () => {
  const [finding] = findingsIn([issuer(route53({ accessKeyID: 'A' }))]);
  expect(finding?.message).toBe('acme.solvers[0].dns01.route53 has an access key ID but no secretAccessKeySecretRef; '
    + 'set an access key ID together with secretAccessKeySecretRef, or a ServiceAccount with the role that it assumes, or neither (identity of the pod)');
});

test('every fault of an issuer is reported, in every solver', () => {
  const solvers = [{ http01: {} }, { dns01: {} }, { http01: {} }];
  expect(findingsIn([issuer(acme({ server: '', solvers }))]).map(({ rule: { code } }) => code)).toEqual(['PGTLS-I06', 'PGTLS-I31', 'PGTLS-I31', 'PGTLS-I36']);
});

// cert-manager's webhook demands name and kind together; the schema demands the name before, and fills in the kind (deploy/crds/cert-manager.io_issuers.yaml).
test.each<[object, string | undefined]>([
  [{ name: 'edge' }, undefined],
  [{ name: 'edge', kind: 'Service' }, undefined],
  [{ kind: 'Gateway' }, 'name is missing'],
  [{ name: '', kind: 'Gateway' }, "name is '', which is empty"],
])('a parentRef %j of a gatewayHTTPRoute: %p', (parentRef, problem) => {
  const found = findingsIn([issuer(solver({ http01: { gatewayHTTPRoute: { parentRefs: [{ name: 'a' }, parentRef] } } }))]);
  const field = 'spec.acme.solvers[0].http01.gatewayHTTPRoute.parentRefs[1].name';
  expect(found.map((finding) => [finding.rule.code, finding.field, finding.problem]))
    .toEqual(problem === undefined ? [] : [['PGTLS-A13', field, `${field.slice(0, -'name'.length)}${problem}`]]);
});

test('caBundle with skipTLSVerify has the findings of both', () => {
  expect(codes(acme({ caBundle: CA_BUNDLE, skipTLSVerify: true }))).toEqual(['PGTLS-I05', 'PGTLS-I43']);
});

test('a ClusterIssuer is checked as an Issuer is', () => {
  expect(codesIn([issuer({}, 'ClusterIssuer')])).toEqual(['PGTLS-I01']);
});

test.each([undefined, null, 'text', 7, [], { acme: 'text' }, { acme: { solvers: 'text' } }, { acme: { solvers: [null, 7] } }, { vault: { auth: [] } }, { venafi: [] }])(
  'no content of a manifest makes a rule throw: %j', (spec) => { expect(() => codesIn([issuer(spec)])).not.toThrow(); });

function akamai(change: object = {}): object {
  return { serviceConsumerDomain: 'akab.example.com', accessTokenSecretRef: SECRET, clientSecretSecretRef: SECRET, clientTokenSecretRef: SECRET, ...change };
}
