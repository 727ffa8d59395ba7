import { CertificateAuthority, IIssuer } from '../../../cert-manager';

/** A Certificate whose renewal is monitored: of the database, or of a CA that issues its certificates. */
export interface WatchedCertificate {
  readonly name: string;
  readonly namespace: string;
  /** Milliseconds before expiry at which cert-manager renews it. */
  readonly renewBefore: number;
}

/** The CAs of this app behind the issuers, up to their roots: their certificates expire as well. */
export function watchedCas(issuers: ReadonlyArray<IIssuer>): WatchedCertificate[] {
  return [...new Set(issuers.flatMap(chain))].map((ca) => ({
    name: ca.issuerName, namespace: ca.certificate.secretNamespace ?? '', renewBefore: ca.renewBefore.toMilliseconds(),
  }));
}

function chain(issuer: IIssuer | undefined): CertificateAuthority[] {
  const ca = issuer instanceof CertificateAuthority ? issuer : issuer?.node.scope;
  return ca instanceof CertificateAuthority ? [ca, ...chain(ca.parent)] : [];
}
