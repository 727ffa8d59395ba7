import { Layout, POSTGRES_PORT } from './layout';
import { ClientAuthMode } from '../ssl-mode';

/** A server parameter and its value, in the order of the file. */
export type Parameter = readonly [name: string, value: string | number | boolean];

/** What of a database decides its parameters. */
export interface ParameterInput {
  readonly layout: Layout;
  readonly tls: boolean;
  readonly clientAuthMode: ClientAuthMode;
}

/** The parameters that this package owns, grouped as PostgreSQL's own documentation groups them. */
export function serverParameters({ layout, tls, clientAuthMode }: ParameterInput): Parameter[] {
  return [
    ['data_directory', layout.pgData],
    ['hba_file', `${layout.config}/pg_hba.conf`],
    ['ident_file', `${layout.config}/pg_ident.conf`],
    // A replaced configuration file falls back to the compiled default, which is localhost.
    ['listen_addresses', '*'],
    ['port', POSTGRES_PORT],
    ['unix_socket_directories', layout.socket],
    ['password_encryption', clientAuthMode === ClientAuthMode.MD5 ? 'md5' : 'scram-sha-256'],
    ['ssl', tls],
    ...(tls ? tlsParameters(layout, clientAuthMode) : []),
    // `try` dies of SIGBUS on nodes that have huge pages where the pod has no limit for them (docker-library/postgres issue 451).
    ['huge_pages', 'off'],
  ];
}

function tlsParameters(layout: Layout, clientAuthMode: ClientAuthMode): Parameter[] {
  return [
    ['ssl_cert_file', `${layout.serverCertificate}/tls.crt`],
    ['ssl_key_file', `${layout.serverCertificate}/tls.key`],
    // Only where it is needed: once set, a client certificate of another authority ends the handshake whatever the method.
    ...(clientAuthMode === ClientAuthMode.CERT ? [['ssl_ca_file', `${layout.clientAuthority}/ca.crt`] as const] : []),
    ['ssl_min_protocol_version', 'TLSv1.3'],
  ];
}

/** The text of postgresql.conf. */
export function renderParameters(parameters: ReadonlyArray<Parameter>): string {
  return parameters.map(([name, value]) => `${name} = ${literal(value)}`).join('\n') + '\n';
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'boolean') { return value ? 'on' : 'off'; }
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
