import { callOf } from '../pooler-call';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, pgBouncerPage, type Rule } from '../../../../rules';

export const poolerWithoutRevocation: Rule<DatabaseContext> = {
  id: 'pooler-without-revocation',
  code: 'PGTLS-P175',
  title: 'pooler that admits revoked client certificates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBouncerPage('config.html', 'TLS settings', 'none of them is a CRL')],
  check: ({ props: { tls }, plan: { declarations: { poolers } } }, report) => {
    if (tls?.certificateRevocationList === undefined) { return; }
    for (const { name } of poolers) {
      report(callOf(name), `pooler '${name}' admits revoked client certificates: PgBouncer reads no CRL, and tls.certificateRevocationList applies at the database only`);
    }
  },
  fix: 'remove the pooler or certificateRevocationList, and declare a revoked client absent: DeclaredState.absent()',
};
