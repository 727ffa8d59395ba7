/** The certificates of one database. */
export enum CertificateAlias {
  /** Shown by the server to its clients. */
  SERVER = 'server',
  /** Shown by clients to log in as `postgres`. */
  CLIENT = 'client',
  /** Shown by the metrics exporter to log in as its own role. */
  METRICS_EXPORTER = 'metrics-exporter',
}
