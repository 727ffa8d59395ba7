import type { IssuanceGraph, TrustNode } from '../../pki';

/** A bundle and the index of all manifests. */
export interface TrustTarget {
  readonly at: TrustNode['at'];
  readonly trust: TrustNode;
  readonly manifests: IssuanceGraph;
}
