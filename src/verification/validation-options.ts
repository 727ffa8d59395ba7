import { CommittedManifests } from './committed-manifests';
import { CertManagerVersion } from '../pki';
import { ChangeConsent, Severity } from '../rules';

/** Facts about the cluster and the deployed manifests, and how strict the validation is. */
export interface ValidationOptions {
  /**
   * The oldest cert-manager release that the manifests must work with: newer fields are errors.
   *
   * @default - the oldest release that the manifests install, or else `CertManagerVersion.V1_18`
   */
  readonly certManagerVersion?: CertManagerVersion;

  /**
   * The namespace from which cert-manager reads the Secrets of ClusterIssuers (`--cluster-resource-namespace`).
   *
   * @default - the namespace set with `CertificateAuthorityScope.cluster`, or else the one that the manifests which install cert-manager state, or else `cert-manager`, the default
   * of its Helm chart
   */
  readonly clusterResourceNamespace?: string;

  /**
   * The namespace from which trust-manager reads the sources of a Bundle (`--trust-namespace`).
   *
   * @default - the namespace that the manifests which install trust-manager state, or else `cert-manager`
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

/** An acknowledged warning, for manifests without constructs: of every finding that matches all of `path`, `file` and `target`. */
export interface Acknowledgement {
  /** The code or the id of the rule, for example `PGTLS-E14` or `leaf-outlives-ca`. */
  readonly code: string;
  /** Why the warning is accepted. */
  readonly reason: string;
  /**
   * The path of the finding, as in `Finding.location.path`.
   *
   * @default - every path
   */
  readonly path?: string;
  /**
   * The file, as in `Finding.location.file`, or a pattern for files: `apps/*.yaml` matches in one folder, `apps/**` in all folders below.
   *
   * @default - every file
   */
  readonly file?: string;
  /**
   * The object, as `Certificate/shop/db` (kind, namespace, name) or `ClusterIssuer/public`, or a pattern for objects, such as `Certificate/shop/*`.
   *
   * @default - every object
   */
  readonly target?: string;
  /**
   * The last day of the acknowledgement, as `2027-01-31`, in UTC. Afterwards the warning is reported again, and the acknowledgement as well.
   *
   * @default - it does not expire
   */
  readonly until?: string;
}

/** Options of the validation of manifests in files or texts. */
export interface ManifestValidationOptions extends ValidationOptions {
  /**
   * Acknowledged warnings.
   *
   * @default - none
   */
  readonly acknowledgements?: Acknowledgement[];
  /**
   * The rules that are evaluated: ids, codes, or the presets `all`, `certificates` (cert-manager, trust-manager, approver-policy) and `postgresql` (servers, clients and their
   * pods). Rules about files that cannot be checked are always included.
   *
   * @default - all rules
   */
  readonly include?: string[];
  /**
   * Rules that are not evaluated: ids, codes or presets.
   *
   * @default - none
   */
  readonly exclude?: string[];
  /**
   * Severities by the id or the code of the rule, other than those of the rules. A warning can be acknowledged, an error cannot.
   *
   * @default - the severity of each rule
   */
  readonly severities?: { readonly [rule: string]: Severity };
  /**
   * Whether all manifests of `Manifests.fromPaths` are applied together. Otherwise objects are compared with each other (duplicates, selectors,
   * Secrets that two Certificates write) among the files that one kustomization leads to, and of other files among those of one folder: overlays
   * and examples are alternatives. References lead to all manifests in either case. Manifests of `fromFiles` and `fromYaml` are always applied together.
   *
   * @default false
   */
  readonly together?: boolean;
}
