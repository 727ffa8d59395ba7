import { checkArguments } from '../../../checks';
import { HbaMethod, HbaRow, HbaType } from '../../../postgresql';

/** The `clientcert` option of pg_hba.conf: a client certificate in addition to the password. */
export enum ClientCertificateCheck {
  /** The certificate must be issued by a trusted client CA. */
  VERIFY_CA = 'verify-ca',
  /** The certificate must be issued by a trusted client CA, and its common name must be the role. */
  VERIFY_FULL = 'verify-full',
}

/** Options of authentication by certificate. */
export interface CertMethodOptions {
  /**
   * Compare the whole subject (RFC 2253) instead of its common name (`clientname=DN`). Requires `map`.
   *
   * @default false
   */
  readonly distinguishedName?: boolean;

  /**
   * Name of the user map that maps certificates to roles (`map`): see `PostgresProps.userMappings`.
   *
   * @default - the common name is the role
   */
  readonly map?: string;
}

/** Options of authentication by password. */
export interface PasswordMethodOptions {
  /**
   * A client certificate in addition to the password (`clientcert`); on `hostssl` rules only.
   *
   * @default - none
   */
  readonly clientCertificate?: ClientCertificateCheck;
}

/** The authentication method of a row of pg_hba.conf. The method `trust` is deliberately missing. */
export class AccessMethod {
  /** Client certificate (method `cert`); on `hostssl` rules only. */
  public static cert(options: CertMethodOptions = {}): AccessMethod {
    checkArguments('AccessMethod.cert', options);
    return new AccessMethod('cert', [
      ...(options.distinguishedName ? [['clientname', 'DN'] as const] : []),
      ...(options.map === undefined ? [] : [['map', options.map] as const]),
    ]);
  }

  /** Password, with SCRAM-SHA-256 (method `scram-sha-256`). */
  public static scram(options: PasswordMethodOptions = {}): AccessMethod {
    checkArguments('AccessMethod.scram', options);
    return new AccessMethod('scram-sha-256', clientCertificate(options));
  }

  /** Password, hashed with MD5 (method `md5`): deprecated by PostgreSQL 18. */
  public static md5(options: PasswordMethodOptions = {}): AccessMethod {
    checkArguments('AccessMethod.md5', options);
    return new AccessMethod('md5', clientCertificate(options));
  }

  /** Reject the connection (method `reject`). */
  public static reject(): AccessMethod {
    return new AccessMethod('reject', []);
  }

  private constructor(
    /** @internal */
    public readonly _method: HbaMethod,
    /** @internal */
    public readonly _options: ReadonlyArray<readonly [string, string]>,
  ) {}
}

/** The connections that an access rule matches, and how it authenticates them. */
export interface AccessRuleOptions {
  /**
   * Databases: names, or the keywords `all`, `sameuser`, `samerole` and `replication`.
   *
   * @default - every database, which does not include replication
   */
  readonly databases?: string[];

  /**
   * Roles: names, `+group`, or the keyword `all`.
   *
   * @default - every role
   */
  readonly users?: string[];

  /**
   * Address of the clients: a network in CIDR notation, or the keywords `all`, `samehost` and `samenet`.
   *
   * @default all
   */
  readonly address?: string;

  /** The authentication method. */
  readonly method: AccessMethod;
}

/**
 * A row of pg_hba.conf. The first row that matches a connection decides. Access rules are written before the rows of `sslMode`
 * and `clientAuthMode`, in the given order.
 *
 * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 */
export class AccessRule {
  /** `host` record: matches TLS and plaintext connections. */
  public static host(options: AccessRuleOptions): AccessRule {
    checkArguments('AccessRule.host', options);
    return new AccessRule(rowOf('host', options));
  }

  /** `hostssl` record: matches TLS connections only. */
  public static hostssl(options: AccessRuleOptions): AccessRule {
    checkArguments('AccessRule.hostssl', options);
    return new AccessRule(rowOf('hostssl', options));
  }

  /** `hostnossl` record: matches plaintext connections only. */
  public static hostnossl(options: AccessRuleOptions): AccessRule {
    checkArguments('AccessRule.hostnossl', options);
    return new AccessRule(rowOf('hostnossl', options));
  }

  private constructor(
    /** @internal */
    public readonly _row: HbaRow,
  ) {}
}

/** A row of pg_ident.conf: maps certificates to roles. */
export interface UserMapping {
  /** Name of the map, which `AccessMethod.cert` refers to. */
  readonly map: string;

  /** The name in the certificate: a common name, a whole subject, or a regular expression `/^…$`. */
  readonly systemUser: string;

  /** The role; `\1` is the capture of the regular expression. */
  readonly databaseUser: string;
}

function rowOf(type: HbaType, { databases = ['all'], users = ['all'], address = 'all', method }: AccessRuleOptions): HbaRow {
  return { type, databases, users, address, method: method._method, options: method._options };
}

function clientCertificate({ clientCertificate: check }: PasswordMethodOptions): ReadonlyArray<readonly [string, string]> {
  return check === undefined ? [] : [['clientcert', check]];
}
