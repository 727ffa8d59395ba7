import { plaintextBeside } from './plaintext-beside';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

export const hbaPlaintextPassword: Rule<PodContext> = {
  id: 'hba-plaintext-password',
  code: 'PGTLS-T11',
  severity: Severity.WARNING,
  title: 'pg_hba.conf accepts plaintext passwords beside client certificates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('libpq-connect.html', 'Database Connection Control Functions', 'sslmode=prefer falls back to plaintext when the server rejects the login over TLS'),
  ],
  check: ({ servers }, report) => {
    for (const server of servers.filter(({ isOurs, tls }) => !isOurs && tls !== false)) {
      const rows = server.hba?.rows ?? [];
      for (const { text } of new Set(rows.filter(({ type, method }) => type === 'hostssl' && method === 'cert').flatMap((row) => plaintextBeside(rows, row)))) {
        report(server.hbaField, `the row '${text}' accepts plaintext passwords from clients whose certificate was rejected`);
      }
    }
  },
  fix: 'change the row to hostssl, or acknowledge the warning',
};
