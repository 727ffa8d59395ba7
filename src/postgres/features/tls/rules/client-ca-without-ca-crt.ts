import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const clientCaWithoutCaCrt: Rule<DatabaseContext> = {
  id: 'client-ca-without-ca-crt',
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
};
