import { ClientAuthMode, SslMode } from '../ssl-mode';

/** One line of pg_hba.conf; the first that matches decides. */
export interface HbaRule {
  readonly type: 'local' | 'host' | 'hostssl';
  readonly database: string;
  readonly user: string;
  /** Undefined for `local`. */
  readonly address?: string;
  readonly method: 'peer' | 'cert' | 'scram-sha-256' | 'md5' | 'reject';
}

/** A connection over TCP as pg_hba.conf sees it. */
export interface ConnectionAttempt {
  readonly encrypted: boolean;
  readonly database: string;
  readonly user: string;
}

const METHODS: Readonly<Record<ClientAuthMode, HbaRule['method']>> = {
  [ClientAuthMode.MD5]: 'md5',
  [ClientAuthMode.SCRAM]: 'scram-sha-256',
  [ClientAuthMode.CERT]: 'cert',
};

/** Whether the mode promises that nothing travels in plaintext. */
export function refusesPlaintext(mode: SslMode): boolean {
  return mode === SslMode.REQUIRE || mode === SslMode.VERIFY_CA || mode === SslMode.VERIFY_FULL;
}

/**
 * The access rules of a mode.
 *
 * `cert` never gets a plaintext row beside it: a client with `sslmode=prefer` whose certificate is refused would fall back to
 * sending its password in the clear.
 */
export function accessRules(mode: SslMode, auth: ClientAuthMode): HbaRule[] {
  const everyone = { database: 'all', user: 'all', address: 'all' };
  const tlsOnly = auth === ClientAuthMode.CERT || refusesPlaintext(mode);
  return [
    { type: 'local', database: 'all', user: 'all', method: 'peer' },
    { type: tlsOnly ? 'hostssl' : 'host', ...everyone, method: METHODS[auth] },
    ...(refusesPlaintext(mode) ? [{ type: 'host', ...everyone, method: 'reject' } as const] : []),
  ];
}

/** The rule that decides about an attempt over TCP, or undefined: then PostgreSQL refuses. */
export function firstMatch(rules: ReadonlyArray<HbaRule>, attempt: ConnectionAttempt): HbaRule | undefined {
  return rules.find((rule) =>
    rule.type !== 'local'
    && (rule.type === 'host' || attempt.encrypted)
    && (rule.database === 'all' || rule.database === attempt.database)
    && (rule.user === 'all' || rule.user === attempt.user));
}

/** The text of pg_hba.conf. */
export function renderHba(rules: ReadonlyArray<HbaRule>): string {
  const rows = [
    ['# TYPE', 'DATABASE', 'USER', 'ADDRESS', 'METHOD'],
    ...rules.map((rule) => [rule.type, rule.database, rule.user, rule.address ?? '', rule.method]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n') + '\n';
}
