import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const sharedClientCaCertificateMissing: Rule<DatabaseContext> = {
  id: 'shared-client-ca-certificate-missing',
  code: 'PGTLS-P56',
  title: 'certificate of the shared client CA missing in the namespace',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('runtime-config-connection.html#GUC-SSL-CA-FILE', 'ssl_ca_file', 'the server does not start without the file')],
  // PGTLS-P58 reports an issuer of a certificate that is not issued.
  check: ({ props: { tls }, plan: { checksClientCertificates, trustedClientCas, clientCa } }, report) => {
    const issuer = clientCa?.sharedIssuer;
    if (checksClientCertificates && trustedClientCas.isIssuedSecret && tls?.clientCa !== undefined && issuer !== undefined && clientCa?.secretName === undefined) {
      report('tls.trustedClientCas', `tls.clientCa: no Secret of this database contains ca.crt of issuer '${issuer.issuerName}', because none of its certificates comes from that issuer`);
    }
  },
  fix: 'set tls.trustedClientCas to the CA certificate, or use SuperuserAccess.certificate()',
};
