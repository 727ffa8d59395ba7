/** Whether a connection gets in. */
export enum AccessOutcome {
  /** It gets in with what `how` names. */
  ADMITTED = 'admitted',
  /** It is refused. */
  REJECTED = 'rejected',
  /** The manifests do not show it; `reason` names what is missing. */
  UNKNOWN = 'unknown',
}

/** Where connections come from. */
export interface AccessOrigin {
  /** For example `every pod of namespace 'shop'` or `inside the pod (socket)`. */
  readonly place: string;

  /**
   * Networks in CIDR notation: the addresses of the place that the row is for.
   *
   * @default - all of its addresses, without those of `exceptAddresses`
   */
  readonly addresses?: string[];

  /**
   * Networks in CIDR notation: the addresses of the place that the row is not for.
   *
   * @default - none
   */
  readonly exceptAddresses?: string[];
}

/** A row of the access table. */
export interface AccessTableRow {
  /** The server, for example `StatefulSet 'shop-db' in namespace 'shop'`. */
  readonly server: string;

  /** Whether the row is for every combination that the other rows of the server do not have. */
  readonly isRemainder: boolean;

  /**
   * The role.
   *
   * @default - every role that nothing names
   */
  readonly role?: string;

  /** The databases by name. */
  readonly databases: string[];

  /** Whether the databases that nothing names belong to them. */
  readonly otherDatabases: boolean;

  /** With `otherDatabases`: the databases that something names and that do not belong to them. */
  readonly exceptDatabases: string[];

  /** Whether the database with the name of the role belongs to them, for every role that nothing names. */
  readonly databaseOfRole: boolean;

  /** Whether physical replication belongs to them. */
  readonly replication: boolean;

  /** The databases in words, for example `every database but 'orders'`. */
  readonly what: string;

  /** Whether the connection gets in. */
  readonly outcome: AccessOutcome;

  /**
   * The method of the row of `pg_hba.conf` that decides.
   *
   * @default - none: no single row decides
   */
  readonly method?: string;

  /** With what the role logs in; empty where it does not. */
  readonly how: string;

  /** `socket`, `tls`, `gss` or `plaintext`. */
  readonly channels: string[];

  /** Where connections come from. */
  readonly from: AccessOrigin[];

  /**
   * Until when the role can log in, or what it logs in with is valid.
   *
   * @default - no end
   */
  readonly until?: string;

  /**
   * Why it is rejected, or why that is not known.
   *
   * @default - none: it is admitted
   */
  readonly reason?: string;
}
