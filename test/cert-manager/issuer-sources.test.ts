import { Duration } from 'cdk8s';
import { Secret, SecretValue, ServiceAccount } from 'cdk8s-plus-27';
import {
  AcmeAccountKey, AcmeIngress, AcmeIssuerOptions, AcmeServerTrust, AcmeSolver, AcmeSolverServiceType, AzureDnsCredentials, AzureEnvironment,
  AzureZoneType, CaBundle, Certificate, CertManagerVersion, CloudflareCredentials, ClusterIssuer, CnameStrategy, Dns01Provider, Issuer,
  IssuerSource, Rfc2136Protocol, Route53Credentials, TsigAlgorithm, Validation, VaultAuth, VaultIssuerOptions, VenafiConnection,
} from '../../src';
import { CA_BUNDLE, CA_PEM } from '../fixtures';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, written } from '../support/tree';

const shelf = chartIn('demo', 'shelf');
const whole = (name: string) => Secret.fromSecretName(shelf, `secret-${name}-${shelf.node.children.length}`, name);
const secret = (name: string, key: string): SecretValue => ({ secret: whole(name), key });
const pair = (name: string) => Certificate.fromSecretName(shelf, `pair-${name}-${shelf.node.children.length}`, name);
const login = ServiceAccount.fromServiceAccountName(shelf, 'login', 'vault-login');
const dns = ServiceAccount.fromServiceAccountName(shelf, 'dns', 'dns-login');

/** The issuer of a source, as written. */
function issuerOf(source: IssuerSource): Manifest {
  const chart = chartIn();
  Validation.of(chart).configure({ certManagerVersion: CertManagerVersion.V1_21 });
  new Issuer(chart, 'db', { source });
  return written(chart, 'Issuer');
}

const SERVER = 'https://vault.example.com:8200';
const ROLE = 'arn:aws:iam::111122223333:role/dns';
const vault = (options: Partial<VaultIssuerOptions> = {}) =>
  IssuerSource.vault({ server: SERVER, path: 'pki/sign/db', auth: VaultAuth.token(secret('vault', 'token')), ...options });
const acme = (options: Partial<AcmeIssuerOptions> = {}) =>
  IssuerSource.acme({ server: 'https://acme.example.com/directory', solvers: [AcmeSolver.http01Ingress()], ...options });
const solved = (solver: AcmeSolver) => issuerOf(acme({ solvers: [solver] })).spec.acme.solvers[0];

/** Every login, product, solver and provider, with what is written for it. */
const LOGINS: Array<[string, VaultAuth, object]> = [
  ['a token', VaultAuth.token(secret('vault', 'token')), { tokenSecretRef: { name: 'vault', key: 'token' } }],
  ['AppRole', VaultAuth.appRole({ roleId: 'r', secretId: secret('vault', 'id') }), { appRole: { path: 'approle', roleId: 'r', secretRef: { name: 'vault', key: 'id' } } }],
  ['a client certificate', VaultAuth.clientCertificate({ certificate: pair('client'), role: 'r', mountPath: '/v1/auth/tls' }), {
    clientCertificate: { secretName: 'client', name: 'r', mountPath: '/v1/auth/tls' },
  }],
  ['a ServiceAccount', VaultAuth.kubernetes({ role: 'r', serviceAccount: login, audiences: ['vault'] }), {
    kubernetes: { role: 'r', serviceAccountRef: { name: 'vault-login', audiences: ['vault'] } },
  }],
  ['a token of a ServiceAccount', VaultAuth.kubernetesToken({ role: 'r', token: secret('sa', 'token'), mountPath: '/v1/auth/k8s' }), {
    kubernetes: { role: 'r', secretRef: { name: 'sa', key: 'token' }, mountPath: '/v1/auth/k8s' },
  }],
  ['AWS, as the pod', VaultAuth.aws({ role: 'r', region: 'eu-central-1', vaultHeaderValue: 'v' }), { aws: { role: 'r', region: 'eu-central-1', vaultHeaderValue: 'v' } }],
  ['AWS, as a ServiceAccount', VaultAuth.aws({ role: 'r', webIdentity: { serviceAccount: login, iamRoleArn: ROLE } }), {
    aws: { role: 'r', serviceAccountRef: { name: 'vault-login' }, iamRoleArn: ROLE },
  }],
];

const PRODUCTS: Array<[string, VenafiConnection, object]> = [
  ['tpp', VenafiConnection.tpp({ url: 'https://tpp/vedsdk', credentials: whole('tpp'), caBundle: CaBundle.secret(secret('tpp-ca', 'ca.crt')) }), {
    tpp: { url: 'https://tpp/vedsdk', credentialsRef: { name: 'tpp' }, caBundleSecretRef: { name: 'tpp-ca', key: 'ca.crt' } },
  }],
  ['cloud', VenafiConnection.cloud({ apiToken: secret('cloud', 'key') }), { cloud: { apiTokenSecretRef: { name: 'cloud', key: 'key' } } }],
  ['ngts', VenafiConnection.ngts({ tsgId: '123', credentials: whole('ngts'), tokenEndpoint: 'https://token' }), {
    ngts: { tsgID: '123', credentialsRef: { name: 'ngts' }, tokenEndpoint: 'https://token' },
  }],
];

const PROVIDERS: Array<[string, Dns01Provider, object]> = [
  ['acme-dns', Dns01Provider.acmeDns({ host: 'https://acme-dns', account: secret('acme-dns', 'accounts.json') }), {
    acmeDNS: { host: 'https://acme-dns', accountSecretRef: { name: 'acme-dns', key: 'accounts.json' } },
  }],
  ['Akamai', Dns01Provider.akamai({ serviceConsumerDomain: 'akab', clientToken: secret('a', 'ct'), clientSecret: secret('a', 'cs'), accessToken: secret('a', 'at') }), {
    akamai: {
      serviceConsumerDomain: 'akab', clientTokenSecretRef: { name: 'a', key: 'ct' }, clientSecretSecretRef: { name: 'a', key: 'cs' }, accessTokenSecretRef: { name: 'a', key: 'at' },
    },
  }],
  ['Azure, as the pod', azure(), { azureDNS: { subscriptionID: 's', resourceGroupName: 'g' } }],
  ['Azure, as a service principal', azure(AzureDnsCredentials.servicePrincipal({ clientId: 'c', tenantId: 't', clientSecret: secret('azure', 'secret') })), {
    azureDNS: { subscriptionID: 's', resourceGroupName: 'g', clientID: 'c', tenantID: 't', clientSecretSecretRef: { name: 'azure', key: 'secret' } },
  }],
  ['Azure, as a managed identity', azure(AzureDnsCredentials.managedIdentity('c', 't')), {
    azureDNS: { subscriptionID: 's', resourceGroupName: 'g', managedIdentity: { clientID: 'c', tenantID: 't' } },
  }],
  ['Azure, as a managed identity by resource', azure(AzureDnsCredentials.managedIdentityResource('r')), {
    azureDNS: { subscriptionID: 's', resourceGroupName: 'g', managedIdentity: { resourceID: 'r' } },
  }],
  ['Google', Dns01Provider.cloudDns({ project: 'p', serviceAccountKey: secret('gcp', 'key.json') }), {
    cloudDNS: { project: 'p', serviceAccountSecretRef: { name: 'gcp', key: 'key.json' } },
  }],
  ['Cloudflare', Dns01Provider.cloudflare(CloudflareCredentials.apiToken(secret('cf', 'token'))), { cloudflare: { apiTokenSecretRef: { name: 'cf', key: 'token' } } }],
  ['Cloudflare, by global key', Dns01Provider.cloudflare(CloudflareCredentials.apiKey(secret('cf', 'key'), 'a@example.com')), {
    cloudflare: { apiKeySecretRef: { name: 'cf', key: 'key' }, email: 'a@example.com' },
  }],
  ['DigitalOcean', Dns01Provider.digitalOcean(secret('do', 'token')), { digitalocean: { tokenSecretRef: { name: 'do', key: 'token' } } }],
  ['RFC 2136', Dns01Provider.rfc2136({ nameserver: '[fd00::53]:53', protocol: Rfc2136Protocol.TCP, tsig: { keyName: 'k', secret: secret('tsig', 'key') } }), {
    rfc2136: { nameserver: '[fd00::53]:53', protocol: 'TCP', tsigKeyName: 'k', tsigSecretSecretRef: { name: 'tsig', key: 'key' }, tsigAlgorithm: 'HMACSHA256' },
  }],
  ['Route 53, as the pod', Dns01Provider.route53(), { route53: {} }],
  ['Route 53, as the pod in a role', Dns01Provider.route53({ region: 'eu-central-1', credentials: Route53Credentials.ambient({ role: ROLE }) }), { route53: { region: 'eu-central-1', role: ROLE } }],
  ['Route 53, by access key', Dns01Provider.route53({ hostedZoneId: 'Z1', credentials: Route53Credentials.accessKey({ accessKeyId: 'AKIA', secretAccessKey: secret('aws', 'secret') }) }), {
    route53: { hostedZoneID: 'Z1', accessKeyID: 'AKIA', secretAccessKeySecretRef: { name: 'aws', key: 'secret' } },
  }],
  ['Route 53, by access key in a Secret', Dns01Provider.route53({ credentials: Route53Credentials.accessKeySecret({ accessKeyId: secret('aws', 'id'), secretAccessKey: secret('aws', 'secret') }) }), {
    route53: { accessKeyIDSecretRef: { name: 'aws', key: 'id' }, secretAccessKeySecretRef: { name: 'aws', key: 'secret' } },
  }],
  ['Route 53, as a ServiceAccount', Dns01Provider.route53({ credentials: Route53Credentials.serviceAccount({ serviceAccount: dns, role: ROLE }) }), {
    route53: { role: ROLE, auth: { kubernetes: { serviceAccountRef: { name: 'dns-login' } } } },
  }],
  ['a webhook', Dns01Provider.webhook({ groupName: 'dns.example.com', solverName: 'hetzner', config: { zone: 'example.com' } }), {
    webhook: { groupName: 'dns.example.com', solverName: 'hetzner', config: { zone: 'example.com' } },
  }],
];

const SOLVERS: Array<[string, AcmeSolver, object]> = [
  ['an Ingress of the default class', AcmeSolver.http01Ingress(), { http01: { ingress: {} } }],
  ['an Ingress of a class', AcmeSolver.http01Ingress({ ingress: AcmeIngress.ofClass('nginx', { annotations: { a: 'b' } }), serviceType: AcmeSolverServiceType.CLUSTER_IP }), {
    http01: { ingress: { ingressClassName: 'nginx', ingressTemplate: { metadata: { annotations: { a: 'b' } } }, serviceType: 'ClusterIP' } },
  }],
  ['an Ingress of an annotated class', AcmeSolver.http01Ingress({ ingress: AcmeIngress.ofClassAnnotation('azure/application-gateway') }), {
    http01: { ingress: { class: 'azure/application-gateway' } },
  }],
  ['an Ingress that exists', AcmeSolver.http01Ingress({ ingress: AcmeIngress.existing('web') }), { http01: { ingress: { name: 'web' } } }],
  ['a Gateway', AcmeSolver.http01Gateway({ parents: [{ name: 'edge', namespace: 'gateways', sectionName: 'http' }], labels: { a: 'b' } }), {
    http01: {
      gatewayHTTPRoute: {
        parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'gateways', sectionName: 'http' }], labels: { a: 'b' },
      },
    },
  }],
  ['DNS for some names', AcmeSolver.dns01(Dns01Provider.route53(), {
    cnameStrategy: CnameStrategy.FOLLOW, selector: { dnsZones: ['example.com'], matchLabels: { team: 'db' } }, waitInsteadOfSelfCheck: Duration.seconds(90),
  }), {
    dns01: { route53: {}, cnameStrategy: 'Follow' }, selector: { dnsZones: ['example.com'], matchLabels: { team: 'db' } }, waitInsteadOfSelfCheck: '1m30s',
  }],
];

/** One issuer of every kind. */
const SOURCES: Array<[string, IssuerSource]> = [
  ...LOGINS.map(([name, auth]): [string, IssuerSource] => [`Vault, by ${name}`, vault({ auth })]),
  ['Vault, with everything', vault({ namespace: 'team', serverName: 'vault', caBundle: CaBundle.pem(CA_PEM), clientCertificate: pair('client') })],
  ...PRODUCTS.map(([name, connection]): [string, IssuerSource] => [`Venafi ${name}`, IssuerSource.venafi({ zone: 'z', connection })]),
  ...PROVIDERS.map(([name, provider]): [string, IssuerSource] => [`ACME, by ${name}`, acme({ solvers: [AcmeSolver.dns01(provider)] })]),
  ...SOLVERS.map(([name, solver]): [string, IssuerSource] => [`ACME, by ${name}`, acme({ solvers: [solver] })]),
  ['ACME, with everything', acme({
    email: 'dba@example.com', accountKey: AcmeAccountKey.existing(secret('account', 'key.pem')), externalAccountBinding: { keyId: 'k', key: secret('eab', 'key') },
    preferredChain: 'Root', profile: 'tlsserver', serverTrust: AcmeServerTrust.pem(CA_PEM), requestDuration: true,
  })],
];

describe('Vault', () => {
  test.each(LOGINS)('a login by %s', (_, auth, expected) => { expect(issuerOf(vault({ auth })).spec.vault.auth).toEqual(expected); });

  test('what else there is', () => {
    const { vault: spec } = issuerOf(vault({ namespace: 'team', serverName: 'vault', caBundle: CaBundle.pem(CA_PEM), clientCertificate: pair('client') })).spec;
    expect(spec).toMatchObject({ server: SERVER, path: 'pki/sign/db', namespace: 'team', serverName: 'vault', caBundle: CA_BUNDLE });
    expect(spec).toMatchObject({ clientCertSecretRef: { name: 'client', key: 'tls.crt' }, clientKeySecretRef: { name: 'client', key: 'tls.key' } });
    expect(issuerOf(vault({ caBundle: CaBundle.secret(secret('ca', 'root.crt')) })).spec.vault.caBundleSecretRef).toEqual({ name: 'ca', key: 'root.crt' });
  });

  test.each<[string, () => unknown, string]>([
    ['a server without scheme', () => vault({ server: 'vault:8200' }), "vault issuer: server is not a URL, got 'vault:8200'; give a URL with scheme and host"],
    ['an empty path', () => vault({ path: '' }), "vault issuer: path is empty, got ''; give a path"],
    ['a path that leads upwards', () => vault({ path: 'pki/../sign/db' }), "vault issuer: path has a '..' segment, got 'pki/../sign/db'"],
    ['the endpoint that makes keys', () => vault({ path: 'pki/issue/db' }), "got 'pki/issue/db'; give the sign endpoint, for example 'pki/sign/db'"],
    ['a path with the version', () => vault({ path: '/v1/pki/sign/db' }), "vault issuer: path starts with v1, got '/v1/pki/sign/db'; remove it"],
    ['a role id that is empty', () => VaultAuth.appRole({ roleId: ' ', secretId: secret('vault', 'id') }), 'vault appRole: roleId is empty'],
    ['an empty role', () => VaultAuth.kubernetes({ role: '', serviceAccount: login }), 'vault kubernetes: role is empty'],
    ['half a path of a login', () => VaultAuth.kubernetes({ role: 'r', serviceAccount: login, mountPath: 'kubernetes' }), "got 'kubernetes'; give the full path, for example '/v1/auth/kubernetes'"],
    ['a client certificate without TLS', () => vault({ server: 'http://vault', auth: VaultAuth.clientCertificate() }), "vault issuer: client certificate auth requires TLS, got server 'http://vault'; give an https URL"],
    ['a bundle without certificate', () => CaBundle.pem('none'), 'ca bundle: no certificate in the given text of 4 characters; give certificates in PEM'],
  ])('%s is refused', (_, make, message) => { expect(make).toThrow(message); });
});

describe('CyberArk (Venafi)', () => {
  test.each(PRODUCTS)('%s', (_, connection, expected) => {
    expect(issuerOf(IssuerSource.venafi({ zone: 'z', connection })).spec.venafi).toEqual({ zone: 'z', ...expected });
  });

  test.each<[string, () => unknown, string]>([
    ['an empty zone', () => IssuerSource.venafi({ zone: '', connection: VenafiConnection.cloud({ apiToken: secret('cloud', 'key') }) }), 'venafi issuer: zone is empty'],
    ['a platform without URL', () => VenafiConnection.tpp({ url: '', credentials: whole('tpp') }), "venafi tpp: url is not a URL, got ''"],
    ['an empty tenant', () => VenafiConnection.ngts({ tsgId: '', credentials: whole('ngts') }), 'venafi ngts: tsgId is empty'],
  ])('%s is refused', (_, make, message) => { expect(make).toThrow(message); });
});

describe('ACME', () => {
  test.each(SOLVERS)('%s', (_, solver, expected) => { expect(solved(solver)).toEqual(expected); });
  test.each(PROVIDERS)('%s', (_, provider, expected) => { expect(solved(AcmeSolver.dns01(provider))).toEqual({ dns01: expected }); });

  test("the account's key is made in a Secret named after the issuer", () => {
    expect(issuerOf(acme()).spec.acme).toMatchObject({ privateKeySecretRef: { name: 'db-account-key' } });
    expect(issuerOf(acme({ accountKey: AcmeAccountKey.generated('other') })).spec.acme.privateKeySecretRef).toEqual({ name: 'other' });
    const chart = chartIn();
    new ClusterIssuer(chart, 'id', { metadata: { name: 'public' }, source: acme() });
    expect(written(chart, 'ClusterIssuer').spec.acme.privateKeySecretRef.name).toBe('public-account-key');
  });

  test('a key that exists already is not made', () => {
    expect(issuerOf(acme({ accountKey: AcmeAccountKey.existing(secret('account', 'key.pem')) })).spec.acme).toMatchObject({
      privateKeySecretRef: { name: 'account', key: 'key.pem' }, disableAccountKeyGeneration: true,
    });
  });

  test('what else there is', () => {
    const spec = issuerOf(acme({
      email: 'dba@example.com', externalAccountBinding: { keyId: 'k', key: secret('eab', 'key') }, preferredChain: 'Root', profile: 'tlsserver',
      serverTrust: AcmeServerTrust.pem(CA_PEM), requestDuration: true,
    })).spec.acme;
    expect(spec).toMatchObject({ email: 'dba@example.com', externalAccountBinding: { keyID: 'k', keySecretRef: { name: 'eab', key: 'key' } } });
    expect(spec).toMatchObject({ preferredChain: 'Root', profile: 'tlsserver', caBundle: CA_BUNDLE, enableDurationFeature: true });
    expect(issuerOf(acme({ serverTrust: AcmeServerTrust.unverified() })).spec.acme).toMatchObject({ skipTLSVerify: true });
  });

  test('what is left out is not written', () => {
    expect(Object.keys(issuerOf(acme()).spec.acme).sort()).toEqual(['privateKeySecretRef', 'server', 'solvers']);
    expect(Object.keys(issuerOf(acme({ solvers: [] })).spec.acme).sort()).toEqual(['privateKeySecretRef', 'server']);
  });

  test('zones and signatures by word', () => {
    const zone = { environment: AzureEnvironment.CHINA, zoneType: AzureZoneType.PRIVATE, hostedZoneName: 'example.com' };
    expect(solved(AcmeSolver.dns01(Dns01Provider.azureDns({ subscriptionId: 's', resourceGroupName: 'g', ...zone }))).dns01.azureDNS)
      .toMatchObject({ environment: 'AzureChinaCloud', zoneType: 'AzurePrivateZone', hostedZoneName: 'example.com' });
    const tsig = { keyName: 'k', secret: secret('tsig', 'key'), algorithm: TsigAlgorithm.HMAC_SHA512 };
    expect(solved(AcmeSolver.dns01(Dns01Provider.rfc2136({ nameserver: 'ns', tsig }))).dns01.rfc2136.tsigAlgorithm).toBe('HMACSHA512');
  });

  test.each<[string, () => unknown, string]>([
    ['an invalid server URL', () => acme({ server: 'letsencrypt' }), "acme issuer: server is not a URL, got 'letsencrypt'"],
    ['a chain by its whole subject', () => acme({ preferredChain: 'x'.repeat(65) }), 'is 65 characters long, at most 64 are allowed'],
    ['a binding without id', () => acme({ externalAccountBinding: { keyId: '', key: secret('eab', 'key') } }), 'acme externalAccountBinding: keyId is empty'],
    ['a Secret that cannot be', () => AcmeAccountKey.generated('Account_Key'), "acme account key: secretName 'Account_Key' is not a DNS subdomain"],
    ['a class that cannot be', () => AcmeIngress.ofClass('azure/application-gateway'), "acme ingress: ingressClassName 'azure/application-gateway' is not a DNS subdomain"],
    ['an Ingress without name', () => AcmeIngress.existing(''), 'acme ingress: name is empty'],
    ['a nameserver with too many colons', () => Dns01Provider.rfc2136({ nameserver: 'fd00::53' }), "dns01 rfc2136: nameserver is an IPv6 address without brackets, got 'fd00::53'"],
    ['a key without account', () => CloudflareCredentials.apiKey(secret('cf', 'key'), ''), 'dns01 cloudflare: email is empty'],
    ['a role without name', () => Route53Credentials.serviceAccount({ serviceAccount: dns, role: '' }), 'dns01 route53: role is empty'],
    ['a principal without tenant', () => AzureDnsCredentials.servicePrincipal({ clientId: 'c', tenantId: '', clientSecret: secret('a', 'b') }), 'dns01 azureDns: tenantId is empty'],
    ['a webhook without solver', () => Dns01Provider.webhook({ groupName: 'g', solverName: '' }), 'dns01 webhook: solverName is empty'],
  ])('%s is refused', (_, make, message) => { expect(make).toThrow(message); });
});

test('every source but ACME provides ca.crt', () => {
  expect(vault().providesCaCertificate).toBe(true);
  expect(IssuerSource.venafi({ zone: 'z', connection: VenafiConnection.cloud({ apiToken: secret('cloud', 'key') }) }).providesCaCertificate).toBe(true);
  expect(acme().providesCaCertificate).toBe(false);
});

test('an empty URL in certificates is refused', () => {
  expect(() => IssuerSource.ca(pair('ca'), { ocspServers: [''] })).toThrow('ca issuer: ocspServers entry is empty');
});

describe.each(SOURCES)('%s', (_, source) => {
  test('the validation has no finding', () => {
    const chart = chartIn();
    Validation.of(chart).configure({ certManagerVersion: CertManagerVersion.V1_21 });
    new Issuer(chart, 'db', { source });
    expect(Validation.of(chart).findings()).toEqual([]);
  });

  testWithSchemas('the schema knows every field', () => { expect(validateManifest(issuerOf(source), '1.36.0')).toEqual([]); });
});

function azure(credentials?: AzureDnsCredentials): Dns01Provider {
  return Dns01Provider.azureDns({ subscriptionId: 's', resourceGroupName: 'g', credentials });
}
