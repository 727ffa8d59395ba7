import { type BoundClient, connectionOf } from './bound-client';
import { CLIENT_FILES } from './client-file-names';

/** Type of the binding, as Spring Cloud Bindings and Quarkus know it. */
export const BINDING_TYPE = 'postgresql';

/**
 * The entries of a binding that are not secret; files of secrets are beside them in the directory.
 *
 * `sslrootcert` is the name of a file beside it: Spring Cloud Bindings 1.13 and Quarkus 2.16 put the directory before it. Neither knows entries for a
 * client certificate, but both prefer `jdbc-url`, which has them. `uri` is libpq's.
 */
export function bindingEntries(client: BoundClient, provider: string, directory: string): Record<string, string> {
  const { host, port, database, user, tls, trust } = client;
  const jdbcUrl = jdbcUrlOf(client, directory);
  return {
    type: BINDING_TYPE,
    provider,
    host,
    port: String(port),
    database,
    username: user,
    uri: connectionOf(client, directory).uri(),
    ...(jdbcUrl === undefined ? {} : { 'jdbc-url': jdbcUrl }),
    sslmode: tls ? 'verify-full' : 'disable',
    ...(trust === undefined ? {} : { sslrootcert: CLIENT_FILES.serverCa }),
  };
}

/**
 * Quarkus adds `?sslmode=…&sslrootcert=…` to a `jdbc-url` that has parameters already (PostgreSQLServiceBindingConverter): a last parameter that may
 * have any value keeps the ones before it as they are.
 */
function jdbcUrlOf(client: BoundClient, directory: string): string | undefined {
  // pgjdbc reads no client certificate with the public CAs of Java.
  if (client.tls && client.certificate !== undefined && client.trust === undefined) { return undefined; }
  return `${connectionOf(client, directory).jdbcUrl()}&ApplicationName=${encodeURIComponent(client.user)}`;
}
