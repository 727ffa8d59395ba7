/** What brings a bundle into the namespaces. */
export enum TrustBundleKind {
  /** trust-manager's `Bundle` (trust.cert-manager.io/v1alpha1). */
  BUNDLE = 'Bundle',
  /** trust-manager's `ClusterBundle` (trust-manager.io/v1alpha2), the successor. Its Helm chart does not install it yet. */
  CLUSTER_BUNDLE = 'ClusterBundle',
  /** A ConfigMap in the namespace of the chart, without trust-manager: for certificates that are in code. */
  CONFIG_MAP = 'ConfigMap',
}
