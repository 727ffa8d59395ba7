import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { PgBouncerVersion } from './pg-bouncer-version';
import { PoolMode } from './pool-mode';

/** Options of a connection pooler: PgBouncer in front of a database. */
export interface PoolerOptions {
  /** Release and image of PgBouncer. */
  readonly version: PgBouncerVersion;

  /**
   * When a server connection goes back to its pool.
   *
   * @default PoolMode.TRANSACTION
   */
  readonly mode?: PoolMode;

  /**
   * Number of pods.
   *
   * @default 2
   */
  readonly instances?: number;

  /**
   * Most server connections of one pod for each role in each database: `default_pool_size`. The sum over all pods and pools must fit into `max_connections`.
   *
   * @default 10
   */
  readonly poolSize?: number;

  /**
   * Most clients of one pod: `max_client_conn`.
   *
   * @default 1000
   */
  readonly maxClientConnections?: number;

  /**
   * Most prepared statements of a server connection that a pod tracks: `max_prepared_statements`. 0 switches them off.
   *
   * @default 200
   */
  readonly maxPreparedStatements?: number;

  /**
   * How long a client waits for a server connection before its query fails: `query_wait_timeout`, at least one second.
   *
   * @default Duration.minutes(2)
   */
  readonly queryWaitTimeout?: Duration;

  /**
   * How long a pod that is deleted waits for its clients to disconnect, before it ends their sessions: at least one second.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Names of declared clients that may use it, besides those that are connected with `through`.
   *
   * @default - none
   */
  readonly clients?: string[];

  /**
   * CPU and memory of PgBouncer in each pod.
   *
   * @default - 100 millicores, 64 MiB
   */
  readonly resources?: ContainerResources;
}
