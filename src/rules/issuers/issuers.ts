import { givenOf, isGiven, mapping, mappings, text, texts, valueAt } from '../../data';
import { dnsSubdomainError, holdsEncodedCertificate } from '../../formats';
import { ISSUER_TYPES, IssuerNode, issuerSecrets } from '../../pki';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/issuer.go)';

/** Fields that the schema demands, or another field beside them, and that the webhook refuses when they are empty. */
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

/** URLs that cert-manager dials as they stand. The Venafi client completes what lacks a scheme, so its URLs are not here. */
const SERVERS = ['vault.server', 'acme.server'];

const CERTIFICATE_URLS = ['crlDistributionPoints', 'ocspServers', 'issuingCertificateURLs'];

/** What is proven about every Issuer and ClusterIssuer. */
export const ISSUER_RULES = ruleTable(({ issuers }) => issuers, [
  {
    code: 'PGTLS-I01',
    title: 'an issuer with no type of source, or with several',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { manifest }, types }) => [
      // Without a spec the schema already refuses it.
      ...when(isGiven(manifest['spec']) && types.length === 0, () => `the issuer has none of ${ISSUER_TYPES.join(', ')}`),
      ...when(types.length > 1, () => `the issuer is ${types.join(' and ')} at once`),
    ],
    fix: 'give exactly one type, and an issuer of its own to every other',
  },
  {
    code: 'PGTLS-I02',
    title: 'a reference to a Secret without the name or key that cert-manager demands',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: (issuer) => issuerSecrets(issuer).flatMap((secret) => {
      const missing = secret.refused.filter((part) => secret[part] === '');
      return when(missing.length > 0, () => `${secret.field} has no ${missing.join(' and no ')}`);
    }),
    fix: 'name the Secret, and the key in it',
  },
  {
    code: 'PGTLS-I03',
    title: 'a reference to a Secret that cannot be found',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Object Names and IDs; cert-manager pkg/issuer/vault/setup.go and pkg/issuer/acme/dns/dns.go',
    check: (issuer) => issuerSecrets(issuer).flatMap((secret) => {
      const fault = secret.name === '' ? undefined : dnsSubdomainError(secret.name);
      const missing = secret.stalls.filter((part) => secret[part] === '');
      return [
        ...when(fault !== undefined, () => `${secret.field} names the Secret '${secret.name}', which ${fault}`),
        // A reference without a name and with no demand for one counts as left out.
        ...when(missing.length > 0 && (secret.name !== '' || secret.stalls.includes('name')), () => `${secret.field} has no ${missing.join(' and no ')}`),
      ];
    }),
    fix: 'give the name of a Secret and, where it is asked for, the key in it',
  },
  {
    code: 'PGTLS-I04',
    title: 'a caBundle that holds no certificate',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; the schema's format byte for what is no base64, line breaks included`,
    check: ({ spec }) => ['acme', 'vault'].flatMap((type) => {
      const caBundle = valueAt(spec, `${type}.caBundle`);
      return when(isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle)), () =>
        `${type}.caBundle '${excerpt(text(caBundle))}' is not the base64 of a certificate in PEM`);
    }),
    fix: 'encode the PEM text, BEGIN CERTIFICATE and all, in base64, once and in one line',
  },
  {
    code: 'PGTLS-I05',
    title: 'two answers to which server certificate is trusted',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) => [
      ...['vault', 'venafi.tpp'].flatMap((path) =>
        when(text(valueAt(spec, `${path}.caBundle`)) !== '' && isGiven(valueAt(spec, `${path}.caBundleSecretRef`)), () => `${path} has both caBundle and caBundleSecretRef`)),
      ...when(text(valueAt(spec, 'acme.caBundle')) !== '' && valueAt(spec, 'acme.skipTLSVerify') === true, () => 'acme has both caBundle and skipTLSVerify'),
    ],
    fix: 'give one of them',
  },
  {
    code: 'PGTLS-I06',
    title: 'a field of an issuer that is required and empty',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, type }) => [
      ...(REQUIRED[type ?? ''] ?? []).filter((field) => valueAt(spec[type!], field) === '').map((field) => `${type}.${field}`),
      ...(type === 'acme' ? mappings(valueAt(spec, 'acme.solvers')) : []).flatMap((solver, index) =>
        REQUIRED_OF_SOLVER.filter((field) => valueAt(solver, field) === '').map((field) => `acme.solvers[${index}].${field}`)),
    ].map((field) => `${field} is empty`),
    fix: 'give it a value',
  },
  {
    code: 'PGTLS-I07',
    title: 'an empty URL of an OCSP responder or of the issuing certificate',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) => ['ocspServers', 'issuingCertificateURLs'].flatMap((field) =>
      when(texts(valueAt(spec, `ca.${field}`)).includes(''), () => `ca.${field} has an empty entry`)),
    fix: 'give the URL or leave the entry out',
  },
  {
    code: 'PGTLS-I08',
    title: 'a URL in certificates that no client can fetch',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.13 and 4.2.2.1: a URI with its scheme',
    check: ({ spec }) => ['ca', 'selfSigned'].flatMap((type) => givenOf(CERTIFICATE_URLS, mapping(spec[type])).flatMap((field) =>
      texts(valueAt(spec, `${type}.${field}`))
        .filter((url) => (url !== '' || field === 'crlDistributionPoints') && !/^(https?|ldaps?|ftp):\/\/[^/\s]\S*$/i.test(url) && !/^ldaps?:\/\/\/\S+$/i.test(url))
        .map((url) => `${type}.${field} entry '${url}' is not a URL`))),
    fix: 'give scheme and host, for example http://pki.example.com/ca.crl; plain http is usual, the answers are signed',
  },
  {
    code: 'PGTLS-I09',
    title: 'a server that is no URL',
    consequence: Consequence.NEVER_READY,
    source: 'Go net/http: unsupported protocol scheme; cert-manager internal/vault/vault.go, pkg/issuer/acme/setup.go, pkg/issuer/acme/dns/acmedns',
    check: ({ spec, type }) => [
      ...SERVERS.map((field) => [field, valueAt(spec, field)] as const),
      ...(type === 'acme' ? mappings(valueAt(spec, 'acme.solvers')) : []).map((solver, index) => [`acme.solvers[${index}].dns01.acmeDNS.host`, valueAt(solver, 'dns01.acmeDNS.host')] as const),
    ].flatMap(([field, value]) => when(text(value) !== '' && !/^(https?:\/\/[^/\s]|unix:\/\/)/i.test(text(value)), () => `${field} '${text(value)}' is not a URL`)),
    fix: 'give it with scheme and host, for example https://vault.example.com:8200',
  },
] satisfies Rule<IssuerNode>[]);

/** The beginning of a long text. */
function excerpt(value: string): string {
  return value.length <= 32 ? value : `${value.slice(0, 32)}…`;
}
