import { asksForCertificate, HbaRow, isExtensionParameter, lookUpParameter, Parameter, restartsExtension } from '../../postgresql';
import { initdbSettings, WalVolume } from './initdb-settings';
import { Layout, POSTGRES_PORT } from './layout';
import { memoryParameters } from './memory';
import type { HugePages } from '../huge-pages';
import type { PostgresInit } from '../initialization';
import { ClientAuthMode } from '../ssl-mode';
import type { PostgresTls } from '../tls';
import { TlsProtocolVersion } from '../tls-options';

/** What of a database decides its parameters. */
export interface ParameterInput {
  readonly major: number;
  readonly layout: Layout;
  /** Undefined where the server has TLS off. */
  readonly tls?: PostgresTls;
  readonly clientAuthMode: ClientAuthMode;
  readonly access: ReadonlyArray<HbaRow>;
  readonly memoryLimitKib?: number;
  readonly hugePages?: HugePages;
  /** How a new data directory is made: its settings stand beside the data, where this server does not look. */
  readonly init?: PostgresInit;
  /** What the log grows on. */
  readonly wal?: WalVolume;
  readonly own: Readonly<Record<string, string>>;
}

/** Every parameter of postgresql.conf: ours, those that follow from memory, the user's own. */
export function serverParameters(input: ParameterInput): Parameter[] {
  const own = Object.entries(input.own).sort(([a], [b]) => (a < b ? -1 : 1));
  const overridden = new Set(own.map(([name]) => name.toLowerCase()));
  return [
    ...ownedParameters(input),
    ...[
      ...operationParameters(input), ...initdbSettings(input.major, input.init ?? {}, input.wal), ...memoryParameters(input.memoryLimitKib), ...hugePageParameters(input.hugePages),
    ].filter(([name]) => !overridden.has(name)),
    ...own,
  ];
}

/** Connections that ordinary sessions cannot take, from 16 on: for the roles of the pod, and for who looks into it. */
const RESERVED_CONNECTIONS = 3;

/**
 * What keeps a database operable: connections for the roles of the pod, unless the user's own limit leaves no room for them, and no settings
 * beside those of the manifest.
 */
function operationParameters({ major, own, memoryLimitKib }: ParameterInput): Parameter[] {
  const given = new Map(Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]));
  const most = Number(given.get('max_connections') ?? new Map(memoryParameters(memoryLimitKib)).get('max_connections') ?? 100);
  const hasRoom = Number.isNaN(most) || most > Number(given.get('superuser_reserved_connections') ?? 3) + RESERVED_CONNECTIONS;
  return [
    ...(major >= 16 && hasRoom ? [['reserved_connections', RESERVED_CONNECTIONS] as const] : []),
    ...(major >= 17 ? [['allow_alter_system', false] as const] : []),
  ];
}

/** `try` dies of SIGBUS on nodes that have huge pages where the pod has no limit for them (docker-library/postgres issue 451). */
function hugePageParameters(hugePages: HugePages | undefined): Parameter[] {
  return hugePages ? [['huge_pages', 'on'], ['huge_page_size', hugePages.pageSize.replace('i', 'B')]] : [['huge_pages', 'off']];
}

function ownedParameters({ layout, tls, clientAuthMode, access, major }: ParameterInput): Parameter[] {
  return [
    ['data_directory', layout.pgData],
    ['hba_file', `${layout.config}/pg_hba.conf`],
    ['ident_file', `${layout.config}/pg_ident.conf`],
    // A replaced configuration file falls back to the compiled default, which is localhost.
    ['listen_addresses', '*'],
    ['port', POSTGRES_PORT],
    ['unix_socket_directories', layout.socket],
    ['password_encryption', clientAuthMode === ClientAuthMode.MD5 ? 'md5' : 'scram-sha-256'],
    ['ssl', tls !== undefined],
    ...(tls ? tlsParameters(tls, layout, access, major) : []),
  ];
}

function tlsParameters(tls: PostgresTls, layout: Layout, access: ReadonlyArray<HbaRow>, major: number): Parameter[] {
  const optional: Array<readonly [string, string | undefined]> = [
    // Only where it is needed: once set, a client certificate of another authority ends the handshake whatever the method.
    ['ssl_ca_file', access.some(asksForCertificate) ? `${layout.clientAuthority}/ca.crt` : undefined],
    ['ssl_crl_file', tls.certificateRevocationList && `${layout.revocationList}/${tls.certificateRevocationList.key}`],
    ['ssl_max_protocol_version', tls.maxProtocolVersion],
    ['ssl_ciphers', tls.ciphers],
    ['ssl_tls13_ciphers', tls.cipherSuites?.join(':')],
    // Renamed in 18, which takes a list; before it took one curve.
    [major >= 18 ? 'ssl_groups' : 'ssl_ecdh_curve', tls.groups?.join(':')],
  ];
  return [
    ['ssl_cert_file', `${layout.serverCertificate}/tls.crt`],
    ['ssl_key_file', `${layout.serverCertificate}/tls.key`],
    ['ssl_min_protocol_version', tls.minProtocolVersion ?? TlsProtocolVersion.TLS_1_3],
    ...optional.filter((entry): entry is [string, string] => entry[1] !== undefined),
  ];
}

/**
 * Why a parameter is this package's to set, by name, with the property that says the same.
 */
export const OWNED_PARAMETERS: Readonly<Record<string, string>> = {
  config_file: 'the ConfigMap holds it',
  data_directory: 'it follows from the image and the volume',
  external_pid_file: 'nothing may be written outside the data volume',
  hba_file: 'accessRules adds rows to it',
  ident_file: 'userMappings adds rows to it',
  listen_addresses: 'the Services need every address',
  password_encryption: 'clientAuthMode decides it',
  port: 'the Services name it',
  ssl: 'tls and sslMode decide it',
  ssl_ca_file: 'the issuer of the client certificate decides it',
  ssl_cert_file: 'cert-manager writes the file',
  ssl_ciphers: 'tls.ciphers sets it',
  ssl_crl_dir: 'tls.certificateRevocationList sets one file',
  ssl_crl_file: 'tls.certificateRevocationList sets it',
  ssl_ecdh_curve: 'tls.groups sets it',
  ssl_groups: 'tls.groups sets it',
  ssl_key_file: 'cert-manager writes the file',
  ssl_max_protocol_version: 'tls.maxProtocolVersion sets it',
  ssl_min_protocol_version: 'tls.minProtocolVersion sets it',
  ssl_passphrase_command: 'cert-manager writes keys without passphrase',
  ssl_passphrase_command_supports_reload: 'cert-manager writes keys without passphrase',
  ssl_tls13_ciphers: 'tls.cipherSuites sets it',
  unix_socket_directories: 'the reloader needs to know it',
};

/** The parameters whose change a running server cannot take over. */
export function restartParameters(parameters: ReadonlyArray<Parameter>, major: number): Parameter[] {
  return parameters.filter(([name]) => (isExtensionParameter(name) ? restartsExtension(name) : lookUpParameter(major, name)?.context === 'postmaster'));
}

/** The text of postgresql.conf. */
export function renderParameters(parameters: ReadonlyArray<Parameter>): string {
  return parameters.map(([name, value]) => `${name} = ${literal(value)}`).join('\n') + '\n';
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'boolean') { return value ? 'on' : 'off'; }
  // Source: PostgreSQL src/backend/utils/misc/guc-file.l, DeescapeQuotedString: a backslash escapes.
  return typeof value === 'number' ? String(value) : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
