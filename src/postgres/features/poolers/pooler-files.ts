import { databasesOfPooler, type PoolerPlan } from './resolve-poolers';
import { script } from './scripts';
import { POSTGRES_PORT } from '../../plan/layout';
import { withReloading } from '../../plan/reloading';
import { printPgBouncer, printUserList } from '../../../postgresql';

/** Directories of the pod. */
export const POOLER_DIRECTORIES = {
  config: '/etc/pgbouncer', socket: '/var/run/pgbouncer', serverKey: '/tls/certs/server', clientKey: '/tls/certs/client', clientCa: '/tls/certs/client-authority', serverCa: '/tls/certs/server-authority',
} as const;

/** The files of a pooler: its configuration, its roles, and the script of its reloader. */
export function poolerFiles(pooler: PoolerPlan, host: string): Record<string, string> {
  const { config, socket, serverKey, clientKey, clientCa, serverCa } = POOLER_DIRECTORIES;
  return {
    'pgbouncer.ini': printPgBouncer([
      // Clients and NetworkPolicies use the same port for the database and for its poolers.
      ['listen_addr', '*'], ['listen_port', POSTGRES_PORT],
      // The administration console: over the socket, for the UID of the process alone.
      ['unix_socket_dir', socket],
      ['auth_type', 'cert'], ['auth_file', `${config}/users.txt`],
      ['client_tls_sslmode', 'verify-full'], ['client_tls_protocols', 'tlsv1.3'], ['client_tls_ca_file', `${clientCa}/ca.crt`],
      ['client_tls_cert_file', `${serverKey}/tls.crt`], ['client_tls_key_file', `${serverKey}/tls.key`],
      ['server_tls_sslmode', 'verify-full'], ['server_tls_protocols', 'tlsv1.3'], ['server_tls_ca_file', `${serverCa}/ca.crt`],
      ['server_tls_cert_file', `${clientKey}/tls.crt`], ['server_tls_key_file', `${clientKey}/tls.key`],
      ['pool_mode', pooler.mode], ['default_pool_size', pooler.poolSize], ['max_client_conn', pooler.maxClientConnections],
      ['max_prepared_statements', pooler.maxPreparedStatements], ['query_wait_timeout', pooler.queryWaitTimeout.toSeconds({ integral: false })],
      // pgjdbc sends it with every connection; PostgreSQL's default is what it sets.
      ['ignore_startup_parameters', 'extra_float_digits'],
      // One line for every connection says nothing that the metrics and the server's log do not have.
      ['log_connections', 0], ['log_disconnections', 0],
    ], databasesOfPooler(pooler).map((name) => ({ name, settings: { host, port: String(POSTGRES_PORT) } }))),
    'users.txt': printUserList(pooler.clients.map(({ role }) => role)),
    'reload-pooler.sh': withReloading(script('reload-pooler.sh')),
  };
}
