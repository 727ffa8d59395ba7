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
