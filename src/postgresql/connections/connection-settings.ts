/** The connection parameters of a client, by libpq's names; missing ones come from other sources. */
export interface ConnectionSettings {
  readonly host?: string;
  /** Where to connect instead of to what the host resolves to. */
  readonly hostaddr?: string;
  readonly port?: string;
  readonly user?: string;
  readonly dbname?: string;
  /** In libpq's spelling; what it means depends on the driver. */
  readonly sslmode?: string;
  readonly sslcert?: string;
  readonly sslkey?: string;
  readonly sslrootcert?: string;
}

/** libpq's environment variables. Source: PostgreSQL, libpq Environment Variables. */
export const ENVIRONMENT: Readonly<Record<string, keyof ConnectionSettings>> = {
  PGHOST: 'host', PGHOSTADDR: 'hostaddr', PGPORT: 'port', PGUSER: 'user', PGDATABASE: 'dbname', PGSSLMODE: 'sslmode', PGSSLCERT: 'sslcert', PGSSLKEY: 'sslkey', PGSSLROOTCERT: 'sslrootcert',
};

/** The values of sslmode. Source: PostgreSQL, libpq SSL Support. */
export const SSL_MODES: ReadonlySet<string> = new Set(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']);

const NAMES = new Set<string>(Object.values(ENVIRONMENT));

/** Whether libpq has a parameter of the name that is read here. */
export function isSetting(name: string): name is keyof ConnectionSettings {
  return NAMES.has(name);
}

/** Complete values only: a value that contains a variable or a placeholder is unknown here. */
export function connectionSettings(pairs: ReadonlyArray<readonly [string, string]>): ConnectionSettings {
  return Object.fromEntries(pairs.filter(([name, value]) => NAMES.has(name) && value !== '' && !/\$|\{\{/.test(value)));
}
