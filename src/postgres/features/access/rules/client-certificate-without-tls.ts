import type { DatabaseContext } from '../../../plan/database-context';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { Consequence, Rule, when } from '../../../../rules';
import { ClientAuthMode } from '../../../ssl-mode';

export const clientCertificateWithoutTls: Rule<DatabaseContext> = {
  id: 'client-certificate-without-tls',
  code: 'PGTLS-P12',
  title: 'clientCertificate although clients may connect without TLS',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL: clientcert can only be configured for hostssl rows',
  check: ({ props, plan }) => when(
    props.clientCertificate !== undefined && plan.clientAuthMode !== ClientAuthMode.CERT && !(plan.tls && refusesPlaintext(plan.sslMode)),
    () => `clientCertificate '${props.clientCertificate}' is set with sslMode '${plan.sslMode}', which allows clients without TLS`),
  fix: "set sslMode to 'require', 'verify-ca' or 'verify-full'",
};
