import { DeclaredState } from './declared-state';

/** A declared schema of a database. */
export interface DatabaseSchema {
  /** Name of the schema. */
  readonly name: string;

  /**
   * The role that owns it, which is declared.
   *
   * @default - the owner of the database
   */
  readonly owner?: string;
}

/** A declared extension of a database. */
export interface DatabaseExtension {
  /** Name of the extension, as in `CREATE EXTENSION`. The image contains it. */
  readonly name: string;

  /**
   * The schema of its objects: `public`, or one that the database declares.
   *
   * @default - that of the extension, otherwise `public`
   */
  readonly schema?: string;

  /**
   * Version. Another one that is installed is updated.
   *
   * @default - the default version of the image for a new extension; one that is installed stays as it is
   */
  readonly version?: string;
}

/** A declared database. */
export interface DatabaseOptions {
  /**
   * The role that owns it, which is declared: also a role without login, whose members are clients.
   *
   * @default - the client with the privileges of the owner; without one `postgres` for a new database, and the present owner for one that exists
   */
  readonly owner?: string;

  /**
   * Schemas in addition to `public`.
   *
   * @default - none
   */
  readonly schemas?: DatabaseSchema[];

  /**
   * Extensions, in the order in which they are created.
   *
   * @default - none
   */
  readonly extensions?: DatabaseExtension[];

  /**
   * How many sessions it may have at a time.
   *
   * @default - no limit
   */
  readonly connectionLimit?: number;

  /**
   * Parameters of its sessions by name (`ALTER DATABASE … SET`). What is not named here stays as it is.
   *
   * @default - none
   */
  readonly settings?: { readonly [name: string]: string };

  /**
   * Names of parameters that its sessions take from the server again (`ALTER DATABASE … RESET`).
   *
   * @default - none
   */
  readonly resetSettings?: string[];

  /**
   * Whether every role keeps the privileges that PostgreSQL gives to `PUBLIC` on the database and its schema `public`.
   *
   * @default - false: they are revoked, and declared clients have their own
   */
  readonly publicAccess?: boolean;

  /**
   * Whether it exists.
   *
   * @default DeclaredState.present()
   */
  readonly state?: DeclaredState;
}
