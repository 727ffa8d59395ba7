/** A source of manifests for Flux, in this app or elsewhere. */
export interface IFluxSource {
  /** Kind, for example `GitRepository`. */
  readonly sourceKind: string;

  /** Name of the object. */
  readonly sourceName: string;

  /**
   * Namespace of the object.
   *
   * @default - that of the Kustomization
   */
  readonly sourceNamespace?: string;
}

/** A Kustomization of Flux, in this app or elsewhere. */
export interface IFluxKustomization {
  /** Name of the object. */
  readonly kustomizationName: string;

  /**
   * Namespace of the object.
   *
   * @default - that of the Kustomization that refers to it
   */
  readonly kustomizationNamespace?: string;
}
