import { givenOf, isGiven, mapping, mappings, text, texts, valueAt } from '../../data';
import { dnsSubdomainError, holdsEncodedCertificate } from '../../formats';
import { ISSUER_TYPES, IssuerNode, issuerSecrets } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/issuer.go)';

/** Fields that the schema requires, alone or beside another field, and that the webhook rejects if they are empty. */
const REQUIRED: Readonly<Record<string, ReadonlyArray<string>>> = {
  vault: [
    'server', 'path', 'auth.appRole.roleId', 'auth.kubernetes.role', 'auth.kubernetes.serviceAccountRef.name', 'auth.aws.role',
    'auth.aws.serviceAccountRef.name',
  ],
  venafi: ['zone', 'tpp.url', 'ngts.tsgID'],
  acme: ['server', 'externalAccountBinding.keyID'],
};

const REQUIRED_OF_SOLVER = [
  'dns01.acmeDNS.host', 'dns01.akamai.serviceConsumerDomain', 'dns01.azureDNS.subscriptionID', 'dns01.azureDNS.resourceGroupName',
  'dns01.cloudDNS.project', 'dns01.rfc2136.nameserver', 'dns01.webhook.solverName',
];

/** URLs that cert-manager uses unchanged. The Venafi client adds a missing scheme, so its URLs are not listed. */
const SERVERS = ['vault.server', 'acme.server'];

const CERTIFICATE_URLS = ['crlDistributionPoints', 'ocspServers', 'issuingCertificateURLs'];

/** Rules about every Issuer and ClusterIssuer. */
export const ISSUER_RULES = ruleTable(({ issuers }) => issuers, [
  {
    code: 'PGTLS-I01',
    title: 'issuer without exactly one issuer type',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { manifest }, types }) => [
      // Without a spec the schema rule already rejects it.
      ...when(isGiven(manifest['spec']) && types.length === 0, () => `spec has none of the issuer types ${ISSUER_TYPES.join(', ')}`),
      ...when(types.length > 1, () => `spec has several issuer types: ${types.join(' and ')}`),
    ],
    fix: 'set exactly one type, and use a separate issuer for each other type',
  },
  {
    code: 'PGTLS-I02',
    title: 'Secret reference without a required name or key',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: (issuer) => issuerSecrets(issuer).flatMap((secret) => {
      const missing = secret.refused.filter((part) => secret[part] === '');
      return when(missing.length > 0, () => `${secret.field} has no ${missing.join(' and no ')}`);
    }),
    fix: 'set the name of the Secret and the key in it',
  },
  {
    code: 'PGTLS-I03',
    title: 'Secret reference with an invalid name, or without the key that the controller needs',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Object Names and IDs; cert-manager pkg/issuer/vault/setup.go and pkg/issuer/acme/dns/dns.go',
    check: (issuer) => issuerSecrets(issuer).flatMap((secret) => {
      const fault = secret.name === '' ? undefined : dnsSubdomainError(secret.name);
      const missing = secret.stalls.filter((part) => secret[part] === '');
      return [
        ...when(fault !== undefined, () => `${secret.field} names Secret '${secret.name}', which ${fault}`),
        // A reference without a name counts as absent, unless a name is required.
        ...when(missing.length > 0 && (secret.name !== '' || secret.stalls.includes('name')), () => `${secret.field} has no ${missing.join(' and no ')}`),
      ];
    }),
    fix: 'set a valid Secret name and, where required, the key in it',
  },
  {
    code: 'PGTLS-I04',
    title: 'caBundle is not a base64-encoded PEM certificate',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; the schema's format byte rejects invalid base64, including line breaks`,
    check: ({ spec }) => ['acme', 'vault'].flatMap((type) => {
      const caBundle = valueAt(spec, `${type}.caBundle`);
      return when(isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle)), () =>
        `${type}.caBundle '${excerpt(text(caBundle))}' is not a base64-encoded PEM certificate`);
    }),
    fix: 'encode the PEM text, including the BEGIN CERTIFICATE line, in base64, once and without line breaks',
  },
  {
    code: 'PGTLS-I05',
    title: 'caBundle set together with caBundleSecretRef or skipTLSVerify',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) => [
      ...['vault', 'venafi.tpp'].flatMap((path) =>
        when(text(valueAt(spec, `${path}.caBundle`)) !== '' && isGiven(valueAt(spec, `${path}.caBundleSecretRef`)), () => `${path} has both caBundle and caBundleSecretRef`)),
      ...when(text(valueAt(spec, 'acme.caBundle')) !== '' && valueAt(spec, 'acme.skipTLSVerify') === true, () => 'acme has both caBundle and skipTLSVerify'),
    ],
    fix: 'remove one of them',
  },
  {
    code: 'PGTLS-I06',
    title: 'required issuer field is empty',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, type }) => [
      ...(REQUIRED[type ?? ''] ?? []).filter((field) => valueAt(spec[type!], field) === '').map((field) => `${type}.${field}`),
      ...(type === 'acme' ? mappings(valueAt(spec, 'acme.solvers')) : []).flatMap((solver, index) =>
        REQUIRED_OF_SOLVER.filter((field) => valueAt(solver, field) === '').map((field) => `acme.solvers[${index}].${field}`)),
    ].map((field) => `${field} is empty`),
    fix: 'set a value',
  },
  {
    code: 'PGTLS-I07',
    title: 'empty URL in ocspServers or issuingCertificateURLs',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) => ['ocspServers', 'issuingCertificateURLs'].flatMap((field) =>
      when(texts(valueAt(spec, `ca.${field}`)).includes(''), () => `ca.${field} has an empty entry`)),
    fix: 'set the URL or remove the entry',
  },
  {
    code: 'PGTLS-I08',
    title: 'invalid URL in crlDistributionPoints, ocspServers or issuingCertificateURLs',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.13 and 4.2.2.1: a URI with its scheme',
    check: ({ spec }) => ['ca', 'selfSigned'].flatMap((type) => givenOf(CERTIFICATE_URLS, mapping(spec[type])).flatMap((field) =>
      texts(valueAt(spec, `${type}.${field}`))
        .filter((url) => (url !== '' || field === 'crlDistributionPoints') && !/^(https?|ldaps?|ftp):\/\/[^/\s]\S*$/i.test(url) && !/^ldaps?:\/\/\/\S+$/i.test(url))
        .map((url) => `${type}.${field} entry '${url}' is not a URL`))),
    fix: 'set scheme and host, for example http://pki.example.com/ca.crl; plain http is usual, because the responses are signed',
  },
  {
    code: 'PGTLS-I09',
    title: 'issuer server is not a URL',
    consequence: Consequence.NEVER_READY,
    source: 'Go net/http: unsupported protocol scheme; cert-manager internal/vault/vault.go, pkg/issuer/acme/setup.go, pkg/issuer/acme/dns/acmedns',
    check: ({ spec, type }) => [
      ...SERVERS.map((field) => [field, valueAt(spec, field)] as const),
      ...(type === 'acme' ? mappings(valueAt(spec, 'acme.solvers')) : []).map((solver, index) => [`acme.solvers[${index}].dns01.acmeDNS.host`, valueAt(solver, 'dns01.acmeDNS.host')] as const),
    ].flatMap(([field, value]) => when(text(value) !== '' && !/^(https?:\/\/[^/\s]|unix:\/\/)/i.test(text(value)), () => `${field} '${text(value)}' is not a URL`)),
    fix: 'set scheme and host, for example https://vault.example.com:8200',
  },
] satisfies Rule<IssuerNode>[]);

/** The beginning of a long text. */
function excerpt(value: string): string {
  return value.length <= 32 ? value : `${value.slice(0, 32)}…`;
}
