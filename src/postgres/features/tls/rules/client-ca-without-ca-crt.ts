import { clientCaProperty } from './client-ca-property';
import type { DatabaseContext } from '../../../plan/database-context';
import { certManagerFile, Consequence, type Rule } from '../../../../rules';

export const clientCaWithoutCaCrt: Rule<DatabaseContext> = {
  id: 'client-ca-without-ca-crt',
  code: 'PGTLS-P18',
  title: 'client certificates from an issuer that provides no ca.crt',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/certificaterequests/acme/acme.go', 'an ACME issuer returns no CA certificate')],
  // PGTLS-C06 checks an issuer of the app where its certificates are mounted.
  check: (database, report) => {
    const { checksClientCertificates, trustedClientCas, clientCa } = database.plan;
    const issuer = clientCa?.sharedIssuer;
    if (checksClientCertificates && trustedClientCas.isIssuedSecret && issuer !== undefined && issuer.isOwned !== true && !issuer.providesCaCertificate) {
      report(clientCaProperty(database), `the server checks client certificates with ca.crt of the client CA, which issuer '${issuer.issuerName}' does not provide`);
    }
  },
  fix: "remove tls.clientCa to use the database's own client CA, or set tls.trustedClientCas",
};
