import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const sharedClientCaCertificateMissing: Rule<DatabaseContext> = {
  id: 'shared-client-ca-certificate-missing',
  code: 'PGTLS-P56',
  title: 'certificate of the shared client CA missing in the namespace',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, ssl_ca_file: the server does not start without the file',
  // PGTLS-P58 reports an issuer of a certificate that is not issued.
  check: ({ props: { tls }, plan: { checksClientCertificates, trustedClientCas, clientCa } }) =>
    when(checksClientCertificates && trustedClientCas.isIssuedSecret && tls?.clientCa !== undefined && clientCa?.sharedIssuer !== undefined && clientCa.secretName === undefined,
      () => `tls.clientCa: no Secret of this database contains ca.crt of issuer '${clientCa!.sharedIssuer!.issuerName}', because none of its certificates comes from that issuer`),
  fix: 'set tls.trustedClientCas to the CA certificate, or use SuperuserAccess.certificate()',
};
