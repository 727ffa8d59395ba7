import { mapping, text, valuesAt } from './reading';

/** A Secret that an issuer refers to. */
export interface SecretReference {
  /** Where in the manifest, for example `spec.acme.solvers[0].dns01.route53.secretAccessKeySecretRef`. */
  readonly path: string;
  readonly name: string;
}

/** Where the spec of an issuer names a Secret, by the type of issuer. Source: cert-manager's CRDs. */
const NAMES = ['ca.secretName', 'vault.auth.clientCertificate.secretName'];
const REFERENCES = [
  'acme.privateKeySecretRef',
  'acme.externalAccountBinding.keySecretRef',
  ...[
    'acmeDNS.accountSecretRef',
    'akamai.accessTokenSecretRef',
    'akamai.clientSecretSecretRef',
    'akamai.clientTokenSecretRef',
    'azureDNS.clientSecretSecretRef',
    'cloudDNS.serviceAccountSecretRef',
    'cloudflare.apiKeySecretRef',
    'cloudflare.apiTokenSecretRef',
    'digitalocean.tokenSecretRef',
    'rfc2136.tsigSecretSecretRef',
    'route53.accessKeyIDSecretRef',
    'route53.secretAccessKeySecretRef',
  ].map((provider) => `acme.solvers[].dns01.${provider}`),
  'vault.auth.appRole.secretRef',
  'vault.auth.kubernetes.secretRef',
  'vault.auth.tokenSecretRef',
  'vault.caBundleSecretRef',
  'vault.clientCertSecretRef',
  'vault.clientKeySecretRef',
  'venafi.cloud.apiTokenSecretRef',
  'venafi.ngts.credentialsRef',
  'venafi.tpp.caBundleSecretRef',
  'venafi.tpp.credentialsRef',
];

/** Every Secret that an Issuer or ClusterIssuer must find; the key of an ACME account is left out where cert-manager makes it. */
export function secretReferencesOf(manifest: unknown): SecretReference[] {
  const makesAccountKey = valuesAt(manifest, 'spec.acme.disableAccountKeyGeneration').every(({ value }) => value !== true);
  const found = [
    ...NAMES.flatMap((path) => valuesAt(manifest, `spec.${path}`)),
    ...REFERENCES.flatMap((path) => valuesAt(manifest, `spec.${path}`)).map(({ path, value }) => ({ path, value: mapping(value)['name'] })),
  ];
  return found.map(({ path, value }) => ({ path, name: text(value) }))
    .filter(({ path, name }) => name !== '' && !(makesAccountKey && path === 'spec.acme.privateKeySecretRef'));
}
