import { exactlyOneError, givenOf, isGiven, mapping, Mapping, mappings, text, valueAt } from '../../data';
import { dnsSubdomainError, nameserverError, parseGoDuration } from '../../formats';
import { hostOf, isLetsEncrypt, issuersOfType, TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/issuer.go)';

const PROVIDERS = ['acmeDNS', 'akamai', 'azureDNS', 'cloudDNS', 'cloudflare', 'digitalocean', 'rfc2136', 'route53', 'webhook'];

const TSIG_ALGORITHMS = ['HMACMD5', 'HMACSHA1', 'HMACSHA256', 'HMACSHA512'];

/** What is proven about issuers of type `acme`, their solvers included. */
export const ACME_ISSUER_RULES = ruleTable(issuersOfType('acme'), [
  {
    code: 'PGTLS-I30',
    title: 'a solver without exactly one kind of challenge',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => solvers(source).flatMap(({ field, solver }) => {
      const fault = exactlyOneError(['http01', 'dns01'], solver);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'give one of http01 and dns01, and a solver of its own to the other',
  },
  {
    code: 'PGTLS-I31',
    title: 'an HTTP01 solver without exactly one way to be reached',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('http01', source).flatMap(({ field, config }) => {
      const fault = exactlyOneError(['ingress', 'gatewayHTTPRoute'], config);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'give one of ingress and gatewayHTTPRoute; ingress may be empty',
  },
  {
    code: 'PGTLS-I32',
    title: 'an HTTP01 solver that names its Ingress in several ways',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('http01.ingress', source).flatMap(({ field, config }) => {
      const ways = [...givenOf(['ingressClassName', 'class'], config), ...(text(config['name']) === '' ? [] : ['name'])];
      return when(ways.length > 1, () => `${field} has ${ways.join(' and ')}`);
    }),
    fix: 'give one of ingressClassName, class (the old annotation) and name (an Ingress that exists)',
  },
  {
    code: 'PGTLS-I33',
    title: 'an ingressClassName that is no name of an IngressClass',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('http01.ingress', source).flatMap(({ field, config }) => {
      const name = config['ingressClassName'];
      const fault = isGiven(name) ? dnsSubdomainError(text(name)) : undefined;
      return when(fault !== undefined, () => `${field}.ingressClassName '${text(name)}' ${fault}`);
    }),
    fix: 'give the name of an IngressClass; a value of the old annotation belongs in class',
  },
  {
    code: 'PGTLS-I34',
    title: 'a solver behind a Service of a type that cert-manager does not make',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => ['http01.ingress', 'http01.gatewayHTTPRoute'].flatMap((path) => having(path, source)).flatMap(({ field, config }) => {
      const serviceType = text(config['serviceType']);
      return when(!['', 'ClusterIP', 'NodePort'].includes(serviceType), () => `${field}.serviceType '${serviceType}' is neither ClusterIP nor NodePort`);
    }),
    fix: 'give one of them, or leave it out for NodePort',
  },
  {
    code: 'PGTLS-I35',
    title: 'a wait before the challenge that is no time to wait',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Go time.ParseDuration`,
    check: ({ source }) => solvers(source).flatMap(({ field, solver: { waitInsteadOfSelfCheck: wait } }) => {
      const ms = parseGoDuration(wait);
      return when(typeof wait === 'string' && (ms === undefined || ms < 0), () =>
        `${field}.waitInsteadOfSelfCheck '${text(wait)}' ${ms === undefined ? 'is not a Go duration' : 'is negative'}`);
    }),
    fix: 'give a duration such as 30s or 2m',
  },
  {
    code: 'PGTLS-I36',
    title: 'a DNS01 solver without exactly one provider',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}, which lets acmeDNS pass beside some others; pkg/issuer/acme/dns/dns.go then passes over it`,
    check: ({ source }) => having('dns01', source).flatMap(({ field, config }) => {
      const fault = exactlyOneError(PROVIDERS, config);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'give one provider, and a solver of its own to every other',
  },
  {
    code: 'PGTLS-I37',
    title: 'credentials for Azure DNS that are incomplete or of two kinds',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('dns01.azureDNS', source).flatMap(({ field, config }) => azureFaults(config).map((fault) => `${field} ${fault}`)),
    fix: 'give clientID, tenantID and clientSecretSecretRef together, or managedIdentity with clientID (and tenantID) or resourceID, or none at all',
  },
  {
    code: 'PGTLS-I38',
    title: 'credentials for Cloudflare that are missing or of two kinds',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('dns01.cloudflare', source).flatMap(({ field, config }) => {
      const fault = exactlyOneError(['apiTokenSecretRef', 'apiKeySecretRef'], config);
      return [
        ...when(fault !== undefined, () => `${field} ${fault}`),
        ...when(fault === undefined && isGiven(config['apiKeySecretRef']) && text(config['email']) === '', () => `${field} has apiKeySecretRef and no email`),
      ];
    }),
    fix: 'give apiTokenSecretRef, or apiKeySecretRef with the email of the account',
  },
  {
    code: 'PGTLS-I39',
    title: 'an RFC 2136 solver with a nameserver or signature that cert-manager cannot use',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK} and validation/util/nameserver.go`,
    check: ({ source }) => having('dns01.rfc2136', source).flatMap(({ field, config }) => rfc2136Faults(config).map((fault) => `${field}.${fault}`)),
    fix: 'give host or host:port (an IPv6 address in brackets), and tsigKeyName together with a tsigSecretSecretRef of name and key',
  },
  {
    code: 'PGTLS-I40',
    title: 'two access key ids for Route 53',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => having('dns01.route53', source).flatMap(({ field, config }) =>
      when(text(config['accessKeyID']) !== '' && isGiven(config['accessKeyIDSecretRef']), () => `${field} has both accessKeyID and accessKeyIDSecretRef`)),
    fix: 'give one of them',
  },
  {
    code: 'PGTLS-I41',
    title: 'half a login to Route 53',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/acme/dns/route53/route53.go',
    check: ({ source }) => having('dns01.route53', source).flatMap(({ field, config }) => {
      const hasId = text(config['accessKeyID']).trim() !== '' || isGiven(config['accessKeyIDSecretRef']);
      const hasSecret = text(valueAt(config, 'secretAccessKeySecretRef.name')) !== '';
      const account = valueAt(config, 'auth.kubernetes.serviceAccountRef');
      return [
        ...when(hasId && !hasSecret, () => `${field} has an access key id and no secretAccessKeySecretRef`),
        ...when(hasSecret && !hasId, () => `${field} has secretAccessKeySecretRef and no access key id`),
        ...when(isGiven(account) && text(mapping(account)['name']) === '', () => `${field} has a serviceAccountRef without name`),
        ...when(isGiven(account) && text(config['role']) === '', () => `${field} has a serviceAccountRef and no role`),
      ];
    }),
    fix: 'give an access key id with its secret, or a ServiceAccount with the role that it assumes, or neither for the identity of the pod',
  },
  {
    code: 'PGTLS-I42',
    title: 'a preferredChain of more than 64 characters',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager schema; X.520 upper bound of a common name',
    check: ({ source }) => {
      const chain = text(source['preferredChain']);
      return when([...chain].length > 64, () => `acme.preferredChain '${chain}' is ${[...chain].length} characters long`);
    },
    fix: 'give the common name of the root, not its whole subject',
  },
  {
    code: 'PGTLS-I43',
    severity: Severity.WARNING,
    title: 'an ACME server that nobody verifies',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'whoever is on the way answers in its name; cert-manager pkg/issuer/acme',
    check: ({ source }) => when(source['skipTLSVerify'] === true, () => `acme.skipTLSVerify accepts whoever answers at '${text(source['server'])}'`),
    fix: "give the server's authority in caBundle",
  },
  {
    code: 'PGTLS-I44',
    severity: Severity.WARNING,
    title: 'a key algorithm of an external account binding',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: `${WEBHOOK} warns: deprecated, HS256 is always used`,
    check: ({ source }) => {
      const algorithm = text(valueAt(source, 'externalAccountBinding.keyAlgorithm'));
      return when(algorithm !== '', () => `acme.externalAccountBinding.keyAlgorithm '${algorithm}' has no effect`);
    },
    fix: 'leave it out',
  },
  {
    code: 'PGTLS-I45',
    severity: Severity.WARNING,
    title: 'an ACME issuer without a solver',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/acmeorders/util.go: "no configured challenge solvers can be used for this challenge"',
    check: ({ source }) => when(mappings(source['solvers']).length === 0, () => 'acme has no solvers: only names that the account is authorized for already are issued'),
    fix: 'give a solver of type http01 or dns01',
  },
  {
    code: 'PGTLS-I46',
    title: "a lifetime asked of Let's Encrypt",
    consequence: Consequence.NEVER_READY,
    source: "Let's Encrypt refuses orders with notAfter; cert-manager types_issuer.go, enableDurationFeature",
    check: ({ source }) => when(
      source['enableDurationFeature'] === true && isLetsEncrypt(text(source['server'])),
      () => `acme.enableDurationFeature is set for '${text(source['server'])}', which refuses such orders`,
    ),
    fix: 'leave it out; a profile decides the lifetime there',
  },
  {
    code: 'PGTLS-I47',
    title: 'an ACME server of the first version of the protocol',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/acme/setup.go: Ready=False, InvalidConfig',
    check: ({ source }) => when(
      ['acme-v01.api.letsencrypt.org', 'acme-staging.api.letsencrypt.org'].includes(hostOf(text(source['server']))),
      () => `acme.server '${text(source['server'])}' speaks ACME v1, which is gone`,
    ),
    fix: 'give https://acme-v02.api.letsencrypt.org/directory, or acme-staging-v02 for tests',
  },
] satisfies Rule<TypedIssuer>[]);

function solvers(source: Mapping): Array<{ readonly field: string; readonly solver: Mapping }> {
  return mappings(source['solvers']).map((solver, index) => ({ field: `acme.solvers[${index}]`, solver }));
}

/** The solvers that have something at a path, and what they have there. */
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
      ...when(isGiven(config['managedIdentity']), () => `has managedIdentity beside ${principal.join(' and ')}`),
    ];
  }
  return [
    ...when(identity.clientID && identity.resourceID, () => 'has a managedIdentity with both clientID and resourceID'),
    ...when(identity.tenantID && identity.resourceID, () => 'has a managedIdentity with both tenantID and resourceID'),
    ...when(identity.tenantID && !identity.clientID && !identity.resourceID, () => 'has a managedIdentity with tenantID and no clientID'),
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
    ...when(algorithm !== '' && !TSIG_ALGORITHMS.includes(algorithm.toUpperCase()), () => `tsigAlgorithm '${algorithm}' is none of ${TSIG_ALGORITHMS.join(', ')}`),
    ...when(keyName !== '' && (text(name) === '' || text(key) === ''), () => `tsigKeyName '${keyName}' has no tsigSecretSecretRef with name and key`),
    ...when(keyName === '' && text(name) !== '' && text(key) !== '', () => `tsigSecretSecretRef '${text(name)}' has no tsigKeyName`),
  ];
}
