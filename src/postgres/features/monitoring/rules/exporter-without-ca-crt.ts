import { CertificateAlias } from '../../../plan/certificate-alias';
import { certificateOf } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const exporterWithoutCaCrt: Rule<DatabaseContext> = {
  id: 'exporter-without-ca-crt',
  code: 'PGTLS-P43',
  title: 'exporter cannot verify the server certificate',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go',
  check: ({ props: { monitor }, plan }) => {
    const server = certificateOf(plan, CertificateAlias.SERVER)?.issuer;
    return when(monitor !== undefined && plan.trustedServerCas.isIssuedSecret && server?.providesCaCertificate === false,
      () => `the exporter verifies the server with ca.crt, which issuer '${server!.issuerName}' does not provide`);
  },
  fix: 'set tls.trustedServerCas, use a private CA for the server certificate, or remove monitor',
};
