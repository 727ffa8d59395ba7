export const HBA_TYPES = ['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'] as const;
export const HBA_METHODS = [
  'trust', 'reject', 'scram-sha-256', 'md5', 'password', 'gss', 'sspi', 'ident', 'peer', 'ldap', 'radius', 'cert', 'pam', 'bsd', 'oauth',
] as const;

export type HbaType = typeof HBA_TYPES[number];
export type HbaMethod = typeof HBA_METHODS[number];

/**
 * One row of pg_hba.conf; the first that matches decides. Words for databases and roles are those of the file: `all`, `replication`, `+group` and
 * the like mean what PostgreSQL takes them for, and stand in quotes where they are but names.
 */
export interface HbaRow<Type extends string = HbaType, Method extends string = HbaMethod> {
  readonly type: Type;
  readonly databases: ReadonlyArray<string>;
  readonly users: ReadonlyArray<string>;
  /** A network, a host name, or `all`, `samehost`, `samenet`. Undefined for `local`. */
  readonly address?: string;
  readonly method: Method;
  readonly options: ReadonlyArray<readonly [string, string]>;
}

/** A row of any type and method, also of those that PostgreSQL does not know. */
export type AnyHbaRow = HbaRow<string, string>;

const PASSWORD_METHODS: ReadonlySet<string> = new Set<HbaMethod>(['scram-sha-256', 'md5', 'password', 'ldap', 'radius', 'pam', 'bsd']);

/** The last value of an option; undefined where the row does not have it. */
export function optionOf({ options }: AnyHbaRow, name: string): string | undefined {
  return new Map(options).get(name);
}

/** Whether a row asks for a certificate that a CA in ssl_ca_file has signed. */
export function asksForCertificate(row: AnyHbaRow): boolean {
  return row.method === 'cert' || optionOf(row, 'clientcert') !== undefined;
}

/** Whether a row asks for a password. */
export function asksForPassword({ method }: AnyHbaRow): boolean {
  return PASSWORD_METHODS.has(method);
}
