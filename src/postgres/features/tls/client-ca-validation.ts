import { CertificateAlias } from '../../plan/certificate-alias';
import { CertificatePlan, certificateProperty, optionsOf } from '../../plan/certificates';
import type { DatabaseContext } from '../../plan/database-context';
import type { DatabasePlan } from '../../plan/database-plan';
import { isSameIssuer } from '../../../pki';
import { asksForCertificate } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';
import type { TrustSource } from '../../../trust';

/** Rules for the client CA. */
export const CLIENT_CA_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P18',
    title: 'client certificates from an issuer that provides no ca.crt',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go',
    // PGTLS-C06 checks an issuer of the app where its certificates are mounted.
    check: ({ plan: { checksClientCertificates, trustedClientCas, clientCa } }) => {
      const issuer = clientCa?.sharedIssuer;
      return when(checksClientCertificates && trustedClientCas.isIssuedSecret && issuer !== undefined && issuer.isOwned !== true && !issuer.providesCaCertificate,
        () => `the server checks client certificates with ca.crt of the client CA, which issuer '${issuer!.issuerName}' does not provide`);
    },
    fix: "remove tls.clientCa to use the database's own client CA, or set tls.trustedClientCas",
  },
  {
    code: 'PGTLS-E14',
    severity: Severity.WARNING,
    title: 'client CA is a ClusterIssuer that every namespace can use',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Certificate Authentication: the common name of a certificate of a trusted CA is the role',
    check: ({ plan: { access, clientCa } }) => {
      const cluster = clientCa?.isCluster ? clientCa.name : clientCa?.sharedIssuer?.issuerKind === 'ClusterIssuer' ? clientCa.sharedIssuer.issuerName : undefined;
      return when(cluster !== undefined && access.some((row) => row.address === 'all' && asksForCertificate(row)),
        () => `client certificates come from ClusterIssuer '${cluster}', from which every namespace can request a certificate for any role`);
    },
    fix: "remove tls.clientCa to use the database's own client CA, or acknowledge the warning if a policy restricts the issuer",
  },
  {
    code: 'PGTLS-P56',
    title: 'certificate of the shared client CA missing in the namespace',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, ssl_ca_file: the server does not start without the file',
    // PGTLS-P58 reports an issuer of a certificate that is not issued.
    check: ({ props: { tls }, plan: { checksClientCertificates, trustedClientCas, clientCa } }) =>
      when(checksClientCertificates && trustedClientCas.isIssuedSecret && tls?.clientCa !== undefined && clientCa?.sharedIssuer !== undefined && clientCa.secretName === undefined,
        () => `tls.clientCa: no Secret of this database contains ca.crt of issuer '${clientCa!.sharedIssuer!.issuerName}', because none of its certificates comes from that issuer`),
    fix: 'set tls.trustedClientCas to the CA certificate, or use SuperuserAccess.certificate()',
  },
  {
    code: 'PGTLS-P58',
    title: 'options for a certificate that is not issued',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'docs/postgres.md, Properties',
    check: ({ props: { tls }, plan }) => Object.entries(plan.absent.certificates).flatMap(([alias, why]) =>
      when(plan.tls && optionsOf(tls, alias) !== undefined, () => `${certificateProperty(alias)} is given, but that certificate is not issued: ${why}`)),
    fix: 'remove the options, or set the property that uses the certificate; set the client CA with tls.clientCa',
  },
  {
    code: 'PGTLS-P59',
    title: 'tls.clientCa contradicts the issuer of the client certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file: the server trusts the CAs in that file only',
    check: (database) => {
      const { tls } = database.props;
      const named = tls?.certificates?.client?.issuer;
      const shared = tls?.clientCa?.issuer;
      return when(named !== undefined && tls?.clientCa !== undefined && (shared === undefined || !isSameIssuer(named, shared)),
        () => `tls.clientCa is set, but tls.certificates.client has another issuer: '${named!.issuerName}'`);
    },
    fix: 'remove one of them',
  },
  {
    code: 'PGTLS-P19',
    title: 'certificate of the database from a CA that is not in the trust bundle',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file; libpq, sslrootcert',
    check: ({ plan }) => [
      ...plan.certificates.filter(({ alias }) => plan.checksClientCertificates && alias !== CertificateAlias.SERVER)
        .flatMap((certificate) => notTrusted(plan, certificate, 'tls.trustedClientCas', plan.trustedClientCas)),
      ...plan.certificates.filter(({ alias }) => alias === CertificateAlias.SERVER)
        .flatMap((certificate) => notTrusted(plan, certificate, 'tls.trustedServerCas', plan.trustedServerCas)),
    ],
    fix: 'add the CA to the bundle (TrustedCa), or use an issuer that is in it (tls.issuer for the server, tls.clientCa: ClientCa.shared for clients)',
  },
];

function notTrusted({ clientCa }: DatabasePlan, { alias, issuer }: CertificatePlan, where: string, { issuers }: TrustSource): string[] {
  return when(issuers !== undefined && !issuers.some((known) => issuer !== undefined && isSameIssuer(known, issuer)),
    () => `the ${alias} certificate comes from '${issuer?.issuerName ?? clientCa!.name}', which is not in ${where}`);
}
