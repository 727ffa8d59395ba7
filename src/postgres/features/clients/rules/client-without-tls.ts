import { callOf, isAbsent } from '../resolve-declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const clientWithoutTls: Rule<DatabaseContext> = {
  id: 'client-without-tls',
  code: 'PGTLS-P98',
  title: 'client with a certificate, but without TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-cert.html', 'Certificate Authentication', 'available for TLS connections only')],
  check: ({ plan: { tls, declarations: { clients } } }, report) => {
    if (tls) { return; }
    for (const { name } of clients.filter(({ options }) => options.password === undefined && !isAbsent(options))) {
      report(callOf('addClient', name), `client '${name}' logs in with a certificate, but TLS is off`);
    }
  },
  fix: 'set tls with an issuer for the server; or give the client a password: ClientPassword.fromSecret(secret)',
};
