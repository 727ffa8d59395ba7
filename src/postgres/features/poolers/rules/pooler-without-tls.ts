import { callOf } from '../pooler-call';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, pgBouncerPage, type Rule } from '../../../../rules';

export const poolerWithoutTls: Rule<DatabaseContext> = {
  id: 'pooler-without-tls',
  code: 'PGTLS-P170',
  title: 'pooler of a database without TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBouncerPage('config.html', 'auth_type', '`cert` requires TLS connections')],
  check: ({ plan: { tls, declarations: { poolers } } }, report) => {
    if (tls) { return; }
    for (const { name } of poolers) { report(callOf(name), `pooler '${name}' admits clients by their certificates, but TLS is off`); }
  },
  fix: 'set tls with an issuer for the server',
};
