/** What a consent is about: the factories of `ChangeConsent` by name. */
export enum ChangeKind {
  /** A database is no longer in the app. */
  DATABASE_REMOVED = 'databaseRemoved',
  /** A database has another name, and is a new one for Kubernetes. */
  DATABASE_RENAMED = 'databaseRenamed',
  /** A database is in another namespace, and is a new one for Kubernetes. */
  DATABASE_MOVED = 'databaseMoved',
  /** Data that was on a volume is kept on the node's disk. */
  STORAGE_MADE_EPHEMERAL = 'storageMadeEphemeral',
  /** The server looks for its data on another volume or in another directory, or what holds the data is no longer in the app. */
  DATA_RELOCATED = 'dataRelocated',
  /** The write-ahead log gets a volume of its own, or loses it. */
  WAL_RELOCATED = 'walRelocated',
  /** Volume claims are deleted with the database from now on. */
  CLAIMS_DELETED_WITH_DATABASE = 'claimsDeletedWithDatabase',
  /** Another major version of PostgreSQL. */
  MAJOR_UPGRADED = 'majorUpgraded',
  /** A CA has another subject or key while its certificates are in use. */
  CA_REPLACED = 'caReplaced',
}
