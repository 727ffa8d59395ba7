import type { DatabaseContext } from '../../../plan/database-context';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { ClientAuthMode } from '../../../ssl-mode';
import { Consequence, postgresFile, postgresPage, type Rule } from '../../../../rules';

export const clientCertificateWithoutTls: Rule<DatabaseContext> = {
  id: 'client-certificate-without-tls',
  code: 'PGTLS-P12',
  title: 'clientCertificate although clients may connect without TLS',
  consequence: Consequence.NEVER_READY,
  sources: [
    postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File', 'clientcert is an option of hostssl records'),
    postgresFile('src/backend/libpq/hba.c', 'parse_hba_auth_opt'),
  ],
  check: ({ props: { clientCertificate }, plan }, report) => {
    if (clientCertificate !== undefined && plan.clientAuthMode !== ClientAuthMode.CERT && !(plan.tls && refusesPlaintext(plan.sslMode))) {
      report('clientCertificate', `clientCertificate '${clientCertificate}' is set with sslMode '${plan.sslMode}', which allows clients without TLS`);
    }
  },
  fix: "set sslMode to 'require', 'verify-ca' or 'verify-full'",
};
