import type { CertificateNode } from './issuance-graph';

/** The self-signed certificate at the top of the chain of a certificate; undefined where the manifests do not show the whole chain for certain. */
export function rootCertificateOf(certificate: CertificateNode): CertificateNode | undefined {
  const chain = [certificate, ...certificate.issuingCas];
  const top = chain.at(-1)!;
  const isCertain = chain.slice(0, -1).every(({ issuer }) => issuer?.type === 'ca' && issuer.writers.length === 1);
  return isCertain && top.signsItself && (chain.length === 1 || top.isCa) ? top : undefined;
}
