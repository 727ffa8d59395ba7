import type { DatabaseContext } from '../../../plan/database-context';
import { ClientAuthMode } from '../../../ssl-mode';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const certAuthWithoutTls: Rule<DatabaseContext> = {
  id: 'cert-auth-without-tls',
  code: 'PGTLS-P03',
  title: 'clientAuthMode cert without TLS',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('auth-cert.html', 'Certificate Authentication', 'available for TLS connections only')],
  check: ({ plan }, report) => {
    if (plan.clientAuthMode === ClientAuthMode.CERT && !plan.tls) { report('clientAuthMode', "clientAuthMode 'cert' is set without TLS"); }
  },
  fix: "set tls, or set clientAuthMode to 'scram'",
};
