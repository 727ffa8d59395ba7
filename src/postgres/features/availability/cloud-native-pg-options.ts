/** Options of `HighAvailability.cloudNativePg`. */
export interface CloudNativePgOptions {
  /**
   * Image of the instances: one that is made for CloudNativePG, with a tag that begins with the version of PostgreSQL; a digest may follow the tag. The image of
   * `version` is not used.
   *
   * Example: `ghcr.io/cloudnative-pg/postgresql:18.1-standard-trixie`
   *
   * @see https://cloudnative-pg.io/documentation/current/container_images/
   */
  readonly image: string;

  /**
   * Number of instances: one primary, the others replicas.
   *
   * @default 3
   */
  readonly instances?: number;

  /**
   * Whether a commit waits until one replica has it, so that a failover loses no acknowledged commit. With two instances, the loss of one then stops every write.
   *
   * @default - true from three instances on
   */
  readonly synchronous?: boolean;

  /**
   * Whether each instance must be on a node of its own. Otherwise the scheduler only prefers it.
   *
   * @default true
   */
  readonly oneInstancePerNode?: boolean;

  /**
   * Name of the database that the operator makes first, and of its owner. A declared database of that name has the owner that is declared. It applies to a new
   * Cluster only.
   *
   * @default app
   */
  readonly initialDatabase?: string;

  /**
   * Namespace of the operator, which the NetworkPolicy admits to the pods.
   *
   * @default cnpg-system
   */
  readonly operatorNamespace?: string;

  /**
   * Ports of the API server that the NetworkPolicy lets the pods reach: behind the Service `kubernetes`, whose own port is 443.
   *
   * @default - 443 and 6443
   */
  readonly apiServerPorts?: number[];
}
