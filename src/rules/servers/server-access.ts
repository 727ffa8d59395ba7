import { asksForCertificate, asksForPassword, covers, isLoopback, meets, ParsedHbaRow, refusedRow, takesChannel } from '../../postgresql';
import type { PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

/** Rules for pg_hba.conf files in ConfigMaps; the rules of a Postgres construct check its own file (PGTLS-P11 to P17, P26). */
export const ACCESS_RULES: ReadonlyArray<Rule<PodContext>> = [
  {
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
  },
  {
    code: 'PGTLS-T15',
    title: 'invalid pg_hba.conf row',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL src/backend/libpq/hba.c: at the start the server ends, at a reload it keeps the old rows',
    check: ({ servers }) => servers.filter(({ isOurs }) => !isOurs).flatMap(({ hba }) => (hba?.rows ?? []).flatMap((record) => {
      const fault = refusedRow(record);
      return when(fault !== undefined, () => `the row '${record.text}' ${fault}`);
    })),
    fix: 'correct the row as described in https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
  },
  {
    code: 'PGTLS-T16',
    title: 'pg_hba.conf asks for client certificates and ssl_ca_file is not set',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ssl_ca_file: without it the server requests no client certificate, and each such login fails',
    check: ({ servers }) => servers.filter((server) => server.tls === true && server.isSettled && (server.setting('ssl_ca_file') ?? '') === '').flatMap(({ hba }) =>
      (hba?.rows ?? []).filter((record) => record.type === 'hostssl' && asksForCertificate(record) && refusedRow(record) === undefined)
        .map(({ text }) => `the row '${text}' asks for a client certificate, but ssl_ca_file is not set`)),
    fix: 'set ssl_ca_file to the CA certificate of the clients (ca.crt)',
  },
];

/** Rows that let a client whose certificate was rejected log in without TLS, with a password. */
export function plaintextBeside(rows: ReadonlyArray<ParsedHbaRow>, certificate: ParsedHbaRow): ParsedHbaRow[] {
  const plain = rows.filter((row) => takesChannel(row, 'plaintext'));
  const inPlaintext = plain.map((row) => ({ ...row, type: 'hostnossl' }));
  return plain.filter((row, index) => asksForPassword(row) && !isLoopback(row.address) && meets(row, certificate)
    && !inPlaintext.slice(0, index).some((earlier) => covers(earlier, inPlaintext[index]!)));
}
