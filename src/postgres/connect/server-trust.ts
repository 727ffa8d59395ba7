import type { WiredKey } from './client-wiring';
import type { ICertificate, IIssuer } from '../../cert-manager';
import { isSameIssuer } from '../../pki';
import type { TrustSource } from '../../trust';

/** What decides where a client finds the CA certificates of its server. */
export interface TrustNeed {
  readonly tls: boolean;
  /** Given for the connection. */
  readonly given?: TrustSource;
  /** Of the database, in its namespace. */
  readonly trustedServerCas?: TrustSource;
  /** Undefined for the namespace of the database. */
  readonly otherNamespace?: string;
  /** The issuer of the server's certificate, where clients trust the CA that it has now. */
  readonly serverIssuer?: IIssuer;
  /** Of the client, in the namespace of its pods. */
  readonly certificate?: Pick<ICertificate, 'secretName' | 'secretKeys' | 'issuer'>;
}

/** Where the CA certificates are: nowhere (the public CAs of the system), a key of an object, a Certificate that is to be made for its `ca.crt`, or why there are none. */
export type ServerTrust = { readonly key?: WiredKey } | { readonly carrierOf: IIssuer } | { readonly fault: string };

export function serverTrust({ tls, given, trustedServerCas, otherNamespace, serverIssuer, certificate }: TrustNeed): ServerTrust {
  const own = certificate?.secretKeys.includes('ca.crt') ? { kind: 'Secret', name: certificate.secretName, key: 'ca.crt' } as const : undefined;
  if (!tls) { return given === undefined ? {} : { fault: 'trustedServerCas is given, but the database has no TLS; leave it out' }; }
  if (given !== undefined) {
    if (!given.isIssuedSecret) { return { key: keyOf(given) }; }
    return own ? { key: own } : { fault: 'trustedServerCas is TrustSource.fromIssuedSecret(), but the client has no certificate whose Secret contains ca.crt; give a ConfigMap or a Secret' };
  }
  if (trustedServerCas === undefined) { return {}; }
  if (otherNamespace === undefined || trustedServerCas._isIn(otherNamespace)) { return { key: keyOf(trustedServerCas) }; }
  if (own && serverIssuer && certificate?.issuer && isSameIssuer(serverIssuer, certificate.issuer)) { return { key: own }; }
  if (serverIssuer !== undefined && serverIssuer.issuerNamespace === undefined && serverIssuer.providesCaCertificate) { return { carrierOf: serverIssuer }; }
  return {
    fault: `the CA certificates of the server (${shown(trustedServerCas)}) are not in namespace '${otherNamespace}'; set tls.trustedServerCas of the database to TrustSource.fromBundle() of a `
      + 'TrustBundle, which trust-manager distributes; or give trustedServerCas of this connection: TrustSource.fromBundle() of a CaConfigMap in that namespace, or another ConfigMap or Secret there',
  };
}

function keyOf({ configMapName, secretName, key }: TrustSource): WiredKey {
  return configMapName === undefined ? { kind: 'Secret', name: secretName!, key } : { kind: 'ConfigMap', name: configMapName, key };
}

function shown(source: TrustSource): string {
  const { kind, name, key } = keyOf(source);
  return `${key} of ${kind} '${name}'`;
}
