import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const membersWithoutTls: Rule<DatabaseContext> = {
  id: 'members-without-tls',
  code: 'PGTLS-P133',
  title: 'several members without TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-cert.html', 'Certificate Authentication')],
  check: ({ plan: { tls, availability } }, report) => {
    if (availability.engine === 'patroni' && !tls) { report('tls', 'members log in to each other with certificates, but TLS is off'); }
  },
  fix: 'set tls with an issuer for the server',
};
