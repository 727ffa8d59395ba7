import { CertificateAuthority, IIssuer } from '../../../cert-manager';

/** A Certificate that has to be renewed in time: one of the database, or of a CA that signs for it. */
export interface WatchedCertificate {
  readonly name: string;
  readonly namespace: string;
  /** Milliseconds before its end at which cert-manager renews it. */
  readonly renewBefore: number;
}

/** The CAs of this app behind some issuers, up to their roots: their own certificates end as well. */
export function watchedCas(issuers: ReadonlyArray<IIssuer>): WatchedCertificate[] {
  return [...new Set(issuers.flatMap(chain))].map((ca) => ({
    name: ca.certificate.certificateName, namespace: ca.certificate.secretNamespace ?? '', renewBefore: ca.renewBefore.toMilliseconds(),
  }));
}

function chain(issuer: IIssuer | undefined): CertificateAuthority[] {
  const ca = issuer instanceof CertificateAuthority ? issuer : issuer?.node.scope;
  return ca instanceof CertificateAuthority ? [ca, ...chain(ca.parent)] : [];
}
