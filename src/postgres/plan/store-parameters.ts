/**
 * Parameters that every member must have alike, because a replica must not have less than its leader: Patroni takes them from its store and ignores every file.
 * Source: patroni docs/dynamic_configuration.rst, patroni/postgresql/config.py, CMDLINE_OPTIONS.
 */
export const STORE_PARAMETERS: ReadonlySet<string> = new Set([
  'max_connections', 'max_locks_per_transaction', 'max_prepared_transactions', 'max_replication_slots', 'max_wal_senders', 'max_worker_processes', 'track_commit_timestamp', 'wal_keep_size',
  'wal_level',
]);
