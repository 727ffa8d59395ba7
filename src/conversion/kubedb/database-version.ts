/** What the name of a PostgresVersion of KubeDB tells. */
export interface DatabaseVersion {
  readonly major: number;
  /** What the image has beside PostgreSQL, such as `timescaledb`; empty for PostgreSQL alone. */
  readonly flavour: string;
  /** Whether it is built on Debian; on Alpine otherwise. */
  readonly isDebian: boolean;
}

/**
 * Names such as `18.3` (Alpine), `18.3-bookworm`, `timescaledb-2.14.2-pg14`; undefined for a name that tells no major version.
 *
 * Source: kubedb/installer, catalog/kubedb/raw/postgres.
 */
export function databaseVersion(name: string): DatabaseVersion | undefined {
  const extended = /^([a-z]+)-[\d.]+-pg(\d+)/.exec(name);
  if (extended !== null) { return { major: Number(extended[2]), flavour: extended[1]!, isDebian: false }; }
  const plain = /^v?(\d+)(?:\.\d+)*(?:-(.+))?$/.exec(name);
  if (plain === null) { return undefined; }
  const suffix = plain[2] ?? '';
  const isDebian = /^(bookworm|bullseye|trixie|debian)$/.test(suffix);
  return { major: Number(plain[1]), flavour: isDebian || suffix === 'alpine' || /^v\d+$/.test(suffix) ? '' : suffix, isDebian };
}
