import { exactlyOneError, givenOf, isGiven, mapping, Mapping, mappings, text, valueAt } from '../../data';
import { dnsSubdomainError, nameserverError, parseGoDuration } from '../../formats';
import { hostOf, isLetsEncrypt, issuersOfType, TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/issuer.go)';

const PROVIDERS = ['acmeDNS', 'akamai', 'azureDNS', 'cloudDNS', 'cloudflare', 'digitalocean', 'rfc2136', 'route53', 'webhook'];

const TSIG_ALGORITHMS = ['HMACMD5', 'HMACSHA1', 'HMACSHA256', 'HMACSHA512'];

/** Rules about issuers of type `acme` and their solvers. */
export const ACME_ISSUER_RULES = ruleTable(issuersOfType('acme'), [
  {
    code: 'PGTLS-I30',
    title: 'ACME solver without exactly one of http01 and dns01',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => solvers(source).flatMap(({ field, solver }) => {
      const fault = exactlyOneError(['http01', 'dns01'], solver);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'set either http01 or dns01, and use a separate solver for the other one',
  },
  {
    code: 'PGTLS-I31',
    title: 'HTTP01 solver without exactly one of ingress and gatewayHTTPRoute',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('http01', source).flatMap(({ field, config }) => {
      const fault = exactlyOneError(['ingress', 'gatewayHTTPRoute'], config);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'set either ingress (it may be empty) or gatewayHTTPRoute',
  },
  {
    code: 'PGTLS-I32',
    title: 'HTTP01 solver with more than one of ingressClassName, class and name',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('http01.ingress', source).flatMap(({ field, config }) => {
      const ways = [...givenOf(['ingressClassName', 'class'], config), ...(text(config['name']) === '' ? [] : ['name'])];
      return when(ways.length > 1, () => `${field} has ${ways.join(' and ')}`);
    }),
    fix: 'set only one of ingressClassName, class (the old annotation) and name (of an existing Ingress)',
  },
  {
    code: 'PGTLS-I33',
    title: 'ingressClassName is not a valid IngressClass name',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('http01.ingress', source).flatMap(({ field, config }) => {
      const name = config['ingressClassName'];
      const fault = isGiven(name) ? dnsSubdomainError(text(name)) : undefined;
      return when(fault !== undefined, () => `${field}.ingressClassName '${text(name)}' ${fault}`);
    }),
    fix: 'set the name of an IngressClass; a value of the old annotation belongs in class',
  },
  {
    code: 'PGTLS-I34',
    title: 'serviceType of an HTTP01 solver is neither ClusterIP nor NodePort',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => ['http01.ingress', 'http01.gatewayHTTPRoute'].flatMap((path) => having(path, source)).flatMap(({ field, config }) => {
      const serviceType = text(config['serviceType']);
      return when(!['', 'ClusterIP', 'NodePort'].includes(serviceType), () => `${field}.serviceType '${serviceType}' is neither ClusterIP nor NodePort`);
    }),
    fix: 'set ClusterIP or NodePort, or remove the field (NodePort)',
  },
  {
    code: 'PGTLS-I35',
    title: 'invalid waitInsteadOfSelfCheck duration',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Go time.ParseDuration`,
    check: ({ source }) => solvers(source).flatMap(({ field, solver: { waitInsteadOfSelfCheck: wait } }) => {
      const ms = parseGoDuration(wait);
      return when(typeof wait === 'string' && (ms === undefined || ms < 0), () =>
        `${field}.waitInsteadOfSelfCheck '${text(wait)}' ${ms === undefined ? 'is not a Go duration' : 'is negative'}`);
    }),
    fix: 'set a duration such as 30s or 2m',
  },
  {
    code: 'PGTLS-I36',
    title: 'DNS01 solver without exactly one provider',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}, which accepts acmeDNS together with some others; pkg/issuer/acme/dns/dns.go then ignores one of them`,
    check: ({ source }) => having('dns01', source).flatMap(({ field, config }) => {
      const fault = exactlyOneError(PROVIDERS, config);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'set one provider, and use a separate solver for each other provider',
  },
  {
    code: 'PGTLS-I37',
    title: 'Azure DNS credentials incomplete, or of two kinds',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('dns01.azureDNS', source).flatMap(({ field, config }) => azureFaults(config).map((fault) => `${field} ${fault}`)),
    fix: 'set clientID, tenantID and clientSecretSecretRef together, or managedIdentity with clientID (and tenantID) or resourceID, or none of them',
  },
  {
    code: 'PGTLS-I38',
    title: 'Cloudflare credentials missing, or of two kinds',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('dns01.cloudflare', source).flatMap(({ field, config }) => {
      const fault = exactlyOneError(['apiTokenSecretRef', 'apiKeySecretRef'], config);
      return [
        ...when(fault !== undefined, () => `${field} ${fault}`),
        ...when(fault === undefined && isGiven(config['apiKeySecretRef']) && text(config['email']) === '', () => `${field} has apiKeySecretRef but no email`),
      ];
    }),
    fix: 'set apiTokenSecretRef, or apiKeySecretRef with the email address of the account',
  },
  {
    code: 'PGTLS-I39',
    title: 'invalid nameserver or TSIG settings of an RFC 2136 solver',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK} and validation/util/nameserver.go`,
    check: ({ source }) => having('dns01.rfc2136', source).flatMap(({ field, config }) => rfc2136Faults(config).map((fault) => `${field}.${fault}`)),
    fix: 'set host or host:port (IPv6 addresses in brackets), and tsigKeyName together with a tsigSecretSecretRef with name and key',
  },
  {
    code: 'PGTLS-I40',
    title: 'Route 53 accessKeyID and accessKeyIDSecretRef both set',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('dns01.route53', source).flatMap(({ field, config }) =>
      when(text(config['accessKeyID']) !== '' && isGiven(config['accessKeyIDSecretRef']), () => `${field} has both accessKeyID and accessKeyIDSecretRef`)),
    fix: 'remove one of them',
  },
  {
    code: 'PGTLS-I41',
    title: 'incomplete Route 53 credentials',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/acme/dns/route53/route53.go',
    check: ({ source }) => having('dns01.route53', source).flatMap(({ field, config }) => {
      const hasId = text(config['accessKeyID']).trim() !== '' || isGiven(config['accessKeyIDSecretRef']);
      const hasSecret = text(valueAt(config, 'secretAccessKeySecretRef.name')) !== '';
      const account = valueAt(config, 'auth.kubernetes.serviceAccountRef');
      return [
        ...when(hasId && !hasSecret, () => `${field} has an access key ID but no secretAccessKeySecretRef`),
        ...when(hasSecret && !hasId, () => `${field} has secretAccessKeySecretRef but no access key ID`),
        ...when(isGiven(account) && text(mapping(account)['name']) === '', () => `${field} has a serviceAccountRef without a name`),
        ...when(isGiven(account) && text(config['role']) === '', () => `${field} has a serviceAccountRef but no role`),
      ];
    }),
    fix: 'set an access key ID together with secretAccessKeySecretRef, or a ServiceAccount with the role that it assumes, or neither (identity of the pod)',
  },
  {
    code: 'PGTLS-I42',
    title: 'preferredChain longer than 64 characters',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager schema; X.520 upper bound of a common name',
    check: ({ source }) => {
      const chain = text(source['preferredChain']);
      return when([...chain].length > 64, () => `acme.preferredChain '${chain}' is ${[...chain].length} characters long, at most 64 are allowed`);
    },
    fix: 'set the common name of the root CA, not its whole subject',
  },
  {
    code: 'PGTLS-I43',
    severity: Severity.WARNING,
    title: 'ACME server certificate not verified (skipTLSVerify)',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'everyone on the network path can answer in its name; cert-manager pkg/issuer/acme',
    check: ({ source }) => when(source['skipTLSVerify'] === true, () => `acme.skipTLSVerify disables the verification of '${text(source['server'])}'`),
    fix: 'set the CA certificate of the server in caBundle',
  },
  {
    code: 'PGTLS-I44',
    severity: Severity.WARNING,
    title: 'deprecated keyAlgorithm in externalAccountBinding',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: `${WEBHOOK} warns: deprecated, HS256 is always used`,
    check: ({ source }) => {
      const algorithm = text(valueAt(source, 'externalAccountBinding.keyAlgorithm'));
      return when(algorithm !== '', () => `acme.externalAccountBinding.keyAlgorithm '${algorithm}' has no effect`);
    },
    fix: 'remove the field',
  },
  {
    code: 'PGTLS-I45',
    severity: Severity.WARNING,
    title: 'ACME issuer without solvers',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/acmeorders/util.go: "no configured challenge solvers can be used for this challenge"',
    check: ({ source }) => when(mappings(source['solvers']).length === 0, () => 'acme.solvers is empty: only names for which the account is already authorized can be issued'),
    fix: 'add a solver with http01 or dns01',
  },
  {
    code: 'PGTLS-I46',
    title: "enableDurationFeature with Let's Encrypt",
    consequence: Consequence.NEVER_READY,
    source: "Let's Encrypt rejects orders with notAfter; cert-manager types_issuer.go, enableDurationFeature",
    check: ({ source }) => when(
      source['enableDurationFeature'] === true && isLetsEncrypt(text(source['server'])),
      () => `acme.enableDurationFeature is set for '${text(source['server'])}', which rejects orders with a lifetime`,
    ),
    fix: 'remove enableDurationFeature; the profile defines the lifetime',
  },
  {
    code: 'PGTLS-I47',
    title: 'ACME v1 server URL',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/acme/setup.go: Ready=False, InvalidConfig',
    check: ({ source }) => when(
      ['acme-v01.api.letsencrypt.org', 'acme-staging.api.letsencrypt.org'].includes(hostOf(text(source['server']))),
      () => `acme.server '${text(source['server'])}' is an ACME v1 URL, which is no longer available`,
    ),
    fix: 'use https://acme-v02.api.letsencrypt.org/directory, or acme-staging-v02 for tests',
  },
] satisfies Rule<TypedIssuer>[]);

function solvers(source: Mapping): Array<{ readonly field: string; readonly solver: Mapping }> {
  return mappings(source['solvers']).map((solver, index) => ({ field: `acme.solvers[${index}]`, solver }));
}

/** The solvers in which a path is set, with the value at that path. */
function having(path: string, source: Mapping): Array<{ readonly field: string; readonly config: Mapping }> {
  return solvers(source).filter(({ solver }) => isGiven(valueAt(solver, path)))
    .map(({ field, solver }) => ({ field: `${field}.${path}`, config: mapping(valueAt(solver, path)) }));
}

const SERVICE_PRINCIPAL = ['clientID', 'tenantID', 'clientSecretSecretRef'];

function azureFaults(config: Mapping): string[] {
  const principal = SERVICE_PRINCIPAL.filter((field) => isGiven(config[field]) && config[field] !== '');
  const { clientID, resourceID, tenantID } = mapping(config['managedIdentity']);
  const identity = { clientID: text(clientID) !== '', resourceID: text(resourceID) !== '', tenantID: text(tenantID) !== '' };
  if (principal.length > 0) {
    const missing = SERVICE_PRINCIPAL.filter((field) => !principal.includes(field));
    return [
      ...when(missing.length > 0, () => `has ${principal.join(' and ')} without ${missing.join(' and ')}`),
      ...when(isGiven(config['managedIdentity']), () => `has managedIdentity together with ${principal.join(' and ')}`),
    ];
  }
  return [
    ...when(identity.clientID && identity.resourceID, () => 'has a managedIdentity with both clientID and resourceID'),
    ...when(identity.tenantID && identity.resourceID, () => 'has a managedIdentity with both tenantID and resourceID'),
    ...when(identity.tenantID && !identity.clientID && !identity.resourceID, () => 'has a managedIdentity with tenantID but no clientID'),
  ];
}

function rfc2136Faults(config: Mapping): string[] {
  const nameserver = text(config['nameserver']);
  const algorithm = text(config['tsigAlgorithm']);
  const keyName = text(config['tsigKeyName']);
  const { name, key } = mapping(config['tsigSecretSecretRef']);
  const nameserverFault = nameserver === '' ? undefined : nameserverError(nameserver);
  return [
    ...when(nameserverFault !== undefined, () => `nameserver '${nameserver}' ${nameserverFault}`),
    ...when(algorithm !== '' && !TSIG_ALGORITHMS.includes(algorithm.toUpperCase()), () => `tsigAlgorithm '${algorithm}' is not one of ${TSIG_ALGORITHMS.join(', ')}`),
    ...when(keyName !== '' && (text(name) === '' || text(key) === ''), () => `tsigKeyName '${keyName}' is set without a tsigSecretSecretRef with name and key`),
    ...when(keyName === '' && text(name) !== '' && text(key) !== '', () => `tsigSecretSecretRef '${text(name)}' is set without tsigKeyName`),
  ];
}
