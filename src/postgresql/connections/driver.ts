import { type ConnectionSettings, SSL_MODES } from './connection-settings';

/** Options of a connection text that are not libpq's, by lower-case name. */
export type DriverOptions = ReadonlyMap<string, string>;

/** What a driver makes of its settings. */
export interface Driver {
  /** As messages and documents name it. */
  readonly name: string;
  /** Whether it rejects a key file that others may read, as libpq does. */
  readonly checksKeyMode: boolean;
  /** The settings that it also reads from libpq's environment variables. */
  readonly variables: ReadonlySet<keyof ConnectionSettings>;
  /** The sslmode with which libpq would have the same effect; `prefer` also where the effect is not known, because it demands nothing. */
  readonly effect: (settings: ConnectionSettings, options: DriverOptions) => string;
  /** Whether the name of the user is the default of the database. */
  readonly hasDefaultDatabase?: false;
  /** The values of sslmode that it accepts; undefined where that depends on the release. */
  readonly modes?: ReadonlySet<string>;
}

type Setting = keyof ConnectionSettings;
const ALL: ReadonlyArray<Setting> = ['host', 'hostaddr', 'port', 'user', 'dbname', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert'];
const VERIFYING = new Set(['verify-ca', 'verify-full']);

function known(mode: string | undefined, otherwise: string): string {
  return mode === undefined ? otherwise : SSL_MODES.has(mode) ? mode : 'prefer';
}

/** libpq, and drivers that call it: psycopg, pdo_pgsql, the gem pg. Source: PostgreSQL, libpq, SSL Support. */
export const LIBPQ: Driver = {
  name: 'libpq',
  checksKeyMode: true,
  variables: new Set(ALL),
  // sslrootcert=system makes verify-full the default. Source: PostgreSQL 16, libpq-connect, sslrootcert.
  effect: ({ sslmode, sslrootcert }) => known(sslmode, sslrootcert === 'system' ? 'verify-full' : 'prefer'),
  modes: SSL_MODES,
};

/** Source: lib/pq, doc.go: sslmode is `require` by default. */
export const LIB_PQ: Driver = { ...LIBPQ, name: 'lib/pq', effect: ({ sslmode }) => known(sslmode, 'require'), modes: undefined };

/**
 * A URI or connection string that several drivers read: libpq, lib/pq, pgx, node-postgres, Prisma, asyncpg. What all of them agree on at the least.
 */
export const UNKNOWN_DRIVER: Driver = { ...LIBPQ, name: 'an unknown driver', checksKeyMode: false, modes: undefined };

/**
 * node-postgres, known by `sslmode=no-verify` or `uselibpqcompat`: without the latter every mode but `disable` and `no-verify` verifies host and CA.
 * Source: pg-connection-string 2.9, index.js, README.
 */
export const NODE_POSTGRES: Driver = {
  name: 'node-postgres',
  checksKeyMode: false,
  variables: new Set<Setting>(['host', 'port', 'user', 'dbname', 'sslmode']),
  effect: ({ sslmode, sslrootcert }, options) => {
    if (sslmode === 'no-verify') { return 'require'; }
    if (sslmode === undefined || sslmode === 'disable') { return options.get('ssl') === 'true' ? 'verify-full' : 'disable'; }
    if (options.get('uselibpqcompat') !== 'true') { return 'verify-full'; }
    return sslmode === 'prefer' ? 'require' : sslmode === 'require' && sslrootcert !== undefined ? 'verify-ca' : known(sslmode, 'prefer');
  },
};

/** Prisma's own engine, known by its options. Source: Prisma ORM 6, PostgreSQL connector, Configuring an SSL connection: only `sslaccept=strict` verifies; `sslcert` is a CA. */
export const PRISMA: Driver = {
  name: 'Prisma',
  checksKeyMode: false,
  variables: new Set(),
  effect: ({ sslmode }, options) => (sslmode === 'disable' ? 'disable' : sslmode !== 'require' ? 'prefer' : options.get('sslaccept') === 'strict' ? 'verify-full' : 'require'),
};

/** Source: pgJDBC 42.7, SslMode.java, PGProperty.java, LibPQFactory.java. A factory of another name reads other files. */
export const PGJDBC: Driver = {
  name: 'pgJDBC',
  checksKeyMode: false,
  variables: new Set(),
  effect: ({ sslmode }, options) => {
    const mode = known(sslmode?.toLowerCase(), ['true', ''].includes(options.get('ssl') ?? 'false') ? 'verify-full' : 'prefer');
    return VERIFYING.has(mode) && !/^(org\.postgresql\.ssl\.(jdbc4\.)?LibPQFactory)?$/.test(options.get('sslfactory') ?? '') ? 'require' : mode;
  },
  modes: SSL_MODES,
};

/** Source: r2dbc-postgresql 1.0, SSLMode.java, PostgresqlConnectionFactoryProvider.java: without options no TLS. */
export const R2DBC: Driver = {
  name: 'r2dbc-postgresql',
  checksKeyMode: false,
  variables: new Set(),
  effect: ({ sslmode }, options) => known(sslmode, options.get('ssl') === 'true' ? 'verify-full' : 'disable'),
};

/** Source: Npgsql 8, doc/security.md, doc/connection-string-parameters.md: `Prefer` by default, and `Require` verifies nothing. */
export const NPGSQL: Driver = {
  name: 'Npgsql',
  checksKeyMode: false,
  variables: new Set<Setting>(['user', 'sslcert', 'sslkey', 'sslrootcert']),
  effect: ({ sslmode }) => known(sslmode, 'prefer'),
  modes: SSL_MODES,
};

/**
 * asyncpg below SQLAlchemy, which passes each option of the URL to connect(): it has `ssl`, not `sslmode`.
 * Source: asyncpg 0.30, connect_utils.py; MagicStack/asyncpg issue 737.
 */
export const ASYNCPG: Driver = {
  name: 'asyncpg',
  checksKeyMode: false,
  variables: new Set<Setting>(['host', 'port', 'user', 'dbname', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert']),
  effect: ({ sslmode }, options) => known(options.get('ssl') ?? sslmode, 'prefer'),
  modes: new Set(),
};

/** pg8000 below SQLAlchemy takes TLS from the program alone. Source: SQLAlchemy 2.0, PostgreSQL dialect, pg8000. */
export const PG8000: Driver = { name: 'pg8000', checksKeyMode: false, variables: new Set(), effect: () => 'prefer', modes: new Set() };

/** Source: PgBouncer 1.24, doc/config.md: server_tls_sslmode is `prefer` by default. */
export const PGBOUNCER: Driver = {
  name: 'PgBouncer', checksKeyMode: false, variables: new Set(), effect: ({ sslmode }) => known(sslmode, 'prefer'), hasDefaultDatabase: false, modes: SSL_MODES,
};
