import { formatMilliseconds } from '../../formats';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';

/** The issuing CA certificate of the app, unless another fault makes its lifetimes meaningless. */
export function signerInTime(certificate: CertificateNode): CertificateNode | undefined {
  const { issuingCa: ca } = certificate;
  const comparable = ca?.isCa === true && certificate.hasSoundTimes && ca.hasSoundTimes && certificate.issuerCycle.length === 0;
  return comparable ? ca : undefined;
}

/** Whether it can be in use after the CA certificate of its issuance has expired, though its lifetime is not longer than that of a new one. */
export function outlivesSigner(certificate: CertificateNode): boolean {
  const signer = signerInTime(certificate);
  return signer !== undefined && signer.isRenewed && certificate.lifetime <= signer.lifetime && certificate.lifetime > signer.renewBefore;
}

/** Whether only the CA certificate of the issuance can verify what the CA has issued, and no renewed one. */
export function isBoundToSigner(signer: CertificateNode): boolean {
  const isIntermediate = signer.issuingCa !== undefined || (signer.issuer !== undefined && !signer.signsItself);
  return signer.rotatesKey || isIntermediate;
}

export function outliving({ lifetime, issuingCa: ca }: CertificateNode): string {
  const left = formatMilliseconds(ca!.renewBefore);
  return `lifetime ${formatMilliseconds(lifetime)} is longer than the renewBefore of its issuing CA ${displayName(ca!.at)}, ${left}`;
}
