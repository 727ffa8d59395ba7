/**
 * What clients of the database do about TLS, by libpq's names, and what the server insists on.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export enum SslMode {
  /** No TLS at all. */
  DISABLE = 'disable',
  /** TLS is on offer; plaintext is possible unless clients authenticate by certificate. */
  ALLOW = 'allow',
  /** TLS is on offer; plaintext is possible unless clients authenticate by certificate. */
  PREFER = 'prefer',
  /** TLS only. */
  REQUIRE = 'require',
  /** TLS only; clients verify who signed the server's certificate. */
  VERIFY_CA = 'verify-ca',
  /** TLS only; clients verify who signed the server's certificate and that it names the host they asked for. */
  VERIFY_FULL = 'verify-full',
}

/** How clients prove who they are. */
export enum ClientAuthMode {
  /** A password, hashed with MD5. Deprecated by PostgreSQL 18; only for clients that know nothing better. */
  MD5 = 'md5',
  /** A password, by SCRAM-SHA-256. */
  SCRAM = 'scram',
  /** A client certificate whose common name is the role; no password. */
  CERT = 'cert',
}

/** The certificates of one database. */
export enum CertificateAlias {
  /** Shown by the server to its clients. */
  SERVER = 'server',
  /** Shown by clients to log in as `postgres`. */
  CLIENT = 'client',
  /** Shown by the metrics exporter to log in as its own role. */
  METRICS_EXPORTER = 'metrics-exporter',
}
