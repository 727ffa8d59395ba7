import { CertificateAlias } from '../../../plan/certificate-alias';
import { certificateOf } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import { isSameIssuer } from '../../../../pki';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const exporterCertificateNotTrusted: Rule<DatabaseContext> = {
  id: 'exporter-certificate-not-trusted',
  code: 'PGTLS-P41',
  title: 'certificate of the exporter not trusted by the server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('runtime-config-connection.html#GUC-SSL-CA-FILE', 'ssl_ca_file', 'the server trusts the CAs in that file only')],
  check: ({ plan }, report) => {
    const exporter = certificateOf(plan, CertificateAlias.METRICS_EXPORTER)?.issuer;
    const clients = plan.clientCa?.sharedIssuer;
    if (plan.trustedClientCas.isIssuedSecret && exporter !== undefined && (clients === undefined || !isSameIssuer(clients, exporter))) {
      report('tls.certificates.metricsExporter.issuer',
        `the certificate of the exporter comes from '${exporter.issuerName}', but the server trusts only the client CA '${clients?.issuerName ?? plan.clientCa!.name}'`);
    }
  },
  fix: 'use the same issuer for both, or set tls.trustedClientCas to a bundle with both CAs',
};
