import { CertificateAlias } from '../../certificate-alias';
import { CertificatePlan, isSameIssuer } from '../../plan/certificates';
import type { DatabaseContext } from '../../plan/database-context';
import type { DatabasePlan } from '../../plan/database-plan';
import { asksForCertificate } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';
import type { TrustSource } from '../../../trust';

/** What is proven about the CA of what logs in. */
export const CLIENT_CA_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P18',
    title: 'client certificates from an issuer that is said to give no ca.crt',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go',
    // An issuer of the app is judged where its certificates are mounted (PGTLS-C06).
    check: ({ plan: { checksClientCertificates, clientAuthorities, clientCa } }) => {
      const issuer = clientCa?.sharedIssuer;
      return when(checksClientCertificates && clientAuthorities.isIssuedSecret && issuer !== undefined && issuer.isOwned !== true && !issuer.providesCaCertificate,
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
    code: 'PGTLS-P56',
    title: 'a shared client CA whose certificate is not in the namespace',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, ssl_ca_file: the server does not start without the file',
    // An issuer that is named for a certificate which is not issued has a rule of its own (PGTLS-P58).
    check: ({ props: { tls }, plan: { checksClientCertificates, clientAuthorities, clientCa } }) =>
      when(checksClientCertificates && clientAuthorities.isIssuedSecret && tls?.clientCa !== undefined && clientCa?.sharedIssuer !== undefined && clientCa.secretName === undefined,
        () => `tls.clientCa: no Secret of this database holds ca.crt of issuer '${clientCa!.sharedIssuer!.issuerName}', which none of its certificates comes from`),
    fix: 'give tls.clientAuthorities with the CA, or open superuserAccess by certificate',
  },
  {
    code: 'PGTLS-P58',
    title: 'options for a certificate that is not issued',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, Properties of Postgres',
    check: ({ props, plan }) => {
      const why = plan.absent.certificates;
      return (props.tls?.certificates ?? []).filter(({ alias }) => plan.tls && why[alias] !== undefined)
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
    check: ({ plan }) => [
      ...plan.certificates.filter(({ alias }) => plan.checksClientCertificates && alias !== CertificateAlias.SERVER)
        .flatMap((certificate) => notTrusted(plan, certificate, 'tls.clientAuthorities', plan.clientAuthorities)),
      ...plan.certificates.filter(({ alias }) => alias === CertificateAlias.SERVER)
        .flatMap((certificate) => notTrusted(plan, certificate, 'tls.serverAuthorities', plan.serverAuthorities)),
    ],
    fix: 'add the CA to the bundle (TrustedCa), or name the issuer that is in it (tls.clientCa: ClientCa.shared)',
  },
];

function notTrusted({ clientCa }: DatabasePlan, { alias, issuer }: CertificatePlan, where: string, { issuers }: TrustSource): string[] {
  return when(issuers !== undefined && !issuers.some((known) => issuer !== undefined && isSameIssuer(known, issuer)),
    () => `the ${alias} certificate comes from '${issuer?.issuerName ?? clientCa!.name}', which ${where} does not hold`);
}
