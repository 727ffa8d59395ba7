import { asksForCertificate, asksForPassword, covers, isLoopback, meets, ParsedHbaRow, refusedRow, takesChannel } from '../../postgresql';
import type { PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';

/** What is proven about pg_hba.conf files that stand in ConfigMaps; a Postgres construct has proven its own (PGTLS-P11 to P17, P26). */
export const ACCESS_RULES: ReadonlyArray<Rule<PodContext>> = [
  {
    code: 'PGTLS-T11',
    severity: Severity.WARNING,
    title: 'passwords in plaintext beside certificates in pg_hba.conf',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq: sslmode=prefer falls back to plaintext when the server refuses the login over TLS',
    check: ({ servers }) => servers.filter(({ isOurs, tls }) => !isOurs && tls !== false).flatMap(({ hba }) => {
      const records = hba?.rows ?? [];
      const beside = new Set(records.filter(({ type, method }) => type === 'hostssl' && method === 'cert').flatMap((record) => plaintextBeside(records, record)));
      return [...beside].map(({ text }) => `the row '${text}' takes passwords in plaintext from clients whose certificate was refused`);
    }),
    fix: 'make it hostssl, or acknowledge the warning',
  },
  {
    code: 'PGTLS-T15',
    title: 'a row for which PostgreSQL refuses the whole pg_hba.conf',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL src/backend/libpq/hba.c: at the start it ends, at a reload it keeps the old rows',
    check: ({ servers }) => servers.filter(({ isOurs }) => !isOurs).flatMap(({ hba }) => (hba?.rows ?? []).flatMap((record) => {
      const fault = refusedRow(record);
      return when(fault !== undefined, () => `the row '${record.text}' ${fault}`);
    })),
    fix: 'see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html for what a row may hold',
  },
  {
    code: 'PGTLS-T16',
    title: 'client certificates asked for without an authority to check them',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file: without it no certificate is ever requested, and each such login ends with an error',
    check: ({ servers }) => servers.filter((server) => server.tls === true && server.isSettled && (server.setting('ssl_ca_file') ?? '') === '').flatMap(({ hba }) =>
      (hba?.rows ?? []).filter((record) => record.type === 'hostssl' && asksForCertificate(record) && refusedRow(record) === undefined)
        .map(({ text }) => `the row '${text}' asks for a client certificate, yet ssl_ca_file is not set`)),
    fix: 'set ssl_ca_file to the ca.crt of the authority of the clients',
  },
];

/** Rows through which a client whose certificate was refused can come without TLS, with a password. */
export function plaintextBeside(rows: ReadonlyArray<ParsedHbaRow>, certificate: ParsedHbaRow): ParsedHbaRow[] {
  const plain = rows.filter((row) => takesChannel(row, 'plaintext'));
  const inPlaintext = plain.map((row) => ({ ...row, type: 'hostnossl' }));
  return plain.filter((row, index) => asksForPassword(row) && !isLoopback(row.address) && meets(row, certificate)
    && !inPlaintext.slice(0, index).some((earlier) => covers(earlier, inPlaintext[index]!)));
}
