import { CertificateAlias } from '../../../plan/certificate-alias';
import { CertificatePlan } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import type { DatabasePlan } from '../../../plan/database-plan';
import { isSameIssuer } from '../../../../pki';
import { Consequence, Rule, when } from '../../../../rules';
import type { TrustSource } from '../../../../trust';

export const databaseCertificateNotTrusted: Rule<DatabaseContext> = {
  id: 'database-certificate-not-trusted',
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
};

function notTrusted({ clientCa }: DatabasePlan, { alias, issuer }: CertificatePlan, where: string, { issuers }: TrustSource): string[] {
  return when(issuers !== undefined && !issuers.some((known) => issuer !== undefined && isSameIssuer(known, issuer)),
    () => `the ${alias} certificate comes from '${issuer?.issuerName ?? clientCa!.name}', which is not in ${where}`);
}
