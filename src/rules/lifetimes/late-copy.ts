import { isBoundToSigner, outlivesSigner } from './signer-in-time';
import type { CertificateNode } from '../../pki';
import { trustersOf } from '../../workloads';
import { isRoot } from '../changes/ca-change';

/** The age that `ca.crt` of a Certificate can reach below a root that keeps its key, where a peer trusts the copy and it expires before it is replaced. */
export function lateCopy(certificate: CertificateNode): { readonly root: CertificateNode; readonly age: number } | undefined {
  const chain = [certificate, ...certificate.issuingCas];
  const root = chain.pop()!;
  const isSound = chain.length > 0 && certificate.issuerCycle.length === 0 && [root, ...chain].every(({ hasSoundTimes }) => hasSoundTimes);
  const keepsKey = root.isCa && root.isRenewed && !root.rotatesKey && isRoot(root);
  // Certificates that outlive their CA are covered by other rules (PGTLS-D07, PGTLS-D08).
  const isOver = chain.some((signed) => signed.lifetime > signed.issuingCa!.lifetime || (outlivesSigner(signed) && isBoundToSigner(signed.issuingCa!)));
  if (!isSound || !keepsKey || isOver) { return undefined; }
  // The Secret of an intermediate holds a copy as well, which is copied into the Secrets of its leaves.
  const age = chain.reduce((sum, { isRenewed, lifetime, renewBefore }) => sum + (isRenewed ? lifetime - renewBefore : lifetime), 0);
  return age > root.renewBefore && trustersOf(certificate).length > 0 ? { root, age } : undefined;
}
