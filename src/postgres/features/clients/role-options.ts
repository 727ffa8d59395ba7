import { DeclaredState } from './declared-state';

/** What a role and a client have in common. */
export interface CommonRoleOptions {
  /**
   * How many sessions the role may have at a time.
   *
   * @default - no limit
   */
  readonly connectionLimit?: number;

  /**
   * When the role ends, in ISO 8601 with a time zone: `2027-01-31T00:00:00Z`. From then on a password is refused, and within a minute the role may not
   * log in at all (`NOLOGIN`); sessions that are open go on.
   *
   * @default - never
   */
  readonly validUntil?: string;

  /**
   * Parameters of the role's sessions by name (`ALTER ROLE … SET`), such as `statement_timeout`. What is not named here stays as it is.
   *
   * @default - none
   */
  readonly settings?: { readonly [name: string]: string };

  /**
   * Names of parameters that the role's sessions take from the server again (`ALTER ROLE … RESET`).
   *
   * @default - none
   */
  readonly resetSettings?: string[];

  /**
   * Roles that it is a member of: declared roles and clients, and roles of PostgreSQL such as `pg_read_all_data`. Its memberships in other roles of these
   * two kinds are revoked.
   *
   * @default - none
   */
  readonly inRoles?: string[];

  /**
   * Whether it exists.
   *
   * @default DeclaredState.present()
   */
  readonly state?: DeclaredState;
}

/** A declared role. It has no privileges of its own but those of `inRoles`, and what you grant it. */
export interface RoleOptions extends CommonRoleOptions {
  /**
   * Whether it may log in. Which connections it may open is up to `accessRules`.
   *
   * @default false
   */
  readonly login?: boolean;

  /**
   * Whether it may open replication connections and manage replication slots.
   *
   * @default false
   */
  readonly replication?: boolean;

  /**
   * Whether it may create databases.
   *
   * @default false
   */
  readonly createDatabases?: boolean;

  /**
   * Whether it may create, change and drop roles.
   *
   * @default false
   */
  readonly createRoles?: boolean;

  /**
   * Whether row security policies do not apply to it.
   *
   * @default false
   */
  readonly bypassRowSecurity?: boolean;
}
