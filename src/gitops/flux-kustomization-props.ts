import type { ApiObjectMetadata, Duration } from 'cdk8s';
import type { FluxHealthCheck, FluxHealthExpression } from './flux-health';
import type { IFluxKustomization, IFluxSource } from './flux-references';

/** What Flux does with the objects of a Kustomization that is deleted. */
export enum FluxDeletionPolicy {
  /** Deletes them if `prune` is set. */
  MIRROR_PRUNE = 'MirrorPrune',
  /** Deletes them. */
  DELETE = 'Delete',
  /** Deletes them, and waits until they are gone. */
  WAIT_FOR_TERMINATION = 'WaitForTermination',
  /** Leaves them. */
  ORPHAN = 'Orphan',
}

/** Properties of a FluxKustomization. `force` is not offered: it deletes and recreates objects. */
export interface FluxKustomizationProps {
  /**
   * Metadata of the object.
   *
   * @default - the construct id as name, namespace `flux-system`
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the manifests are. */
  readonly source: IFluxSource;

  /**
   * Folder of the manifests, relative to the root of the source.
   *
   * @default ./
   */
  readonly path?: string;

  /**
   * How often the objects are compared with the manifests, and set back.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long Flux waits after a failure.
   *
   * @default Duration.minutes(1)
   */
  readonly retryInterval?: Duration;

  /**
   * Longest duration of a reconciliation, health included.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * Whether objects that are no longer in the source are deleted. Protect databases with `Flux.protect` first.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * What happens to the objects when the Kustomization is deleted.
   *
   * @default FluxDeletionPolicy.ORPHAN
   */
  readonly deletionPolicy?: FluxDeletionPolicy;

  /**
   * Whether the Kustomization is ready only when all of its objects are.
   *
   * @default - true, unless `healthChecks` is set
   */
  readonly wait?: boolean;

  /**
   * The only objects that must be ready, in place of `wait`.
   *
   * @default - none
   */
  readonly healthChecks?: FluxHealthCheck[];

  /**
   * When objects without a condition `Ready` are ready.
   *
   * @default - none
   */
  readonly healthExpressions?: FluxHealthExpression[];

  /**
   * Kustomizations that must be ready before this one is applied, such as that of cert-manager.
   *
   * @default - none
   */
  readonly dependsOn?: IFluxKustomization[];

  /**
   * Namespace that replaces those of the manifests. Host names on certificates are not replaced: leave it out for manifests of this package.
   *
   * @default - the namespaces of the manifests
   */
  readonly targetNamespace?: string;

  /**
   * ServiceAccount as which Flux applies, in the namespace of the Kustomization.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;

  /**
   * Whether Flux leaves the objects as they are.
   *
   * @default false
   */
  readonly suspend?: boolean;
}
