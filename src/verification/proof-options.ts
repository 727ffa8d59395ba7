import { CommittedManifests } from './committed-manifests';
import { CertManagerVersion } from '../pki';
import { ChangeConsent } from '../rules';

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
   * The manifests that are in force, all of this app and of no other: every change that costs data or stops a database is found by
   * comparing with them.
   *
   * @default - nothing is compared
   */
  readonly committed?: CommittedManifests;

  /**
   * Changes that lose data or stop a database, and are made all the same. Several calls of `Findings.configure` add up.
   *
   * @default - none: every such change is an error
   */
  readonly consents?: ChangeConsent[];

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
