import { POSTGRES_PORT } from './plan/layout';
import { PrivateKeyAlgorithm } from '../cert-manager';
import { checkArguments } from '../checks';
import {
  djangoDatabase, hibernateProperties, jdbcProperties, jdbcUrl, libPqDsn, libpqDsn, libpqEnvironment, libpqUri, nodePostgresUri, npgsqlConnectionString,
  serviceFileSection, springProperties, sqlAlchemyUrl, sqlxUrl, targetFaults, tokioPostgresDsn, type ClientIdentityFiles, type ConnectionTarget,
} from '../postgresql';

/** Which servers a client accepts, by libpq's values of `target_session_attrs`. */
export enum TargetSessionAttributes {
  /** Any server. */
  ANY = 'any',
  /** A server whose sessions can write. */
  READ_WRITE = 'read-write',
  /** A server whose sessions cannot write. */
  READ_ONLY = 'read-only',
  /** A server that is not in recovery. */
  PRIMARY = 'primary',
  /** A server in recovery. */
  STANDBY = 'standby',
  /** A server in recovery if there is one, any other server otherwise. */
  PREFER_STANDBY = 'prefer-standby',
}

/** Where an application connects, as which role, and the files in its container. */
export interface ClientConnectionProps {
  /** Hosts in the order in which they are tried: DNS names or IP addresses on the server's certificate. */
  readonly hosts: string[];

  /**
   * TCP port of every host.
   *
   * @default 5432
   */
  readonly port?: number;

  /** Name of the database, as PostgreSQL stores it. */
  readonly database: string;

  /** Name of the role, as PostgreSQL stores it. */
  readonly user: string;

  /**
   * Whether the connection uses TLS. With TLS the settings of every driver verify the CA of the server and its host name.
   *
   * @default true
   */
  readonly tls?: boolean;

  /**
   * Path of the CA certificates with which the client verifies the server, in PEM.
   *
   * @default - the public CAs of the driver or of its system
   */
  readonly caFile?: string;

  /**
   * Path of the client certificate, in PEM: `tls.crt` of cert-manager.
   *
   * @default - none; the role logs in with a password
   */
  readonly certificateFile?: string;

  /**
   * Path of the private key, in PEM: `tls.key` of cert-manager. Required with `certificateFile`.
   *
   * @default - none
   */
  readonly keyFile?: string;

  /**
   * Path of the private key as PKCS#8 in DER: `key.der` of cert-manager with the output format DER. Read by pgjdbc.
   *
   * @default - pgjdbc reads `keyFile`, which needs release 42.7.9 or later
   */
  readonly derKeyFile?: string;

  /**
   * Algorithm of the private key. pgjdbc needs it for a key in PEM.
   *
   * @default PrivateKeyAlgorithm.ECDSA
   */
  readonly keyAlgorithm?: PrivateKeyAlgorithm;

  /**
   * Which of the servers the client accepts.
   *
   * @default TargetSessionAttributes.ANY
   */
  readonly targetSessionAttributes?: TargetSessionAttributes;

  /**
   * The password, as the role has it. The settings contain it: do not write them to a manifest. In a pod, set the variable `PGPASSWORD` from a Secret instead,
   * which all of these drivers read but pgjdbc and tokio-postgres.
   *
   * @default - none
   */
  readonly password?: string;
}

/**
 * The connection of one client, in the syntax of each driver. Names may contain any character: each value is quoted as its syntax requires.
 *
 * docs/drivers.md lists the releases that were run with these settings, and which of them read renewed files.
 */
export class ClientConnection {
  private readonly target: ConnectionTarget;

  /** @throws if a property is empty, contradicts another one, or cannot be written for any driver */
  public constructor(props: ClientConnectionProps) {
    checkArguments('ClientConnection', props);
    this.target = targetOf(props);
    const faults = targetFaults(this.target);
    if (faults.length > 0) { throw new Error(`ClientConnection: ${faults.join('\n')}`); }
  }

  /**
   * libpq's environment variables, which psql, psycopg, pgx, lib/pq and sqlx read. `PGCHANNELBINDING` and `PGGSSENCMODE` are not among them:
   * lib/pq refuses to connect where one of them is set.
   *
   * In a manifest, double the `$` before a `(` in a value: Kubernetes replaces `$(NAME)`.
   */
  public libpqEnvironment(): { [name: string]: string } {
    return libpqEnvironment(this.target);
  }

  /** The URI of libpq, psycopg and pgx. */
  public uri(): string {
    return libpqUri(this.target);
  }

  /** The connection string of libpq, psycopg and pgx: `name=value` pairs. */
  public dsn(): string {
    return libpqDsn(this.target);
  }

  /**
   * A section of `pg_service.conf`, without the password.
   *
   * @param name name of the service
   * @throws if a value has a line break, or a space at either end
   */
  public serviceFile(name: string): string {
    checkArguments('ClientConnection#serviceFile', name);
    return serviceFileSection(name, this.target);
  }

  /**
   * The `connectionString` of node-postgres, and of Prisma's adapter for it.
   *
   * @throws with several hosts or `targetSessionAttributes`, or if the name of the database has a `?` or `#`
   */
  public nodePostgresUri(): string {
    return nodePostgresUri(this.target);
  }

  /** The connection string of lib/pq (Go). */
  public libPqDsn(): string {
    return libPqDsn(this.target);
  }

  /**
   * The URL of pgjdbc (Java), with user and files.
   *
   * @throws with a client certificate and without `caFile`
   */
  public jdbcUrl(): string {
    return jdbcUrl(this.target);
  }

  /**
   * The connection properties of pgjdbc (Java), without host, port and database.
   *
   * @throws with a client certificate and without `caFile`
   */
  public jdbcProperties(): { [name: string]: string } {
    return jdbcProperties(this.target);
  }

  /**
   * The properties of Spring Boot: `spring.datasource.url` and `spring.datasource.username`.
   *
   * @throws with a client certificate and without `caFile`
   */
  public springProperties(): { [name: string]: string } {
    return springProperties(this.target);
  }

  /**
   * The properties of Hibernate: `jakarta.persistence.jdbc.url` and `jakarta.persistence.jdbc.user`.
   *
   * @throws with a client certificate and without `caFile`
   */
  public hibernateProperties(): { [name: string]: string } {
    return hibernateProperties(this.target);
  }

  /**
   * The connection string of Npgsql (.NET).
   *
   * @throws with one host and `targetSessionAttributes`
   */
  public npgsqlConnectionString(): string {
    return npgsqlConnectionString(this.target);
  }

  /**
   * The connection string of tokio-postgres (Rust). The program has to make a connector of the files, for example with rustls.
   *
   * @throws with `targetSessionAttributes` other than ANY, READ_WRITE and READ_ONLY
   */
  public tokioPostgresDsn(): string {
    return tokioPostgresDsn(this.target);
  }

  /**
   * The URL of sqlx (Rust). sqlx trusts the public CAs in addition to `caFile`.
   *
   * @throws with several hosts or `targetSessionAttributes`
   */
  public sqlxUrl(): string {
    return sqlxUrl(this.target);
  }

  /** The URL of SQLAlchemy (Python) with psycopg. */
  public sqlAlchemyUrl(): string {
    return sqlAlchemyUrl(this.target);
  }

  /** An entry of Django's `DATABASES` (Python) with psycopg, as data that JSON can hold. */
  public djangoDatabase(): { [name: string]: unknown } {
    return { ...djangoDatabase(this.target) };
  }
}

function targetOf(props: ClientConnectionProps): ConnectionTarget {
  const { hosts, port = POSTGRES_PORT, database, user, tls = true, caFile, password, targetSessionAttributes } = props;
  return { hosts, port, database, user, tls, caFile, identity: identityOf(props), sessionAttributes: targetSessionAttributes, password };
}

const JAVA_NAMES: Readonly<Record<PrivateKeyAlgorithm, string>> = {
  [PrivateKeyAlgorithm.RSA]: 'RSA', [PrivateKeyAlgorithm.ECDSA]: 'EC', [PrivateKeyAlgorithm.ED25519]: 'Ed25519',
};

function identityOf({ certificateFile, keyFile, derKeyFile, keyAlgorithm = PrivateKeyAlgorithm.ECDSA }: ClientConnectionProps): ClientIdentityFiles | undefined {
  if (certificateFile === undefined && keyFile === undefined && derKeyFile === undefined) { return undefined; }
  if (certificateFile === undefined || keyFile === undefined) {
    const [has, lacks] = certificateFile === undefined ? [keyFile === undefined ? 'derKeyFile' : 'keyFile', 'certificateFile'] : ['certificateFile', 'keyFile'];
    throw new Error(`ClientConnection: ${lacks} is missing, and ${has} is given; give both, or leave both out for a role with a password`);
  }
  return { certificateFile, keyFile, derKeyFile, keyAlgorithm: JAVA_NAMES[keyAlgorithm] };
}
