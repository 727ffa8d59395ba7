import { SUPERUSER } from '../../plan/roles';
import type { DatabaseContext } from '../../plan/database-context';
import { refusesPlaintext } from '../../plan/refuses-plaintext';
import { asksForCertificate, covers, HbaRow, networkAddressError, optionOf, takesChannel } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';
import { ClientAuthMode, SslMode } from '../../ssl-mode';

const own = ({ props }: DatabaseContext): HbaRow[] => (props.accessRules ?? []).map((rule) => rule._row);

/** Rules for access. The rows are those of pg_hba.conf, in the order of the file. */
export const ACCESS_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P01',
    title: 'sslMode requires TLS and tls is not set',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props }) => when(props.sslMode !== undefined && props.sslMode !== SslMode.DISABLE && !props.tls, () => `sslMode '${props.sslMode}' is set without tls`),
    fix: "set tls with an issuer, or set sslMode to 'disable'",
  },
  {
    code: 'PGTLS-P02',
    title: 'tls set together with sslMode disable',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props }) => when(props.sslMode === SslMode.DISABLE && props.tls !== undefined, () => "sslMode 'disable' is set together with tls"),
    fix: 'remove one of them',
  },
  {
    code: 'PGTLS-P03',
    title: 'clientAuthMode cert without TLS',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Certificate Authentication',
    check: ({ plan }) => when(plan.clientAuthMode === ClientAuthMode.CERT && !plan.tls, () => "clientAuthMode 'cert' is set without TLS"),
    fix: "set tls, or set clientAuthMode to 'scram'",
  },
  {
    code: 'PGTLS-P55',
    title: 'access rule for the superuser or a role of the pod',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'docs/postgres.md, The superuser',
    check: ({ props, plan }) => {
      const roles = [SUPERUSER, ...plan.roles.map(({ name }) => name)];
      return (props.accessRules ?? []).flatMap(({ _row: { users } }) => users.filter((user) => roles.includes(user)))
        .map((user) => `accessRules: a rule contains '${user}', ${user === SUPERUSER ? 'whose access is set by superuserAccess' : 'a role of the pod, which can only connect from inside the pod'}`);
    },
    fix: 'remove the role from the rule; use superuserAccess to let postgres connect over the network',
  },
  {
    code: 'PGTLS-P57',
    title: 'superuser access without TLS or with invalid addresses',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: ({ props: { superuserAccess }, plan: { tls } }) => [
      ...when(superuserAccess?.by === 'certificate' && !tls, () => 'superuserAccess is by certificate, but TLS is off'),
      ...when(superuserAccess?._options.addresses?.length === 0, () => 'superuserAccess has an empty list of addresses'),
      ...(superuserAccess?._options.addresses ?? []).flatMap((address) => {
        const fault = networkAddressError(address);
        return when(fault !== undefined, () => `superuserAccess: address '${address}' ${fault}`);
      }),
    ],
    fix: 'set tls, or use SuperuserAccess.password() or SuperuserAccess.local(); give addresses in CIDR notation',
  },
  {
    code: 'PGTLS-P11',
    title: 'access rule allows plaintext although sslMode requires TLS',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: ({ plan }) =>
      plan.access
        .filter((row) => refusesPlaintext(plan.sslMode) && takesChannel(row, 'plaintext') && row.method !== 'reject')
        .map((row) => `sslMode '${plan.sslMode}' requires TLS, but ${describeRow(row)} allows plaintext`),
    fix: 'change the rule to hostssl, or use an sslMode that does not require TLS',
  },
  {
    code: 'PGTLS-P12',
    title: 'clientCertificate although clients may connect without TLS',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL: clientcert can only be configured for hostssl rows',
    check: ({ props, plan }) => when(
      props.clientCertificate !== undefined && plan.clientAuthMode !== ClientAuthMode.CERT && !(plan.tls && refusesPlaintext(plan.sslMode)),
      () => `clientCertificate '${props.clientCertificate}' is set with sslMode '${plan.sslMode}', which allows clients without TLS`),
    fix: "set sslMode to 'require', 'verify-ca' or 'verify-full'",
  },
  {
    code: 'PGTLS-P13',
    title: 'hostssl access rule although TLS is off',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: (database) =>
      own(database).filter((row) => !database.plan.tls && row.type === 'hostssl').map((row) => `${describeRow(row)} can never match: TLS is off`),
    fix: 'set tls, or use a rule of type host',
  },
  {
    code: 'PGTLS-P14',
    title: 'access rule shadowed by an earlier rule',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File: the first row that matches decides',
    check: ({ plan: { access } }) =>
      access.flatMap((row, index) => {
        const earlier = access.slice(0, index).find((candidate) => covers(candidate, row));
        // PGTLS-P55 reports a row for the superuser or a role of the pod.
        return when(earlier !== undefined && !row.users.some((user) => earlier!.users.includes(user) && user !== 'all' && earlier!.method === 'reject'), () => `${describeRow(row)} is never reached: ${describeRow(earlier!)} matches first`);
      }),
    fix: 'put the narrower rule first, or remove it',
  },
  {
    code: 'PGTLS-P16',
    title: 'access rule not valid in pg_hba.conf',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: (database) =>
      own(database).flatMap((row) => [
        ...when(row.type !== 'hostssl' && asksForCertificate(row),
          () => `${describeRow(row)} asks for a client certificate, but is not hostssl`),
        ...when(row.databases.length === 0 || row.users.length === 0, () => `${describeRow(row)} has no database or no role`),
        ...when([...row.databases, ...row.users].some((word) => word === '' || /[\n\r\0]/.test(word)), () => `${describeRow(row)} has a name that is empty or contains a line break`),
        ...when(database.plan.major < 16 && [...row.databases, ...row.users].some((word) => word.startsWith('/')),
          () => `${describeRow(row)} has a regular expression, which PostgreSQL ${database.plan.major} does not support`),
        ...addressFault(row),
      ]),
    fix: 'correct the rule as described in https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
  },
  {
    code: 'PGTLS-P17',
    title: 'user map undefined, unused or not anchored',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, User Name Maps',
    check: (database) => {
      const { userMappings = [] } = database.props;
      const used = own(database).map((row) => optionOf(row, 'map')).filter((map) => map !== undefined);
      const defined = userMappings.map(({ map }) => map);
      return [
        ...used.filter((map) => !defined.includes(map)).map((map) => `userMappings: map '${map}' of an access rule is not defined`),
        ...[...new Set(defined)].filter((map) => !used.includes(map)).map((map) => `userMappings: map '${map}' is not used by any access rule`),
        ...own(database).filter((row) => optionOf(row, 'clientname') !== undefined && optionOf(row, 'map') === undefined)
          .map((row) => `${describeRow(row)} compares the whole subject of a certificate with the role name, which never matches without a map`),
        ...userMappings.filter(({ systemUser }) => systemUser.startsWith('/') && !/^\/\^.*\$$/s.test(systemUser))
          .map(({ map, systemUser }) => `userMappings: the expression '${systemUser}' of map '${map}' is not anchored and matches parts of names`),
        ...userMappings.filter((mapping) => Object.values(mapping).some((value) => value === '' || /[\n\r\0]/.test(value)))
          .map(({ map }) => `userMappings: a row of map '${map}' has a value that is empty or contains a line break`),
      ];
    },
    fix: 'define exactly the maps that access rules use, and anchor expressions: /^…$',
  },
  {
    code: 'PGTLS-P20',
    severity: Severity.WARNING,
    title: 'deprecated md5 password authentication',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL 18 release notes',
    check: (database) => [
      ...when(database.plan.clientAuthMode === ClientAuthMode.MD5, () => "clientAuthMode 'md5' is deprecated since PostgreSQL 18"),
      ...own(database).filter(({ method }) => method === 'md5').map((row) => `${describeRow(row)} uses md5, which is deprecated since PostgreSQL 18`),
    ],
    fix: "use 'scram', or acknowledge the warning if clients do not support it",
  },
  {
    code: 'PGTLS-P26',
    severity: Severity.WARNING,
    title: 'access rule accepts plaintext passwords beside client certificates',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq: sslmode=prefer falls back to plaintext',
    check: (database) =>
      own(database)
        .filter((row) => database.plan.clientAuthMode === ClientAuthMode.CERT && !refusesPlaintext(database.plan.sslMode) && takesChannel(row, 'plaintext') && row.method !== 'reject')
        .map((row) => `${describeRow(row)} accepts plaintext passwords beside client certificates: a client with sslmode=prefer falls back to it if its certificate is rejected`),
    fix: 'change the rule to hostssl, or acknowledge the warning',
  },
];

function addressFault(row: HbaRow): string[] {
  const fault = row.address === undefined ? undefined : networkAddressError(row.address);
  return when(fault !== undefined, () => `${describeRow(row)}: address '${row.address}' ${fault}`);
}

function describeRow({ type, databases, users, address, method }: HbaRow): string {
  return `the rule '${[type, databases.join(','), users.join(','), address, method].filter((part) => part !== undefined).join(' ')}'`;
}
