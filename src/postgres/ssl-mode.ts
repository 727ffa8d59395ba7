/**
 * What the server requires of connections, and what clients are expected to verify, by the names of libpq's `sslmode`.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export enum SslMode {
  /** No TLS. */
  DISABLE = 'disable',
  /** The server offers TLS; plaintext is possible unless clients authenticate by certificate. */
  ALLOW = 'allow',
  /** The server offers TLS; plaintext is possible unless clients authenticate by certificate. */
  PREFER = 'prefer',
  /** TLS only. */
  REQUIRE = 'require',
  /** TLS only; clients verify the CA of the server's certificate. */
  VERIFY_CA = 'verify-ca',
  /** TLS only; clients verify the CA of the server's certificate and that it has the host name that they connect to. */
  VERIFY_FULL = 'verify-full',
}

/** How clients authenticate. */
export enum ClientAuthMode {
  /** A password, hashed with MD5. Deprecated by PostgreSQL 18; only for clients without SCRAM support. */
  MD5 = 'md5',
  /** A password, with SCRAM-SHA-256. */
  SCRAM = 'scram',
  /** A client certificate whose common name is the role; no password. */
  CERT = 'cert',
}
