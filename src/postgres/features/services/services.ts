import { PostgresServiceType } from '../../service-type';

/** Options of each Service of a database. KubeDB has a list of them, `serviceTemplates` by `alias`; here every alias is a property. */
export interface PostgresServices {
  /**
   * The Service to which applications connect.
   *
   * @default - no options: type ClusterIP
   */
  readonly primary?: PostgresServiceOptions;

  /**
   * The Service of the metrics; only with `monitor`.
   *
   * @default - no options: type ClusterIP
   */
  readonly stats?: PostgresServiceOptions;
}

/**
 * Options of one Service. The host names of a load balancer do not follow from it: add them to `tls.serverNames`.
 */
export interface PostgresServiceOptions {
  /**
   * Labels, in addition to those of the database.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Type of the Service.
   *
   * @default PostgresServiceType.CLUSTER_IP
   */
  readonly type?: PostgresServiceType;
  /**
   * Class of the load balancer.
   *
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;
  /**
   * Networks that the load balancer accepts connections from, in CIDR notation.
   *
   * @default - all
   */
  readonly loadBalancerSourceRanges?: string[];
  /**
   * `Cluster` or `Local`: with `Local` the address of external clients is kept.
   *
   * @default - Cluster
   */
  readonly externalTrafficPolicy?: string;
}
