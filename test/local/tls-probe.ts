import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

export interface TlsProbeOptions {
  /** @default 127.0.0.1 */
  readonly host?: string;
  readonly port: number;
  /** The trusted CAs, for `authorized`; without it no CA is trusted. */
  readonly ca?: string;
  /** The name that the certificate has to carry. @default - the host */
  readonly servername?: string;
  /** @default 5000 */
  readonly timeoutMilliseconds?: number;
}

export interface ServedCertificate {
  readonly certificate: X509Certificate;
  readonly serialNumber: string;
  readonly fingerprint256: string;
  readonly subject: string;
  readonly issuer: string;
  readonly subjectAltName: string | undefined;
  /** Such as `TLSv1.3`. */
  readonly protocol: string | null;
  /** Whether a client with sslmode=verify-full would go on. */
  readonly authorized: boolean;
  /** Why not, such as `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly authorizationError: string | undefined;
}

/** The certificate that a PostgreSQL server shows to a new connection; no login is tried. */
export async function servedCertificate(options: TlsProbeOptions): Promise<ServedCertificate> {
  const { host = '127.0.0.1', port, ca, timeoutMilliseconds = 5000 } = options;
  const tcp = connectTcp({ host, port });
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  signal.addEventListener('abort', () => tcp.destroy());
  try {
    await once(tcp, 'connect', { signal });
    await requestTls(tcp, signal);
    const name = options.servername ?? host;
    const socket = connectTls({
      socket: tcp,
      ca: ca ?? [],
      rejectUnauthorized: false,
      host: name,
      // SNI carries names only.
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    // What happens after the answer is no longer of interest.
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect', { signal });
    return describe(socket);
  } finally {
    tcp.destroy();
  }
}

/** SSLRequest is a length and a magic number; the answer is one byte. Source: PostgreSQL protocol, "SSL Session Encryption". */
async function requestTls(tcp: Socket, signal: AbortSignal): Promise<void> {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(80877103, 4);
  tcp.write(request);
  const [answer] = (await once(tcp, 'data', { signal })) as [Buffer];
  if (answer.toString('latin1') !== 'S') { throw new Error(`server refuses TLS: it answers '${answer.toString('latin1')}'`); }
}

function describe(socket: TLSSocket): ServedCertificate {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) { throw new Error('server shows no certificate'); }
  const { serialNumber, fingerprint256, subject, issuer, subjectAltName } = certificate;
  const error = socket.authorizationError as Error & { code?: string } | string | null | undefined;
  return {
    certificate,
    serialNumber,
    fingerprint256,
    subject,
    issuer,
    subjectAltName,
    protocol: socket.getProtocol(),
    authorized: socket.authorized,
    authorizationError: error === null || error === undefined ? undefined : typeof error === 'string' ? error : error.code ?? error.message,
  };
}
