import { CertificateAuthority, IIssuer } from '../../cert-manager';
import type { WatchedCertificate } from './prometheus';

/** The CAs of this app behind some issuers, up to their roots: their own certificates end as well. */
export function watchedAuthorities(issuers: ReadonlyArray<IIssuer>): WatchedCertificate[] {
  return [...new Set(issuers.flatMap(chain))].map((ca) => ({
    name: ca.certificate.certificateName, namespace: ca.certificate.secretNamespace ?? '', renewBefore: ca.renewBefore.toMilliseconds(),
  }));
}

function chain(issuer: IIssuer | undefined): CertificateAuthority[] {
  const ca = issuer instanceof CertificateAuthority ? issuer : issuer?.node.scope;
  return ca instanceof CertificateAuthority ? [ca, ...chain(ca.parent)] : [];
}
