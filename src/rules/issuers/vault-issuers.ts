import { givenOf, isGiven, mapping, text, valueAt } from '../../data';
import { issuersOfType, TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/issuer.go)';

/** In the order in which cert-manager would try them. */
const METHODS = ['tokenSecretRef', 'appRole', 'clientCertificate', 'kubernetes', 'aws'];

const MOUNT_PATHS = ['auth.clientCertificate.mountPath', 'auth.kubernetes.mountPath', 'auth.aws.mountPath'];

/** What is proven about issuers of type `vault`, their logins included. */
export const VAULT_ISSUER_RULES = ruleTable(issuersOfType('vault'), [
  {
    code: 'PGTLS-I10',
    title: "a path in Vault with a '..' segment",
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => ['path', 'auth.appRole.path', ...MOUNT_PATHS]
      .filter((field) => text(valueAt(source, field)).split('/').includes('..'))
      .map((field) => `vault.${field} '${text(valueAt(source, field))}' leads upwards`),
    fix: 'give the path that is meant',
  },
  {
    code: 'PGTLS-I11',
    title: 'a client certificate for Vault without its key, or the key without it',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => {
      const [only, ...others] = givenOf(['clientCertSecretRef', 'clientKeySecretRef'], source);
      return when(only !== undefined && others.length === 0, () => `vault has ${only} alone`);
    },
    fix: 'give both clientCertSecretRef and clientKeySecretRef; they may name one Secret',
  },
  {
    code: 'PGTLS-I12',
    title: 'a Vault issuer without a login',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => when(isGiven(source['auth']) && methods(source).length === 0, () => `vault.auth has none of ${METHODS.join(', ')}`),
    fix: 'give one of them',
  },
  {
    code: 'PGTLS-I13',
    title: 'a Vault issuer with several logins',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/vault/setup.go: Ready=False, "Multiple auth methods cannot be set"',
    check: ({ source }) => when(methods(source).length > 1, () => `vault.auth has ${methods(source).join(' and ')}`),
    fix: 'give one of them',
  },
  {
    code: 'PGTLS-I14',
    title: 'a Kubernetes login to Vault without exactly one token',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => {
      const kubernetes = valueAt(source, 'auth.kubernetes');
      if (!isGiven(kubernetes)) { return []; }
      const { secretRef, serviceAccountRef } = mapping(kubernetes);
      const sources = [...(text(mapping(secretRef)['name']) === '' ? [] : ['secretRef']), ...(isGiven(serviceAccountRef) ? ['serviceAccountRef'] : [])];
      return [
        ...when(sources.length === 0, () => 'vault.auth.kubernetes names neither a Secret nor a ServiceAccount'),
        ...when(sources.length > 1, () => 'vault.auth.kubernetes has both secretRef and serviceAccountRef'),
      ];
    },
    fix: 'give serviceAccountRef, or a Secret with a long-lived token',
  },
  {
    code: 'PGTLS-I15',
    title: 'an AWS login to Vault by a ServiceAccount without a role to assume',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => {
      const { serviceAccountRef, iamRoleArn } = mapping(valueAt(source, 'auth.aws'));
      const account = mapping(serviceAccountRef)['name'];
      return when(isGiven(serviceAccountRef) && text(iamRoleArn) === '', () => `vault.auth.aws has serviceAccountRef '${text(account)}' and no iamRoleArn`);
    },
    fix: 'give the ARN of the IAM role that the ServiceAccount may assume',
  },
  {
    code: 'PGTLS-I16',
    title: 'a path in Vault that signs nothing or logs nobody in',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager internal/vault/vault.go: path is joined to /v1, mountPath is taken whole; Vault, PKI secrets engine API',
    check: ({ source }) => [
      ...signingFaults(text(source['path'])),
      ...MOUNT_PATHS.filter((field) => text(valueAt(source, field)) !== '' && !/^\/?v1\//.test(text(valueAt(source, field))))
        .map((field) => `vault.${field} '${text(valueAt(source, field))}' is not below /v1/`),
    ],
    fix: "write the path like 'pki/sign/postgres' and a mountPath like '/v1/auth/kubernetes'",
  },
  {
    code: 'PGTLS-I17',
    title: 'a login to Vault by client certificate without TLS',
    consequence: Consequence.NEVER_READY,
    source: 'a client certificate is shown in the TLS handshake; cert-manager internal/vault/vault.go',
    check: ({ source }) => when(
      isGiven(valueAt(source, 'auth.clientCertificate')) && methods(source).length === 1 && isPlain(source['server']),
      () => `vault.server '${text(source['server'])}' is plain HTTP, and vault.auth is clientCertificate`,
    ),
    fix: 'give the https URL of Vault',
  },
  {
    code: 'PGTLS-I18',
    severity: Severity.WARNING,
    title: 'Vault over plain HTTP',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'the login and its token cross the network in the clear',
    check: ({ source }) => when(
      isPlain(source['server']) && !isGiven(valueAt(source, 'auth.clientCertificate')),
      () => `vault.server '${text(source['server'])}' is plain HTTP: whoever sees the traffic can have certificates signed`,
    ),
    fix: 'give the https URL of Vault, with its authority in caBundle',
  },
] satisfies Rule<TypedIssuer>[]);

function methods(source: TypedIssuer['source']): string[] {
  return givenOf(METHODS, mapping(source['auth']));
}

function isPlain(server: unknown): boolean {
  return /^http:\/\//i.test(text(server));
}

/** The `issue` endpoint makes a key of its own, so that its certificate never fits the one that cert-manager has made. */
function signingFaults(path: string): string[] {
  const segments = path.split('/').filter(Boolean);
  return [
    ...when(segments[0] === 'v1', () => `vault.path '${path}' starts with v1, which cert-manager puts there itself`),
    ...when(segments.at(-2) === 'issue', () => `vault.path '${path}' is the endpoint that makes a key of its own`),
  ];
}
