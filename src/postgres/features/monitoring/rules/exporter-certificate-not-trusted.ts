import { CertificateAlias } from '../../../plan/certificate-alias';
import { certificateOf } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import { isSameIssuer } from '../../../../pki';
import { Consequence, Rule, when } from '../../../../rules';

export const exporterCertificateNotTrusted: Rule<DatabaseContext> = {
  id: 'exporter-certificate-not-trusted',
  code: 'PGTLS-P41',
  title: 'certificate of the exporter not trusted by the server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, ssl_ca_file',
  check: ({ plan }) => {
    const exporter = certificateOf(plan, CertificateAlias.METRICS_EXPORTER)?.issuer;
    const clients = plan.clientCa?.sharedIssuer;
    return when(plan.trustedClientCas.isIssuedSecret && exporter !== undefined && (clients === undefined || !isSameIssuer(clients, exporter)),
      () => `the certificate of the exporter comes from '${exporter!.issuerName}', but the server trusts only the client CA '${clients?.issuerName ?? plan.clientCa!.name}'`);
  },
  fix: 'use the same issuer for both, or set tls.trustedClientCas to a bundle with both CAs',
};
