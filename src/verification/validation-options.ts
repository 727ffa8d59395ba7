import { CommittedManifests } from './committed-manifests';
import { CertManagerVersion } from '../pki';
import { ChangeConsent } from '../rules';

/** Facts about the cluster and the deployed manifests, and how strict the validation is. */
export interface ValidationOptions {
  /**
   * The oldest cert-manager release that the manifests must work with: newer fields are errors.
   *
   * @default CertManagerVersion.V1_18
   */
  readonly certManagerVersion?: CertManagerVersion;

  /**
   * The namespace from which cert-manager reads the Secrets of ClusterIssuers (`--cluster-resource-namespace`).
   *
   * @default - the namespace set with `CertificateAuthorityScope.cluster`, or else `cert-manager`, the default of its Helm chart
   */
  readonly clusterResourceNamespace?: string;

  /**
   * The namespace from which trust-manager reads the sources of a Bundle (`--trust-namespace`).
   *
   * @default cert-manager
   */
  readonly trustNamespace?: string;

  /**
   * The currently applied manifests: all of this app, and none of another one. The validation compares with them to find changes that lose data or
   * stop a database.
   *
   * @default - nothing is compared
   */
  readonly committed?: CommittedManifests;

  /**
   * Changes that lose data or stop a database and that are intended. Several calls of `Validation.of(app).configure` add up.
   *
   * @default - none: every such change is an error
   */
  readonly consents?: ChangeConsent[];

  /**
   * Whether a warning that is not acknowledged makes the synthesis fail, for example in a pipeline.
   *
   * @default false
   */
  readonly warningsAsErrors?: boolean;
}

/** An acknowledged warning, for manifests without constructs. */
export interface Acknowledgement {
  /** The code of the rule, for example `PGTLS-E14`. */
  readonly code: string;
  /** Why the warning is accepted. */
  readonly reason: string;
  /**
   * The path of the finding, as in `Finding.path`.
   *
   * @default - every path
   */
  readonly path?: string;
}

/** Options of the validation of manifests in files or texts. */
export interface ManifestValidationOptions extends ValidationOptions {
  /**
   * Acknowledged warnings.
   *
   * @default - none
   */
  readonly acknowledgements?: Acknowledgement[];
}
