/** A driver of PostgreSQL clients. Those that stand on one of them, such as SQLAlchemy on psycopg, need what it needs. */
export type Driver = 'psql' | 'node-postgres' | 'psycopg' | 'pgx' | 'lib/pq' | 'Npgsql' | 'pgjdbc' | 'tokio-postgres' | 'sqlx';

type Reading = 'each connection' | 'once';

/** What a driver needs of the Secret of a client certificate, and what becomes of a renewal. docs/drivers.md has the releases that this was tried with. */
export interface DriverRequirements {
  /** The values of cert-manager's `privateKey.encoding` whose `tls.key` it reads, for RSA and ECDSA keys. */
  readonly keyEncodings: readonly ('PKCS1' | 'PKCS8')[];
  /** The types of cert-manager's `additionalOutputFormats` whose files it reads instead of `tls.key`. */
  readonly outputFormats: readonly ('DER')[];
  /** When it reads certificate and key: for each connection, or once for all connections that a program makes of one configuration. */
  readonly readsIdentity: Reading;
  /** When it reads the CA certificates. */
  readonly readsCa: Reading;
  /** Whether it refuses a `tls.key` that everyone may read, or that its group may read if its owner is not root. */
  readonly checksKeyMode: boolean;
}

const PEM = { keyEncodings: ['PKCS1', 'PKCS8'], outputFormats: [], readsIdentity: 'each connection', readsCa: 'each connection', checksKeyMode: false } as const;

export const DRIVER_REQUIREMENTS: Readonly<Record<Driver, DriverRequirements>> = {
  'psql': { ...PEM, checksKeyMode: true },
  'psycopg': { ...PEM, checksKeyMode: true },
  'node-postgres': PEM,
  // Certificate and key for each connection since 5.13; before, both once.
  'pgx': { ...PEM, readsCa: 'once' },
  'lib/pq': { ...PEM, checksKeyMode: true },
  // Not run; source: Npgsql 9.0.5, `NpgsqlConnector.NegotiateEncryption`.
  'Npgsql': PEM,
  // A PKCS#12 store needs the alias `user`, which cert-manager does not set. The mode of a key in DER is not checked.
  'pgjdbc': { ...PEM, keyEncodings: ['PKCS8'], outputFormats: ['DER'], checksKeyMode: true },
  // The program reads the files, and its connector keeps them.
  'tokio-postgres': { ...PEM, readsIdentity: 'once', readsCa: 'once' },
  'sqlx': PEM,
};
