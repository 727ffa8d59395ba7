import { CertManagerVersion } from './cert-manager-version';

/** What is assumed of the cluster that manifests are applied to. */
export interface ClusterAssumptions {
  readonly certManagerVersion: CertManagerVersion;
  /** Where cert-manager looks up the Secrets of ClusterIssuers. */
  readonly clusterResourceNamespace: string;
  /** Where trust-manager looks up the sources of Bundles. */
  readonly trustNamespace: string;
}

/** The defaults of cert-manager's and trust-manager's own charts for what is not given. */
export function clusterAssumptions(given: Partial<ClusterAssumptions> = {}): ClusterAssumptions {
  return {
    certManagerVersion: given.certManagerVersion ?? CertManagerVersion.V1_18,
    clusterResourceNamespace: given.clusterResourceNamespace ?? 'cert-manager',
    trustNamespace: given.trustNamespace ?? 'cert-manager',
  };
}
