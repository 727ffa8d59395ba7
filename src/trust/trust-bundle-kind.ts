/** Kind of the trust-manager object that distributes a trust bundle. */
export enum TrustBundleKind {
  /** `Bundle` of trust-manager (trust.cert-manager.io/v1alpha1). */
  BUNDLE = 'Bundle',
  /** `ClusterBundle` of trust-manager (trust-manager.io/v1alpha2), its successor. The Helm chart does not install its CRD yet. */
  CLUSTER_BUNDLE = 'ClusterBundle',
}
