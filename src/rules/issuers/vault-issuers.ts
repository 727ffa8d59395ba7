import { givenOf, isGiven, mapping, text, valueAt } from '../../data';
import { issuersOfType, TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/issuer.go)';

/** In the order in which cert-manager tries them. */
const METHODS = ['tokenSecretRef', 'appRole', 'clientCertificate', 'kubernetes', 'aws'];

const MOUNT_PATHS = ['auth.clientCertificate.mountPath', 'auth.kubernetes.mountPath', 'auth.aws.mountPath'];

/** Rules about issuers of type `vault` and their auth methods. */
export const VAULT_ISSUER_RULES = ruleTable(issuersOfType('vault'), [
  {
    code: 'PGTLS-I10',
    title: "Vault path with a '..' segment",
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => ['path', 'auth.appRole.path', ...MOUNT_PATHS]
      .filter((field) => text(valueAt(source, field)).split('/').includes('..'))
      .map((field) => `vault.${field} '${text(valueAt(source, field))}' has a '..' segment`),
    fix: "use a path without '..' segments",
  },
  {
    code: 'PGTLS-I11',
    title: 'clientCertSecretRef and clientKeySecretRef of a Vault issuer not set together',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => {
      const [only, ...others] = givenOf(['clientCertSecretRef', 'clientKeySecretRef'], source);
      return when(only !== undefined && others.length === 0, () => `vault has only ${only}`);
    },
    fix: 'set both clientCertSecretRef and clientKeySecretRef; they may refer to the same Secret',
  },
  {
    code: 'PGTLS-I12',
    title: 'Vault issuer without an auth method',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => when(isGiven(source['auth']) && methods(source).length === 0, () => `vault.auth has none of ${METHODS.join(', ')}`),
    fix: 'set one of them',
  },
  {
    code: 'PGTLS-I13',
    title: 'Vault issuer with several auth methods',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/vault/setup.go: Ready=False, "Multiple auth methods cannot be set"',
    check: ({ source }) => when(methods(source).length > 1, () => `vault.auth has several methods: ${methods(source).join(' and ')}`),
    fix: 'set only one of them',
  },
  {
    code: 'PGTLS-I14',
    title: 'Vault Kubernetes auth without exactly one of secretRef and serviceAccountRef',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => {
      const kubernetes = valueAt(source, 'auth.kubernetes');
      if (!isGiven(kubernetes)) { return []; }
      const { secretRef, serviceAccountRef } = mapping(kubernetes);
      const sources = [...(text(mapping(secretRef)['name']) === '' ? [] : ['secretRef']), ...(isGiven(serviceAccountRef) ? ['serviceAccountRef'] : [])];
      return [
        ...when(sources.length === 0, () => 'vault.auth.kubernetes has neither secretRef nor serviceAccountRef'),
        ...when(sources.length > 1, () => 'vault.auth.kubernetes has both secretRef and serviceAccountRef'),
      ];
    },
    fix: 'set serviceAccountRef, or a secretRef to a Secret with a long-lived token',
  },
  {
    code: 'PGTLS-I15',
    title: 'Vault AWS auth with serviceAccountRef and without iamRoleArn',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ source }) => {
      const { serviceAccountRef, iamRoleArn } = mapping(valueAt(source, 'auth.aws'));
      const account = mapping(serviceAccountRef)['name'];
      return when(isGiven(serviceAccountRef) && text(iamRoleArn) === '', () => `vault.auth.aws has serviceAccountRef '${text(account)}' but no iamRoleArn`);
    },
    fix: 'set iamRoleArn to the ARN of the IAM role that the ServiceAccount may assume',
  },
  {
    code: 'PGTLS-I16',
    title: 'Vault path of the issue endpoint or with the prefix v1, or mountPath outside of /v1/',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager internal/vault/vault.go: path is appended to /v1, mountPath is used unchanged; Vault, PKI secrets engine API',
    check: ({ source }) => [
      ...signingFaults(text(source['path'])),
      ...MOUNT_PATHS.filter((field) => text(valueAt(source, field)) !== '' && !/^\/?v1\//.test(text(valueAt(source, field))))
        .map((field) => `vault.${field} '${text(valueAt(source, field))}' is not below /v1/`),
    ],
    fix: "use a path like 'pki/sign/postgres' and a mountPath like '/v1/auth/kubernetes'",
  },
  {
    code: 'PGTLS-I17',
    title: 'Vault client certificate auth over plain HTTP',
    consequence: Consequence.NEVER_READY,
    source: 'a client certificate is sent in the TLS handshake; cert-manager internal/vault/vault.go',
    check: ({ source }) => when(
      isGiven(valueAt(source, 'auth.clientCertificate')) && methods(source).length === 1 && isPlain(source['server']),
      () => `vault.server '${text(source['server'])}' is plain HTTP, but vault.auth is clientCertificate`,
    ),
    fix: 'use the https URL of Vault',
  },
  {
    code: 'PGTLS-I18',
    severity: Severity.WARNING,
    title: 'Vault over plain HTTP',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'the credentials and the token are sent unencrypted',
    check: ({ source }) => when(
      isPlain(source['server']) && !isGiven(valueAt(source, 'auth.clientCertificate')),
      () => `vault.server '${text(source['server'])}' is plain HTTP: everyone who can read the traffic can have certificates signed`,
    ),
    fix: 'use the https URL of Vault, with its CA certificate in caBundle',
  },
] satisfies Rule<TypedIssuer>[]);

function methods(source: TypedIssuer['source']): string[] {
  return givenOf(METHODS, mapping(source['auth']));
}

function isPlain(server: unknown): boolean {
  return /^http:\/\//i.test(text(server));
}

/** The `issue` endpoint generates its own key, so that its certificate never matches the private key of cert-manager. */
function signingFaults(path: string): string[] {
  const segments = path.split('/').filter(Boolean);
  return [
    ...when(segments[0] === 'v1', () => `vault.path '${path}' starts with v1, which cert-manager adds itself`),
    ...when(segments.at(-2) === 'issue', () => `vault.path '${path}' is the issue endpoint, which generates its own private key`),
  ];
}
