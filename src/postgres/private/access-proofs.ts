import { refusesPlaintext } from './host-based-access';
import type { PostgresSubject } from './subject';
import { asksForCertificate, covers, HbaRow, networkAddressError, optionOf, takesChannel } from '../../postgresql';
import { Consequence, Rule, Severity, when } from '../../rules';
import { ClientAuthMode } from '../ssl-mode';

const own = ({ props }: PostgresSubject): HbaRow[] => (props.accessRules ?? []).map((rule) => rule._row);

/** What is proven about who gets in. The rows are those that will be written, in their order. */
export const ACCESS_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P11',
    title: 'an access rule that lets plaintext in where sslMode promises TLS',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: ({ plan }) =>
      plan.access
        .filter((row) => refusesPlaintext(plan.sslMode) && takesChannel(row, 'plaintext') && row.method !== 'reject')
        .map((row) => `sslMode '${plan.sslMode}' promises TLS, yet ${describeRow(row)} lets plaintext in`),
    fix: 'make it hostssl, or choose an sslMode that promises less',
  },
  {
    code: 'PGTLS-P12',
    title: 'clientCertificate where clients may come without TLS',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL: clientcert can only be configured for hostssl rows',
    check: ({ props, plan }) => when(
      props.clientCertificate !== undefined && plan.clientAuthMode !== ClientAuthMode.CERT && !(plan.tls && refusesPlaintext(plan.sslMode)),
      () => `clientCertificate '${props.clientCertificate}' is given with sslMode '${plan.sslMode}', where clients may come without TLS`),
    fix: "choose sslMode 'require' or stronger",
  },
  {
    code: 'PGTLS-P13',
    title: 'an access rule for TLS where TLS is off',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: (subject) =>
      own(subject).filter((row) => !plan(subject).tls && row.type === 'hostssl').map((row) => `${describeRow(row)} can never match: TLS is off`),
    fix: 'give tls, or use a rule of type host',
  },
  {
    code: 'PGTLS-P14',
    title: 'an access rule that is never reached',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL: the first row that matches decides',
    check: ({ plan: { access } }) =>
      access.flatMap((row, index) => {
        const earlier = access.slice(0, index).find((candidate) => covers(candidate, row));
        // A row for a role of the pod or for the superuser has a rule of its own (PGTLS-P55).
        return when(earlier !== undefined && !row.users.some((user) => earlier!.users.includes(user) && user !== 'all' && earlier!.method === 'reject'), () => `${describeRow(row)} is never reached: ${describeRow(earlier!)} comes first`);
      }),
    fix: 'put the narrower rule first, or leave it out',
  },
  {
    code: 'PGTLS-P16',
    title: 'an access rule that pg_hba.conf cannot hold',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: (subject) =>
      own(subject).flatMap((row) => [
        ...when(row.type !== 'hostssl' && asksForCertificate(row),
          () => `${describeRow(row)} asks for a certificate outside TLS`),
        ...when(row.databases.length === 0 || row.users.length === 0, () => `${describeRow(row)} names no database or no role`),
        ...when([...row.databases, ...row.users].some((word) => word === '' || /[\n\r\0]/.test(word)), () => `${describeRow(row)} has an empty or broken name`),
        ...when(plan(subject).major < 16 && [...row.databases, ...row.users].some((word) => word.startsWith('/')),
          () => `${describeRow(row)} has a regular expression, which PostgreSQL ${plan(subject).major} does not know`),
        ...addressFault(row),
      ]),
    fix: 'see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html for what a row may hold',
  },
  {
    code: 'PGTLS-P17',
    title: 'a user map that is missing, unused or loose',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, User Name Maps',
    check: (subject) => {
      const { userMappings = [] } = subject.props;
      const used = own(subject).map((row) => optionOf(row, 'map')).filter((map) => map !== undefined);
      const defined = userMappings.map(({ map }) => map);
      return [
        ...used.filter((map) => !defined.includes(map)).map((map) => `an access rule names the map '${map}', which no userMapping defines`),
        ...[...new Set(defined)].filter((map) => !used.includes(map)).map((map) => `the map '${map}' is named by no access rule`),
        ...own(subject).filter((row) => optionOf(row, 'clientname') !== undefined && optionOf(row, 'map') === undefined)
          .map((row) => `${describeRow(row)} compares a whole subject with a role, which never fits`),
        ...userMappings.filter(({ systemUser }) => systemUser.startsWith('/') && !/^\/\^.*\$$/s.test(systemUser))
          .map(({ map, systemUser }) => `the expression '${systemUser}' of map '${map}' matches parts of names`),
        ...userMappings.filter((mapping) => Object.values(mapping).some((value) => value === '' || /[\n\r\0]/.test(value)))
          .map(({ map }) => `a row of map '${map}' has an empty or broken value`),
      ];
    },
    fix: 'define every map that a rule names and no other, and anchor expressions: /^…$',
  },
  {
    code: 'PGTLS-P20',
    severity: Severity.WARNING,
    title: 'md5',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL 18 release notes',
    check: (subject) => [
      ...when(plan(subject).clientAuthMode === ClientAuthMode.MD5, () => "clientAuthMode 'md5' is deprecated since PostgreSQL 18"),
      ...own(subject).filter(({ method }) => method === 'md5').map((row) => `${describeRow(row)} uses md5, which is deprecated since PostgreSQL 18`),
    ],
    fix: "use 'scram', or acknowledge the warning for clients that know nothing better",
  },
  {
    code: 'PGTLS-P26',
    severity: Severity.WARNING,
    title: 'passwords in plaintext beside certificates',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq: sslmode=prefer falls back to plaintext',
    check: (subject) =>
      own(subject)
        .filter((row) => plan(subject).clientAuthMode === ClientAuthMode.CERT && !refusesPlaintext(plan(subject).sslMode) && takesChannel(row, 'plaintext') && row.method !== 'reject')
        .map((row) => `${describeRow(row)} takes passwords in plaintext beside certificates: a client with sslmode=prefer whose certificate is refused falls back to it`),
    fix: 'make it hostssl, or acknowledge the warning',
  },
];

function plan({ plan: resolved }: PostgresSubject) {
  return resolved;
}

function addressFault(row: HbaRow): string[] {
  const fault = row.address === undefined ? undefined : networkAddressError(row.address);
  return when(fault !== undefined, () => `${describeRow(row)}: address '${row.address}' ${fault}`);
}

function describeRow({ type, databases, users, address, method }: HbaRow): string {
  return `the rule '${[type, databases.join(','), users.join(','), address, method].filter((part) => part !== undefined).join(' ')}'`;
}
