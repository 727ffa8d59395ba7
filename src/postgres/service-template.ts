/** A Service of the database. */
export enum ServiceAlias {
  /** Where applications connect. */
  PRIMARY = 'primary',
  /** Where metrics are fetched; with `monitor` only. */
  STATS = 'stats',
}

/** How a Service can be reached. */
export enum PostgresServiceType {
  CLUSTER_IP = 'ClusterIP',
  NODE_PORT = 'NodePort',
  LOAD_BALANCER = 'LoadBalancer',
}

/**
 * What is special about one Service. Host names under which a load balancer is known are not known here: they belong into
 * `tls.serverNames`.
 */
export interface PostgresServiceTemplate {
  /** Which Service this is about. Each can be named once. */
  readonly alias: ServiceAlias;
  /** @default - none but the database's own */
  readonly labels?: { readonly [name: string]: string };
  /** @default - none */
  readonly annotations?: { readonly [name: string]: string };
  /** @default PostgresServiceType.CLUSTER_IP */
  readonly type?: PostgresServiceType;
  /**
   * Class of the load balancer.
   *
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;
  /**
   * Networks that the load balancer lets in.
   *
   * @default - all
   */
  readonly loadBalancerSourceRanges?: string[];
  /**
   * `Cluster` or `Local`: whether the address of clients from outside is kept.
   *
   * @default - Cluster
   */
  readonly externalTrafficPolicy?: string;
}
