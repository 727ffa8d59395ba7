/** The databases and roles that are declared, with every default applied: the document that the SQL of a pod reads. */
export interface DeclaredPlan {
  readonly roles: ReadonlyArray<DeclaredRolePlan>;
  readonly databases: ReadonlyArray<DeclaredDatabasePlan>;
}

/** A role. Fields that only a role has that is to exist are undefined for one that is not. */
export interface DeclaredRolePlan {
  readonly name: string;
  readonly present: boolean;
  readonly login?: boolean;
  readonly replication?: boolean;
  readonly createDatabases?: boolean;
  readonly createRoles?: boolean;
  readonly bypassRowSecurity?: boolean;
  /** -1 without a limit. */
  readonly connectionLimit?: number;
  /** `infinity` without an end. */
  readonly validUntil?: string;
  readonly inRoles?: ReadonlyArray<string>;
  readonly settings?: ReadonlyArray<DeclaredSetting>;
  readonly resetSettings?: ReadonlyArray<string>;
  /** File of the password. */
  readonly password?: string;
  readonly dropOwned?: boolean;
  readonly reassignOwnedTo?: string;
}

/** A database. Fields that only a database has that is to exist are undefined for one that is not. */
export interface DeclaredDatabasePlan {
  readonly name: string;
  readonly present: boolean;
  /** Undefined for the superuser. */
  readonly owner?: string;
  readonly connectionLimit?: number;
  readonly publicAccess?: boolean;
  readonly settings?: ReadonlyArray<DeclaredSetting>;
  readonly resetSettings?: ReadonlyArray<string>;
  readonly schemas?: ReadonlyArray<{ readonly name: string; readonly owner?: string }>;
  readonly extensions?: ReadonlyArray<{ readonly name: string; readonly schema?: string; readonly version?: string }>;
  /** Roles that create objects in it. */
  readonly creators?: ReadonlyArray<string>;
  /** Clients that do not own it, and their privileges. */
  readonly clients?: ReadonlyArray<{ readonly role: string; readonly grants: ReadonlyArray<DeclaredGrant> }>;
}

/** A parameter of a role or database, as a list of words because some parameters are lists. */
export interface DeclaredSetting {
  readonly name: string;
  readonly words: ReadonlyArray<string>;
}

/** Privileges on objects of a kind. */
export interface DeclaredGrant {
  readonly on: string;
  readonly schema?: string;
  readonly privileges: ReadonlyArray<string>;
  readonly names?: ReadonlyArray<string>;
}
