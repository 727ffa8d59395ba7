/** The certificates of one database, as the names of their objects have them. */
export enum CertificateAlias {
  /** Presented by the server to its clients. */
  SERVER = 'server',
  /** Presented by clients that log in as `postgres`. */
  CLIENT = 'client',
  /** Presented by replicas to the primary. */
  REPLICATION = 'replication',
  /** Presented by the metrics exporter, to log in as its own role and to those who fetch metrics. */
  METRICS_EXPORTER = 'metrics-exporter',
}
