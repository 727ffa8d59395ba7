import type { PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { plaintextBeside } from './access-shared';

export const hbaPlaintextPassword: Rule<PodContext> = {
  id: 'hba-plaintext-password',
  code: 'PGTLS-T11',
  severity: Severity.WARNING,
  title: 'pg_hba.conf accepts plaintext passwords beside client certificates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'libpq: sslmode=prefer falls back to plaintext when the server rejects the login over TLS',
  check: ({ servers }) => servers.filter(({ isOurs, tls }) => !isOurs && tls !== false).flatMap(({ hba }) => {
    const records = hba?.rows ?? [];
    const beside = new Set(records.filter(({ type, method }) => type === 'hostssl' && method === 'cert').flatMap((record) => plaintextBeside(records, record)));
    return [...beside].map(({ text }) => `the row '${text}' accepts plaintext passwords from clients whose certificate was rejected`);
  }),
  fix: 'change the row to hostssl, or acknowledge the warning',
};
