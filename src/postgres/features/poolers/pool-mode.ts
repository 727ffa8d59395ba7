/** When a server connection goes back to its pool: PgBouncer's `pool_mode`. */
export enum PoolMode {
  /** After each transaction. Not for `LISTEN`, session advisory locks, temporary tables that outlive a transaction, and `SET` without `LOCAL`. */
  TRANSACTION = 'transaction',
  /** After the client disconnects. */
  SESSION = 'session',
  /** After each statement: transactions of several statements are refused. */
  STATEMENT = 'statement',
}
