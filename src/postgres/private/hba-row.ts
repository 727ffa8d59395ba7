export type HbaType = 'local' | 'host' | 'hostssl' | 'hostnossl';
export type HbaMethod = 'peer' | 'cert' | 'scram-sha-256' | 'md5' | 'reject';

/** One row of pg_hba.conf; the first that matches decides. */
export interface HbaRow {
  readonly type: HbaType;
  readonly databases: ReadonlyArray<string>;
  readonly users: ReadonlyArray<string>;
  /** Undefined for `local`. */
  readonly address?: string;
  readonly method: HbaMethod;
  readonly options: ReadonlyArray<readonly [string, string]>;
}

/** The text of pg_hba.conf. */
export function renderHba(rows: ReadonlyArray<HbaRow>): string {
  return columns([
    ['# TYPE', 'DATABASE', 'USER', 'ADDRESS', 'METHOD'],
    ...rows.map((row) => [
      row.type, row.databases.map(quoted).join(','), row.users.map(quoted).join(','), row.address ?? '',
      [row.method, ...row.options.map(([name, value]) => `${name}=${value}`)].join(' '),
    ]),
  ]);
}

/** Text in columns, as people write these files. */
export function columns(rows: string[][]): string {
  const widths = rows[0]!.slice(0, -1).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n') + '\n';
}

/** Bare words stay bare: in quotes `all` and the like would lose their meaning. */
export function quoted(word: string): string {
  return /^[+/]?[A-Za-z0-9_.-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}
