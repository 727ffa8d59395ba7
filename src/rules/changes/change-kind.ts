/** The kind of change that a consent allows, by the name of its `ChangeConsent` factory. */
export enum ChangeKind {
  /** A database is no longer in the app. */
  DATABASE_REMOVED = 'databaseRemoved',
  /** A database has another name, and is a new database for Kubernetes. */
  DATABASE_RENAMED = 'databaseRenamed',
  /** A database is in another namespace, and is a new database for Kubernetes. */
  DATABASE_MOVED = 'databaseMoved',
  /** Data moves from a durable volume to the disk of the node. */
  STORAGE_MADE_EPHEMERAL = 'storageMadeEphemeral',
  /** The server expects its data on another volume or path, or the object with the data is no longer in the app. */
  DATA_RELOCATED = 'dataRelocated',
  /** The write-ahead log gets its own volume, or loses it. */
  WAL_RELOCATED = 'walRelocated',
  /** Volume claims are deleted together with the database. */
  CLAIMS_DELETED_WITH_DATABASE = 'claimsDeletedWithDatabase',
  /** A StatefulSet changes what Kubernetes refuses, and has been deleted without its claims. */
  STATEFUL_SET_RECREATED = 'statefulSetRecreated',
  /** The major version of PostgreSQL changes. */
  MAJOR_UPGRADED = 'majorUpgraded',
  /** The subject, key, Secret or issuer of a CA changes while its certificates are in use. */
  CA_REPLACED = 'caReplaced',
}
