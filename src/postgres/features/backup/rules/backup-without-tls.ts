import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, pgBackRestPage, type Rule } from '../../../../rules';

export const backupWithoutTls: Rule<DatabaseContext> = {
  id: 'backup-without-tls',
  code: 'PGTLS-P140',
  title: 'backup of a database without TLS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBackRestPage('configuration.html', 'tls-server-cert-file', 'the server has no plaintext protocol')],
  check: ({ props: { backup }, plan: { tls } }, report) => {
    if (backup !== undefined && !tls) { report('backup', 'the Jobs read the data directory over TLS and show a certificate, but TLS is off'); }
  },
  fix: 'set tls with an issuer for the server',
};
