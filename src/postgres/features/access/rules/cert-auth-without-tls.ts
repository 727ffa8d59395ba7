import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';
import { ClientAuthMode } from '../../../ssl-mode';

export const certAuthWithoutTls: Rule<DatabaseContext> = {
  id: 'cert-auth-without-tls',
  code: 'PGTLS-P03',
  title: 'clientAuthMode cert without TLS',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, Certificate Authentication',
  check: ({ plan }) => when(plan.clientAuthMode === ClientAuthMode.CERT && !plan.tls, () => "clientAuthMode 'cert' is set without TLS"),
  fix: "set tls, or set clientAuthMode to 'scram'",
};
