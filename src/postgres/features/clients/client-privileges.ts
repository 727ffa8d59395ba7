import type { GrantKind } from './grant-kind';
import { checkArguments } from '../../../checks';

/** A privilege, by PostgreSQL's name. */
export enum Privilege {
  /** Read rows of tables and views, and the state of sequences. */
  SELECT = 'SELECT',
  /** Insert rows. */
  INSERT = 'INSERT',
  /** Update rows, and set sequences. */
  UPDATE = 'UPDATE',
  /** Delete rows. */
  DELETE = 'DELETE',
  /** Empty tables. */
  TRUNCATE = 'TRUNCATE',
  /** Create foreign keys that refer to tables. */
  REFERENCES = 'REFERENCES',
  /** Create triggers on tables. */
  TRIGGER = 'TRIGGER',
  /** VACUUM, ANALYZE, CLUSTER, REINDEX, LOCK TABLE, REFRESH MATERIALIZED VIEW; PostgreSQL 17 and later. */
  MAINTAIN = 'MAINTAIN',
  /** Use sequences, and the objects of a schema. */
  USAGE = 'USAGE',
  /** Create objects in a schema, and schemas in a database. */
  CREATE = 'CREATE',
  /** Call functions and procedures. */
  EXECUTE = 'EXECUTE',
  /** Create temporary tables in a database. */
  TEMPORARY = 'TEMPORARY',
}

/** The objects of a grant. */
export interface PrivilegeGrantOptions {
  /**
   * The schema: `public`, or one that the database declares.
   *
   * @default public
   */
  readonly schema?: string;

  /**
   * Names of objects in the schema. A name that does not exist yet is granted within a minute after it does.
   *
   * @default - all of the schema, those that are created later included
   */
  readonly names?: string[];
}

/** Privileges on objects of the databases of a client. */
export class PrivilegeGrant {
  /** On the databases themselves: `TEMPORARY`, `CREATE`. Every client may connect. */
  public static onDatabase(privileges: Privilege[]): PrivilegeGrant {
    checkArguments('PrivilegeGrant.onDatabase', privileges);
    return new PrivilegeGrant('database', privileges, {});
  }

  /** On a schema: `USAGE`, without which no object in it can be used, and `CREATE`. */
  public static onSchema(privileges: Privilege[], schema: string = 'public'): PrivilegeGrant {
    checkArguments('PrivilegeGrant.onSchema', privileges, schema);
    return new PrivilegeGrant('schema', privileges, { schema });
  }

  /** On tables, views, materialized views and foreign tables. */
  public static onTables(privileges: Privilege[], options: PrivilegeGrantOptions = {}): PrivilegeGrant {
    checkArguments('PrivilegeGrant.onTables', privileges, options);
    return new PrivilegeGrant('table', privileges, options);
  }

  /** On sequences: `USAGE`, `SELECT`, `UPDATE`. */
  public static onSequences(privileges: Privilege[], options: PrivilegeGrantOptions = {}): PrivilegeGrant {
    checkArguments('PrivilegeGrant.onSequences', privileges, options);
    return new PrivilegeGrant('sequence', privileges, options);
  }

  /** On functions and procedures: `EXECUTE`. PostgreSQL lets everyone who may use the schema call them unless that is revoked. */
  public static onRoutines(options: PrivilegeGrantOptions = {}): PrivilegeGrant {
    checkArguments('PrivilegeGrant.onRoutines', options);
    return new PrivilegeGrant('routine', [Privilege.EXECUTE], options);
  }

  private constructor(
    /** @internal */
    public readonly _on: GrantKind,
    /** @internal */
    public readonly _privileges: ReadonlyArray<Privilege>,
    /** @internal */
    public readonly _options: PrivilegeGrantOptions,
  ) {}
}

/**
 * What a client may do in its databases. The privileges are complete: what the role has been granted beyond them in the declared schemas is revoked.
 * What it has as a member of another role, or because everyone has it, stays.
 */
export class ClientPrivileges {
  /** It owns the databases and their schemas: it may create, change and drop everything in them. One owner a database. */
  public static owner(): ClientPrivileges {
    return new ClientPrivileges('owner', []);
  }

  /** It may read and write rows, use sequences and create temporary tables: also those that the owner creates later. It may not create objects. */
  public static readWrite(): ClientPrivileges {
    return new ClientPrivileges('readWrite', []);
  }

  /** It may read rows: also of tables that the owner creates later. */
  public static readOnly(): ClientPrivileges {
    return new ClientPrivileges('readOnly', []);
  }

  /** It may connect, and do what the grants allow. */
  public static custom(grants: PrivilegeGrant[]): ClientPrivileges {
    checkArguments('ClientPrivileges.custom', grants);
    return new ClientPrivileges('custom', grants);
  }

  private constructor(
    /** `owner`, `readWrite`, `readOnly` or `custom`. */
    public readonly kind: string,
    /** @internal */
    public readonly _grants: ReadonlyArray<PrivilegeGrant>,
  ) {}
}
