import { checkArguments } from '../checks';
import { HbaMethod, HbaRow, HbaType } from '../postgresql';

/** How strictly a client's certificate is checked beside its password, by pg_hba.conf's words. */
export enum ClientCertificateCheck {
  /** It must come from the client authority. */
  VERIFY_CA = 'verify-ca',
  /** It must come from the client authority and its common name must be the role. */
  VERIFY_FULL = 'verify-full',
}

/** Options of authentication by certificate. */
export interface CertMethodOptions {
  /**
   * Compare the whole subject (RFC 2253) instead of its common name. Needs a map.
   *
   * @default false
   */
  readonly distinguishedName?: boolean;

  /**
   * Name of the user map that says which certificate may be which role.
   *
   * @default - the common name is the role
   */
  readonly map?: string;
}

/** Options of authentication by password. */
export interface PasswordMethodOptions {
  /**
   * A certificate that the client must show beside its password; on `hostssl` rules only.
   *
   * @default - none
   */
  readonly clientCertificate?: ClientCertificateCheck;
}

/** How clients that a rule matches prove who they are. There is deliberately no `trust`. */
export class AccessMethod {
  /** By certificate; on `hostssl` rules only. */
  public static cert(options: CertMethodOptions = {}): AccessMethod {
    checkArguments('AccessMethod.cert', options);
    return new AccessMethod('cert', [
      ...(options.distinguishedName ? [['clientname', 'DN'] as const] : []),
      ...(options.map === undefined ? [] : [['map', options.map] as const]),
    ]);
  }

  /** By password, with SCRAM-SHA-256. */
  public static scram(options: PasswordMethodOptions = {}): AccessMethod {
    checkArguments('AccessMethod.scram', options);
    return new AccessMethod('scram-sha-256', clientCertificate(options));
  }

  /** By password, hashed with MD5: deprecated by PostgreSQL 18. */
  public static md5(options: PasswordMethodOptions = {}): AccessMethod {
    checkArguments('AccessMethod.md5', options);
    return new AccessMethod('md5', clientCertificate(options));
  }

  /** Not at all. */
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

/** Which connections a rule is about, and what it asks of them. */
export interface AccessRuleOptions {
  /**
   * Databases: names, or the words `all`, `sameuser`, `samerole` and `replication`.
   *
   * @default - every database, which does not include replication
   */
  readonly databases?: string[];

  /**
   * Roles: names, `+group`, or the word `all`.
   *
   * @default - every role
   */
  readonly users?: string[];

  /**
   * Where clients come from: a network in CIDR notation, or the words `all`, `samehost` and `samenet`.
   *
   * @default all
   */
  readonly address?: string;

  /** How clients prove who they are. */
  readonly method: AccessMethod;
}

/**
 * A row of pg_hba.conf. The first row that matches a connection decides, so rules of your own stand before the rows of `sslMode`
 * and `clientAuthMode`, in the order given.
 *
 * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 */
export class AccessRule {
  /** About connections with and without TLS. */
  public static host(options: AccessRuleOptions): AccessRule {
    checkArguments('AccessRule.host', options);
    return new AccessRule(rowOf('host', options));
  }

  /** About connections with TLS. */
  public static hostssl(options: AccessRuleOptions): AccessRule {
    checkArguments('AccessRule.hostssl', options);
    return new AccessRule(rowOf('hostssl', options));
  }

  /** About connections without TLS. */
  public static hostnossl(options: AccessRuleOptions): AccessRule {
    checkArguments('AccessRule.hostnossl', options);
    return new AccessRule(rowOf('hostnossl', options));
  }

  private constructor(
    /** @internal */
    public readonly _row: HbaRow,
  ) {}
}

/** Who may be which role: a row of pg_ident.conf. */
export interface UserMapping {
  /** Name of the map, which `AccessMethod.cert` refers to. */
  readonly map: string;

  /** What the certificate says: a common name, a whole subject, or a regular expression `/^…$`. */
  readonly systemUser: string;

  /** The role that it may be; `\1` stands for the expression's capture. */
  readonly databaseUser: string;
}

function rowOf(type: HbaType, { databases = ['all'], users = ['all'], address = 'all', method }: AccessRuleOptions): HbaRow {
  return { type, databases, users, address, method: method._method, options: method._options };
}

function clientCertificate({ clientCertificate: check }: PasswordMethodOptions): ReadonlyArray<readonly [string, string]> {
  return check === undefined ? [] : [['clientcert', check]];
}
