import type { Located } from '../../kubernetes';
import type { CertificateNode } from '../../pki';

/** A Certificate that is currently applied, and its new manifest. */
export interface TrustChange extends Located {
  readonly certificate: CertificateNode;
  /** The CA at the top of its chain: currently applied, and in the new manifests. */
  readonly before: string;
  readonly after: string;
  readonly committed: ReadonlyArray<TrustPair>;
}

/** The CAs of a bundle: currently applied, and in the new manifests. */
export interface TrustPair {
  readonly name: string;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/** Whether any bundle contains, before or after the change, one of the two CAs. */
export function isInSomeBundle({ committed, before, after }: TrustChange): boolean {
  return committed.some((trust) => [trust.before, trust.after].some((cas) => cas.has(before) || cas.has(after)));
}
