import type { ApiObject } from './support/api-server';

/** A fault that a rule finds although the webhook lets it pass; why it is wrong all the same. */
export interface Stricter {
  readonly code: string;
  /** Which faults of the rule. */
  readonly fault: RegExp;
  readonly reason: string;
}

/** Faults that the rules report as cert-manager's webhook would, although this release of it lets them pass. */
export const STRICTER: readonly Stricter[] = [
  {
    code: 'PGTLS-D05', fault: /leaves less than five minutes/,
    reason: 'the webhook up to 1.21 tests what is left of the lifetime after the percentage, the controller takes the percentage itself: it renews within five minutes of the end',
  },
  {
    code: 'PGTLS-D05', fault: /is not between 1 and 99/,
    reason: 'the webhook looks at a percentage only beside a duration; without one the controller ignores what is out of range, and renews after two thirds',
  },
  {
    code: 'PGTLS-B14', fault: /\d{10}/,
    reason: 'Go writes such a number into the request and cannot read it back: requests are made and thrown away without end',
  },
  {
    code: 'PGTLS-I39', fault: /other than a port after the bracket/,
    reason: 'the webhook takes all of it for a host without a port; there is no such host',
  },
  {
    code: 'PGTLS-I36', fault: /acmeDNS/,
    reason: 'the webhook forgets to count acmeDNS after another provider; the controller takes one of the two, whichever it looks for first',
  },
];

/** Rules with another consequence that also find rejected manifests, besides those that are accepted and fail later. */
export const ALSO_REFUSED: readonly string[] = [
  // Where the bundle is no base64 the schema refuses it.
  'PGTLS-I21',
];

/** Objects on which the rules and cert-manager once differed, as small as they could be made: what the fault was, and whether cert-manager accepts. */
export const CASES: readonly (readonly [fault: string, accepted: boolean, kind: string, spec: ApiObject])[] = [
  ['a renewal window of no length', true, 'Certificate', certificate({ renewal: renewal({ windowDuration: '0s' }) })],
  ['a descriptor for a schedule', true, 'Certificate', certificate({ renewal: renewal({ cron: '@midnight' }) })],
  ['Sunday as the seventh day', false, 'Certificate', certificate({ renewal: renewal({ cron: '0 0 * * 7' }) })],
  ['the zeroth day of a month', false, 'Certificate', certificate({ renewal: renewal({ cron: '0 0 0 * *' }) })],
  ['a day of the week in place of a month', false, 'Certificate', certificate({ renewal: renewal({ cron: '* * * MON 0' }) })],
  ['the third Friday', false, 'Certificate', certificate({ renewal: renewal({ cron: '0 0 * * 5#3' }) })],
  ['a timezone in lower case', false, 'Certificate', certificate({ renewal: renewal({ timezone: 'europe/berlin' }) })],
  ['a timezone that is left out by null', true, 'Certificate', certificate({ renewal: renewal({ timezone: null }) })],
  ['a renewal that is left out by null', true, 'Certificate', certificate({ renewal: null })],
  ['a limit that is left out by null', true, 'Certificate', certificate({ revisionHistoryLimit: null })],
  ['lists of a subject that are empty', true, 'Certificate', certificate({ literalSubject: 'CN=db', commonName: null, subject: { organizations: [] } })],
  ['other names as numbers', false, 'Certificate', certificate({ otherNames: [{ oid: '1.2.3', utf8Value: 5 }] })],
  ['a password beside a reference without a name', false, 'Certificate', certificate({ keystores: { pkcs12: { create: true, password: 'x', passwordSecretRef: { key: 'k' } } } })],
  ['a password beside a reference with an empty name', true, 'Certificate', certificate({ keystores: { pkcs12: { create: true, password: 'x', passwordSecretRef: { name: '' } } } })],
  ['one percent of an hour', true, 'Certificate', certificate({ duration: '1h', renewBeforePercentage: 1 })],
  ['no percent of the default', true, 'Certificate', certificate({ renewBeforePercentage: 0 })],
  ['no percent of an hour', false, 'Certificate', certificate({ duration: '1h', renewBeforePercentage: 0 })],
  ['an unknown field that is null', false, 'Issuer', { selfSigned: {}, Ca: null }],
  ['name constraints of empty lists', true, 'Certificate', certificate({ isCA: true, nameConstraints: { permitted: { dnsDomains: [] } } })],
  ['an object identifier too large to be read', true, 'Certificate', certificate({ otherNames: [{ oid: '1.2.9223372036854775807', utf8Value: 'x' }] })],
  ['a reference without a name beside the other login', false, 'Issuer', {
    vault: { server: 'https://v', path: 'p', auth: { kubernetes: { role: 'r', secretRef: {}, serviceAccountRef: { name: 'x' } } } },
  }],
  ['a type of issuer that is no mapping', false, 'Issuer', { selfSigned: true }],
  ['credentials without a name', false, 'Issuer', { venafi: { zone: 'z', tpp: { url: 'https://tpp.example.com', credentialsRef: {} } } }],
  ['credentials with an empty name', true, 'Issuer', { venafi: { zone: 'z', tpp: { url: 'https://tpp.example.com', credentialsRef: { name: '' } } } }],
  ['acmeDNS beside another provider', true, 'Issuer', {
    acme: {
      server: 'https://acme.example.com', privateKeySecretRef: { name: 'a' },
      solvers: [{ dns01: { acmeDNS: { host: 'https://a', accountSecretRef: { name: 'a', key: 'b' } }, cloudDNS: { project: 'p' } } }],
    },
  }],
];

function certificate(fields: object): ApiObject {
  return { secretName: 'db', issuerRef: { name: 'ca' }, commonName: 'db', ...fields };
}

function renewal(fields: object): object {
  return { policy: 'RenewBefore', windows: [{ cron: '0 3 * * *', windowDuration: '2h', ...fields }] };
}

const ACME = 'it takes an ACME server to refuse the order';
const PLATFORM = 'it takes the server of the platform';
const PODS = 'it happens to pods: the suites `system` and `cluster` have them';
const DEPLOYER = 'it takes a deployer that applies and prunes';
const TRUST = 'it takes trust-manager or approver-policy: the suite `cluster` has them';
const CHANGE = 'it is about a change of what is there: the suite `cluster` rotates a CA, stage by stage';
const NETWORK = 'it takes nodes that enforce policies: the suite `cluster` has one';
const DATA = 'it is about data and pods: the suite `cluster` changes databases that hold rows (changes.test.ts)';
const OPERATOR = 'it takes the operator, which this suite does not have: the facts are from its code, and those of CloudNativePG were tried with its release 1.30';
const TASTE = 'nothing fails: it is slow, or readable by too many';

/** Rules that an API server and cert-manager alone cannot show to be right; why not. */
export const EXCUSES: Readonly<Record<string, string>> = {
  'PGTLS-A10': DEPLOYER,
  'PGTLS-A15': DEPLOYER,
  'PGTLS-A16': DEPLOYER,
  'PGTLS-A20': 'what it names cannot be made, so that there is nothing to see but waiting',
  'PGTLS-B09': ACME,
  'PGTLS-B12': 'libpq, OpenSSL and Node still look at the common name; it takes a client that is written in Go or Java',
  'PGTLS-B15': ACME,
  'PGTLS-B16': ACME,
  'PGTLS-B17': ACME,
  'PGTLS-B18': ACME,
  'PGTLS-B19': ACME,
  'PGTLS-B40': 'it takes the drivers of Python',
  'PGTLS-B20': 'libpq and OpenSSL match it; it takes a client that is written in Java',
  'PGTLS-C06': PODS,
  'PGTLS-C08': 'it takes the CSI driver',
  'PGTLS-C10': TASTE,
  'PGTLS-C11': TASTE,
  'PGTLS-D09': 'it takes an issuer that shortens or back-dates what it is asked for',
  'PGTLS-D14': 'it ends the process of cert-manager, and so every other test on the cluster (seen with 1.21.2: a nil pointer in policies/checks.go)',
  'PGTLS-E11': PODS,
  'PGTLS-E16': TASTE,
  'PGTLS-E30': TRUST,
  'PGTLS-E31': TRUST,
  'PGTLS-E32': TRUST,
  'PGTLS-E33': TRUST,
  'PGTLS-E34': CHANGE,
  'PGTLS-E35': CHANGE,
  'PGTLS-E36': CHANGE,
  'PGTLS-E38': TRUST,
  'PGTLS-E40': PODS,
  'PGTLS-E41': ACME,
  'PGTLS-E43': 'test/postgres-root/server-names.test.ts shows that a host which is not on the certificate is refused',
  'PGTLS-E42': 'it takes names that are published: test/postgres-root/server-names.test.ts shows that a host which is not on the certificate is refused',
  'PGTLS-K01': NETWORK,
  'PGTLS-K02': NETWORK,
  'PGTLS-K03': NETWORK,
  'PGTLS-F01': PODS,
  'PGTLS-F02': PODS,
  'PGTLS-F03': PODS,
  'PGTLS-F04': PODS,
  'PGTLS-F05': PODS,
  'PGTLS-F07': TASTE,
  'PGTLS-I13': PLATFORM,
  'PGTLS-I16': PLATFORM,
  'PGTLS-I17': PLATFORM,
  'PGTLS-I18': PLATFORM,
  'PGTLS-I21': PLATFORM,
  'PGTLS-I41': ACME,
  'PGTLS-I43': ACME,
  'PGTLS-I44': ACME,
  'PGTLS-I45': ACME,
  'PGTLS-I46': ACME,
  'PGTLS-I47': ACME,
  'PGTLS-V02': 'it is about an option of the validation, not about the cluster',
  'PGTLS-W04': PODS,
  'PGTLS-W09': PODS,
  'PGTLS-W10': PODS,
  'PGTLS-W11': PODS,
  'PGTLS-P145': PODS,
  'PGTLS-P177': PODS,
  'PGTLS-P178': PODS,
  'PGTLS-N03': 'it is about files that are never applied: test/output-files.test.ts',
  'PGTLS-N04': DATA,
  'PGTLS-N05': DATA,
  'PGTLS-N06': DATA,
  'PGTLS-N07': PODS,
  'PGTLS-N08': PODS,
  'PGTLS-O01': OPERATOR,
  'PGTLS-O03': OPERATOR,
  'PGTLS-O04': OPERATOR,
  'PGTLS-O05': OPERATOR,
  'PGTLS-O06': 'nothing fails: the pods may read a key that they do not need',
  'PGTLS-O07': OPERATOR,
  'PGTLS-O08': 'test/postgres-root/server-names.test.ts shows that a host which is not on the certificate is refused',
  'PGTLS-O10': 'it takes the image of the operator; test/postgres-live shows that the first row decides',
  'PGTLS-O11': 'it takes KubeDB; the consequence of PGTLS-E15 shows that a self-signed certificate verifies no other',
  'PGTLS-P150': DEPLOYER,
  'PGTLS-P151': DEPLOYER,
  'PGTLS-P152': DEPLOYER,
  'PGTLS-P153': DEPLOYER,
  'PGTLS-P154': DEPLOYER,
  'PGTLS-P89': PODS,
  'PGTLS-P92': PODS,
  'PGTLS-P90': PODS,
  'PGTLS-S03': DATA,
  'PGTLS-S04': DATA,
  'PGTLS-S05': DATA,
  'PGTLS-S06': DATA,
  'PGTLS-S07': DATA,
  'PGTLS-S08': DATA,
  'PGTLS-S09': DATA,
  'PGTLS-S10': DATA,
  'PGTLS-S11': DATA,
  'PGTLS-S12': DATA,
  'PGTLS-S13': DATA,
  'PGTLS-S18': DATA,
  'PGTLS-S19': DATA,
  'PGTLS-S23': 'it takes two CAs of a platform; S20 shows the same outage',
  'PGTLS-S29': 'it is about the program that gives the consent',
  'PGTLS-T05': PODS,
  'PGTLS-T06': PODS,
  'PGTLS-T11': PODS,
  'PGTLS-T12': PODS,
  'PGTLS-T14': PODS,
  'PGTLS-T15': 'PostgreSQL itself refuses the file: test/postgres-live and the suite `postgres-root` show it',
  'PGTLS-T16': PODS,
  'PGTLS-T17': 'the connect matrix of the suite `postgres-root` shows which rows let which sslmode in',
  'PGTLS-T20': 'test/postgres-root/access-walk.test.ts shows what psql prints',
  'PGTLS-T21': NETWORK,
  'PGTLS-T22': 'test/postgres-root/access-walk.test.ts shows what psql prints',
  'PGTLS-T23': 'libpq: test/postgres-root/access-walk.test.ts; pgjdbc: it takes a client that is written in Java',
  'PGTLS-T24': 'test/postgres-root/access-walk.test.ts shows what psql prints',
  'PGTLS-T25': 'test/postgres-root/access-walk.test.ts shows what psql prints',
  'PGTLS-T26': 'test/postgres-root/access-walk.test.ts shows what psql prints',
  'PGTLS-T27': 'test/postgres-root/access-walk.test.ts shows what psql prints',
  'PGTLS-T18': 'PostgreSQL itself refuses it: test/postgres-live/command-line.test.ts shows it',
};
