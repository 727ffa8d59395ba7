import { CertificateAlias } from '../../../plan/certificate-alias';
import { certificateOf, optionsOf } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import { certManagerFile, Consequence, type Rule } from '../../../../rules';

export const exporterWithoutCaCrt: Rule<DatabaseContext> = {
  id: 'exporter-without-ca-crt',
  code: 'PGTLS-P43',
  title: 'exporter cannot verify the server certificate',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/certificaterequests/acme/acme.go', 'an ACME issuer returns no CA certificate')],
  check: ({ props: { monitor, tls }, plan }, report) => {
    const server = certificateOf(plan, CertificateAlias.SERVER)?.issuer;
    if (monitor !== undefined && plan.trustedServerCas.isIssuedSecret && server?.providesCaCertificate === false) {
      report(optionsOf(tls, CertificateAlias.SERVER)?.issuer === undefined ? 'tls.issuer' : 'tls.certificates.server.issuer',
        `the exporter verifies the server with ca.crt, which issuer '${server.issuerName}' does not provide`);
    }
  },
  fix: 'set tls.trustedServerCas, use a private CA for the server certificate, or remove monitor',
};
