import { dnsSubdomainError, isIpAddress } from '../../formats';

/** libpq's values of `target_session_attrs`. Source: PostgreSQL, libpq Parameter Key Words. */
export type SessionAttributes = 'any' | 'read-write' | 'read-only' | 'primary' | 'standby' | 'prefer-standby';

/** Where a client connects, as whom, and the files with which both sides verify each other. All of it is plain data: a driver's settings are functions of it. */
export interface ConnectionTarget {
  /** In the order in which they are tried: DNS names or IP addresses that the server's certificate has. */
  readonly hosts: readonly string[];
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Without TLS, no file is read. */
  readonly tls: boolean;
  /** CA certificates in PEM; without a file, the public CAs that the driver or its system has. */
  readonly caFile?: string;
  readonly identity?: ClientIdentityFiles;
  readonly sessionAttributes?: SessionAttributes;
  /** As the role has it, not encoded. */
  readonly password?: string;
}

/** The files of a client certificate. */
export interface ClientIdentityFiles {
  /** The certificate and its chain, in PEM. */
  readonly certificateFile: string;
  /** The private key, in PEM. */
  readonly keyFile: string;
  /** The private key as PKCS#8 in DER, which every release of pgjdbc reads. */
  readonly derKeyFile?: string;
  /** Java's name of the key algorithm, which pgjdbc needs for a key in PEM: `EC`, `RSA` or `Ed25519`. */
  readonly keyAlgorithm?: string;
}

/** What no driver can connect with, each with its field first. */
export function targetFaults(target: ConnectionTarget): string[] {
  const texts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['database', target.database], ['user', target.user], ['password', target.password], ['caFile', target.caFile],
    ['certificateFile', target.identity?.certificateFile], ['keyFile', target.identity?.keyFile], ['derKeyFile', target.identity?.derKeyFile],
  ];
  return [
    ...(target.hosts.length === 0 ? ['hosts is empty; give at least one host on the certificate of the server'] : []),
    ...target.hosts.flatMap((host) => {
      const fault = isIpAddress(host) ? undefined : dnsSubdomainError(host);
      return fault === undefined ? [] : [`hosts has '${host}', which ${fault}; give DNS names or IP addresses on the certificate of the server`];
    }),
    ...(Number.isInteger(target.port) && target.port >= 1 && target.port <= 65535 ? [] : [`port is ${target.port}; give a TCP port, 1 to 65535`]),
    ...texts.flatMap(([field, text]) => textFaults(field, text)),
    ...(target.tls ? [] : filesOf(target).map((field) => `${field} is given, but the connection has no TLS; leave it out, or leave tls out`)),
  ];
}

function filesOf({ caFile, identity }: ConnectionTarget): string[] {
  return [...(caFile === undefined ? [] : ['caFile']), ...(identity === undefined ? [] : ['certificateFile'])];
}

function textFaults(field: string, text: string | undefined): string[] {
  if (text === undefined) { return []; }
  if (text === '') { return [`${field} is empty; an empty value means a default of the driver, give the value that is meant`]; }
  if (text.includes('\0')) { return [`${field} has a NUL character, which ends a text of the protocol; remove it`]; }
  return /\p{Surrogate}/u.test(text) ? [`${field} has half of a surrogate pair, which UTF-8 cannot encode; remove it`] : [];
}
