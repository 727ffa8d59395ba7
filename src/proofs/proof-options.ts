import { CertManagerVersion } from './cert-manager-version';
import { CommittedManifests } from './committed-manifests';

/** What the proofs have to know of the cluster and of the people who read them. */
export interface ProofOptions {
  /**
   * The oldest cert-manager that the manifests must work with: fields that it does not know are refused.
   *
   * @default CertManagerVersion.V1_18
   */
  readonly certManagerVersion?: CertManagerVersion;

  /**
   * The namespace in which cert-manager looks for the Secrets of ClusterIssuers, its `--cluster-resource-namespace`.
   *
   * @default - `cert-manager`, as its Helm chart installs it, or what `CertificateAuthorityScope.cluster` says
   */
  readonly clusterResourceNamespace?: string;

  /**
   * The namespace from which trust-manager reads the sources of a Bundle, its `--trust-namespace`.
   *
   * @default cert-manager
   */
  readonly trustNamespace?: string;

  /**
   * The manifests that are in force: certificates that change their authority, and authorities that leave what everybody trusts, are
   * compared with them.
   *
   * @default - nothing is compared
   */
  readonly committed?: CommittedManifests;

  /**
   * Whether a warning that nobody has acknowledged stops the synthesis, as a pipeline may want.
   *
   * @default false
   */
  readonly warningsAsErrors?: boolean;
}

/** A warning that is on purpose, for manifests that no construct stands behind. */
export interface Acknowledgement {
  /** The code of the rule, for example `PGTLS-E14`. */
  readonly code: string;
  /** Why it is right. */
  readonly reason: string;
  /**
   * The path of the findings, as they give it.
   *
   * @default - every path
   */
  readonly path?: string;
}

/** How manifests in files are proven. */
export interface ManifestProofOptions extends ProofOptions {
  /**
   * Warnings that are on purpose.
   *
   * @default - none
   */
  readonly acknowledgements?: Acknowledgement[];
}
