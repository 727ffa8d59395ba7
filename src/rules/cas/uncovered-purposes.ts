import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';

/** The purposes for which a TLS peer verifies a chain. */
export const PEER_PURPOSES = ['server auth', 'client auth'];

/** Every purpose that a certificate below a CA needs and the CA excludes, with one such certificate. */
export function uncoveredPurposes(ca: CertificateNode): string[] {
  const limits = ca.isCa ? ca.extendedKeyUsages : [];
  if (limits.length === 0) { return []; }
  const leaves = ca.descendants.filter(({ isCa }) => !isCa);
  return PEER_PURPOSES.filter((purpose) => !limits.includes(purpose)).flatMap((purpose) => {
    const leaf = leaves.find(({ extendedKeyUsages }) => extendedKeyUsages.includes(purpose));
    return leaf === undefined ? [] : [`usages limit the CA to ${limits.join(', ')}, but it signs ${displayName(leaf.at)} for ${purpose}`];
  });
}
