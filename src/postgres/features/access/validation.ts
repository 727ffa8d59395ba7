import { SUPERUSER } from '../../plan/roles';
import type { DatabaseContext } from '../../plan/database-context';
import { refusesPlaintext } from '../../plan/plaintext';
import { asksForCertificate, covers, HbaRow, networkAddressError, optionOf, takesChannel } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';
import { ClientAuthMode, SslMode } from '../../ssl-mode';

const own = ({ props }: DatabaseContext): HbaRow[] => (props.accessRules ?? []).map((rule) => rule._row);

/** What is proven about who gets in. The rows are those that will be written, in their order. */
export const ACCESS_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P01',
    title: 'an sslMode that needs TLS, without tls',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props }) => when(props.sslMode !== undefined && props.sslMode !== SslMode.DISABLE && !props.tls, () => `sslMode '${props.sslMode}' is given without tls`),
    fix: "give tls with an issuer, or sslMode 'disable'",
  },
  {
    code: 'PGTLS-P02',
    title: 'tls with sslMode disable',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props }) => when(props.sslMode === SslMode.DISABLE && props.tls !== undefined, () => "sslMode 'disable' is given together with tls"),
    fix: 'leave out one of them',
  },
  {
    code: 'PGTLS-P03',
    title: 'clientAuthMode cert without TLS',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Certificate Authentication',
    check: ({ plan }) => when(plan.clientAuthMode === ClientAuthMode.CERT && !plan.tls, () => "clientAuthMode 'cert' is given without TLS"),
    fix: "give tls, or clientAuthMode 'scram'",
  },
  {
    code: 'PGTLS-P55',
    title: 'an access rule for a role whose access is decided elsewhere',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props, plan }) => {
      const roles = [SUPERUSER, ...plan.roles.map(({ name }) => name)];
      return (props.accessRules ?? []).flatMap(({ _row: { users } }) => users.filter((user) => roles.includes(user)))
        .map((user) => `accessRules: a rule names '${user}', ${user === SUPERUSER ? 'whose access superuserAccess decides' : "a role of the pod's own that comes in from inside the pod alone"}`);
    },
    fix: 'leave the role out; open postgres to the network by superuserAccess',
  },
  {
    code: 'PGTLS-P57',
    title: 'superuser access that does not fit TLS',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: ({ props: { superuserAccess }, plan: { tls } }) => [
      ...when(superuserAccess?.by === 'certificate' && !tls, () => 'superuserAccess is by certificate, without TLS'),
      ...when(superuserAccess?._options.addresses?.length === 0, () => 'superuserAccess has an empty list of addresses'),
      ...(superuserAccess?._options.addresses ?? []).flatMap((address) => {
        const fault = networkAddressError(address);
        return when(fault !== undefined, () => `superuserAccess: address '${address}' ${fault}`);
      }),
    ],
    fix: 'give tls, SuperuserAccess.password() or SuperuserAccess.local(); addresses in CIDR notation',
  },
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
    check: (database) =>
      own(database).filter((row) => !database.plan.tls && row.type === 'hostssl').map((row) => `${describeRow(row)} can never match: TLS is off`),
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
    check: (database) =>
      own(database).flatMap((row) => [
        ...when(row.type !== 'hostssl' && asksForCertificate(row),
          () => `${describeRow(row)} asks for a certificate outside TLS`),
        ...when(row.databases.length === 0 || row.users.length === 0, () => `${describeRow(row)} names no database or no role`),
        ...when([...row.databases, ...row.users].some((word) => word === '' || /[\n\r\0]/.test(word)), () => `${describeRow(row)} has an empty or broken name`),
        ...when(database.plan.major < 16 && [...row.databases, ...row.users].some((word) => word.startsWith('/')),
          () => `${describeRow(row)} has a regular expression, which PostgreSQL ${database.plan.major} does not know`),
        ...addressFault(row),
      ]),
    fix: 'see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html for what a row may hold',
  },
  {
    code: 'PGTLS-P17',
    title: 'a user map that is missing, unused or loose',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, User Name Maps',
    check: (database) => {
      const { userMappings = [] } = database.props;
      const used = own(database).map((row) => optionOf(row, 'map')).filter((map) => map !== undefined);
      const defined = userMappings.map(({ map }) => map);
      return [
        ...used.filter((map) => !defined.includes(map)).map((map) => `an access rule names the map '${map}', which no userMapping defines`),
        ...[...new Set(defined)].filter((map) => !used.includes(map)).map((map) => `the map '${map}' is named by no access rule`),
        ...own(database).filter((row) => optionOf(row, 'clientname') !== undefined && optionOf(row, 'map') === undefined)
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
    check: (database) => [
      ...when(database.plan.clientAuthMode === ClientAuthMode.MD5, () => "clientAuthMode 'md5' is deprecated since PostgreSQL 18"),
      ...own(database).filter(({ method }) => method === 'md5').map((row) => `${describeRow(row)} uses md5, which is deprecated since PostgreSQL 18`),
    ],
    fix: "use 'scram', or acknowledge the warning for clients that know nothing better",
  },
  {
    code: 'PGTLS-P26',
    severity: Severity.WARNING,
    title: 'passwords in plaintext beside certificates',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq: sslmode=prefer falls back to plaintext',
    check: (database) =>
      own(database)
        .filter((row) => database.plan.clientAuthMode === ClientAuthMode.CERT && !refusesPlaintext(database.plan.sslMode) && takesChannel(row, 'plaintext') && row.method !== 'reject')
        .map((row) => `${describeRow(row)} takes passwords in plaintext beside certificates: a client with sslmode=prefer whose certificate is refused falls back to it`),
    fix: 'make it hostssl, or acknowledge the warning',
  },
];

function addressFault(row: HbaRow): string[] {
  const fault = row.address === undefined ? undefined : networkAddressError(row.address);
  return when(fault !== undefined, () => `${describeRow(row)}: address '${row.address}' ${fault}`);
}

function describeRow({ type, databases, users, address, method }: HbaRow): string {
  return `the rule '${[type, databases.join(','), users.join(','), address, method].filter((part) => part !== undefined).join(' ')}'`;
}
