import { isSameIssuer } from './client-ca';
import { SUPERUSER } from './certificates';
import { issuerOf, PostgresSubject } from './subject';
import { systemRoles } from './system-roles';
import { asksForCertificate, networkAddressError } from '../../postgresql';
import { Consequence, Rule, Severity, when } from '../../rules';
import { CertificateAlias } from '../ssl-mode';

/** What is proven about the CA of what logs in, and about the superuser. */
export const CLIENT_CA_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P18',
    title: 'client certificates from an issuer that is said to give no ca.crt',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go',
    // An issuer of the app is judged where its certificates are mounted (PGTLS-C06).
    check: ({ plan: { clientAuthority, clientAuthorities, clientCa } }) => {
      const issuer = clientCa?.sharedIssuer;
      return when(clientAuthority && clientAuthorities.isIssuedSecret && issuer !== undefined && issuer.isOwned !== true && !issuer.providesCaCertificate,
        () => `checking client certificates needs ca.crt of the client CA, which issuer '${issuer!.issuerName}' does not give`);
    },
    fix: "leave tls.clientCa out for a CA of the database's own, or give tls.clientAuthorities",
  },
  {
    code: 'PGTLS-E14',
    severity: Severity.WARNING,
    title: 'client certificates from an issuer that everybody can ask',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Certificate Authentication: whoever can have a name signed can be that role',
    check: ({ plan: { access, clientCa } }) => {
      const cluster = clientCa?.isCluster ? clientCa.name : clientCa?.sharedIssuer?.issuerKind === 'ClusterIssuer' ? clientCa.sharedIssuer.issuerName : undefined;
      return when(cluster !== undefined && access.some((row) => row.address === 'all' && asksForCertificate(row)),
        () => `client certificates come from ClusterIssuer '${cluster}', which every namespace can ask for the name of any role`);
    },
    fix: "leave tls.clientCa out for a CA of the database's own, or acknowledge the warning where a policy guards the issuer",
  },
  {
    code: 'PGTLS-P55',
    title: 'an access rule for a role whose access is decided elsewhere',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props, plan }) => {
      const roles = [SUPERUSER, ...systemRoles(plan.exporter)];
      return (props.accessRules ?? []).flatMap(({ _row: { users } }) => users.filter((user) => roles.includes(user)))
        .map((user) => `accessRules: a rule names '${user}', ${user === SUPERUSER ? 'whose access superuserAccess decides' : "a role of the pod's own that comes in from inside the pod alone"}`);
    },
    fix: 'leave the role out; open postgres to the network by superuserAccess',
  },
  {
    code: 'PGTLS-P56',
    title: 'a shared client CA whose certificate is not in the namespace',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, ssl_ca_file: the server does not start without the file',
    // An issuer that is named for a certificate which is not issued has a rule of its own (PGTLS-P58).
    check: ({ props: { tls }, plan: { clientAuthority, clientAuthorities, clientCa, clientCaSecretName } }) =>
      when(clientAuthority && clientAuthorities.isIssuedSecret && clientCaSecretName === undefined && clientCa?.sharedIssuer !== undefined && tls?.clientCa !== undefined,
        () => `tls.clientCa: no Secret of this database holds ca.crt of issuer '${clientCa!.sharedIssuer!.issuerName}', which none of its certificates comes from`),
    fix: 'give tls.clientAuthorities with the CA, or open superuserAccess by certificate',
  },
  {
    code: 'PGTLS-P57',
    title: 'superuser access that does not fit TLS',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, The pg_hba.conf File',
    check: ({ plan: { superuser, tls } }) => [
      ...when(superuser.by === 'certificate' && !tls, () => 'superuserAccess is by certificate, without TLS'),
      ...when(superuser._options.addresses?.length === 0, () => 'superuserAccess has an empty list of addresses'),
      ...(superuser._options.addresses ?? []).flatMap((address) => {
        const fault = networkAddressError(address);
        return when(fault !== undefined, () => `superuserAccess: address '${address}' ${fault}`);
      }),
    ],
    fix: 'give tls, SuperuserAccess.password() or SuperuserAccess.local(); addresses in CIDR notation',
  },
  {
    code: 'PGTLS-P58',
    title: 'options for a certificate that is not issued',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, Properties of Postgres',
    check: ({ props, plan }) => {
      const why: Readonly<Record<string, string>> = { client: 'superuserAccess is not by certificate', 'metrics-exporter': 'monitor is not given' };
      return (props.tls?.certificates ?? []).filter(({ alias }) => plan.tls && why[alias] !== undefined && !plan.certificates.some((certificate) => certificate.alias === alias))
        .map(({ alias }) => `tls.certificates: alias '${alias}' is given, and no such certificate is issued: ${why[alias]}`);
    },
    fix: 'leave the options out, or give what uses the certificate; the issuer of clients is tls.clientCa',
  },
  {
    code: 'PGTLS-P59',
    title: 'two answers to who signs client certificates',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file: the server trusts what it is given, and nothing else',
    check: (database) => {
      const { tls } = database.props;
      const named = tls?.certificates?.find(({ alias }) => alias === CertificateAlias.CLIENT)?.issuer;
      const shared = tls?.clientCa?.issuer;
      return when(named !== undefined && tls?.clientCa !== undefined && (shared === undefined || !isSameIssuer(named, shared)),
        () => `tls.clientCa says one CA, and tls.certificates gives the alias client the issuer '${named!.issuerName}'`);
    },
    fix: 'give one of them',
  },
  {
    code: 'PGTLS-P19',
    title: 'a certificate of a database whose authority is not among the trusted ones',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file; libpq, sslrootcert',
    check: (database) => {
      const { plan } = database;
      if (!plan.tls) { return []; }
      const logins = plan.certificates.map(({ alias }) => alias).filter((alias) => alias !== CertificateAlias.SERVER);
      return [
        ...(plan.clientAuthority ? logins : []).flatMap((alias) => notTrusted(database, alias, 'tls.clientAuthorities', plan.clientAuthorities)),
        ...notTrusted(database, CertificateAlias.SERVER, 'tls.serverAuthorities', plan.serverAuthorities),
      ];
    },
    fix: 'add the CA to the bundle (TrustedCa), or name the issuer that is in it (tls.clientCa: ClientCa.shared)',
  },
];

function notTrusted(database: PostgresSubject, alias: CertificateAlias, where: string, { issuers }: PostgresSubject['plan']['clientAuthorities']): string[] {
  const issuer = issuerOf(database, alias);
  const isOwn = issuer === undefined && alias !== CertificateAlias.SERVER;
  return when(issuers !== undefined && (isOwn || (issuer !== undefined && !issuers.some((known) => isSameIssuer(known, issuer)))),
    () => `the ${alias} certificate comes from '${issuer?.issuerName ?? database.plan.clientCa!.name}', which ${where} does not hold`);
}
