import type { Duration } from 'cdk8s';
import type { TrustSource } from '../../../trust';

/** How the pods of a database are spread over the nodes of the cluster. */
export enum MemberSpread {
  /** At most one pod on a node: a pod for which no node is free waits. */
  REQUIRED = 'required',
  /** On different nodes as far as there are enough. */
  PREFERRED = 'preferred',
}

/** Options of `HighAvailability.patroni`. */
export interface PatroniOptions {
  /**
   * Image with PostgreSQL of the major version of `version`, Patroni 4.1 or later and openssl, with the user of `version`: your own, built on the official
   * image, for example. It takes the place of the image of `version`. An image that lacks one of them is refused when a pod starts.
   */
  readonly image: string;

  /**
   * Number of pods with a server each: one leader, the others replicas.
   *
   * @default 3
   */
  readonly members?: number;

  /**
   * Whether an even number of members is intended. It tolerates no more failures than one member less: with two and `synchronous`, the loss of one leaves
   * no replica that may be promoted.
   *
   * @default false
   */
  readonly evenMembers?: boolean;

  /**
   * Whether the leader waits with every commit until a replica has it, so that a failover loses no acknowledged commit. While there is no replica,
   * the leader goes on alone. Patroni reads it when the database is created; later it is changed with `patronictl edit-config`.
   *
   * @default - true with three members or more
   */
  readonly synchronous?: boolean;

  /**
   * Time after which the lease of a leader that does not renew it ends: a failover after the loss of a node takes about as long. At least `loopWait` and twice
   * `retryTimeout`; whole seconds, at least 20. Patroni reads it, and the two others, when the database is created; later they are changed with `patronictl edit-config`.
   *
   * @default Duration.seconds(30)
   */
  readonly ttl?: Duration;

  /**
   * Time between two looks of a member at the cluster; whole seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly loopWait?: Duration;

  /**
   * Time for which a leader tries to reach the API server and its own server before it gives up its role, unless all members answer it; whole seconds, at least 3.
   *
   * @default Duration.seconds(10)
   */
  readonly retryTimeout?: Duration;

  /**
   * How the pods are spread over nodes. Over zones they are spread as far as there are enough. `affinity` and `topologySpreadConstraints` of `podTemplate` take their place.
   *
   * @default MemberSpread.REQUIRED
   */
  readonly spread?: MemberSpread;

  /**
   * The CA certificates with which Patroni verifies the API server. Python 3.13 and later refuses a CA without the key usage `keyCertSign`, which some clusters have: give the
   * certificate of the API server itself then, or a CA certificate of the same key with it.
   *
   * @default - ConfigMap `kube-root-ca.crt`, which Kubernetes writes into each namespace
   */
  readonly apiServerCas?: TrustSource;

  /**
   * Networks in which the API server listens, in CIDR notation, for the egress of the NetworkPolicy: the addresses of the EndpointSlice `kubernetes`.
   *
   * @default - all
   */
  readonly apiServerCidrs?: string[];

  /**
   * Ports at which the API server listens, of the EndpointSlice `kubernetes`.
   *
   * @default [443, 6443]
   */
  readonly apiServerPorts?: number[];
}
