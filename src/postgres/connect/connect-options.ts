import { TargetSessionAttributes } from '../client-connection';
import { ClientPassword } from '../features/clients/client-password';
import { PostgresPooler } from '../postgres-pooler';
import { TrustSource } from '../../trust';

/** How a client is connected. */
export interface ConnectOptions {
  /**
   * The database in `PGDATABASE`: one of those of the client.
   *
   * @default - the first of its databases
   */
  readonly database?: string;

  /**
   * Prefix of the environment variables: `ORDERS_` gives `ORDERS_PGHOST`. Required for a second client of one container, since libpq reads the names without a prefix.
   *
   * @default - none
   */
  readonly envPrefix?: string;

  /**
   * Prefix of the names of volumes, name of the directory below `/etc/postgresql-client`, and prefix of the name of a Certificate that is made in the namespace of the workload.
   *
   * @default - that of the database, `client`, and that of the client as a DNS label, joined by hyphens
   */
  readonly name?: string;

  /**
   * Names of the containers that connect; containers that are added later are included by their name.
   *
   * @default - every container, init containers and sidecars included, those that are added later too
   */
  readonly containers?: string[];

  /**
   * The pooler of the database through which it connects, with the same certificate.
   *
   * @default - none: to the database itself
   */
  readonly through?: PostgresPooler;

  /**
   * Whether it connects to the Service of the leader alone, for drivers that take one host, such as node-postgres and sqlx. With several servers it otherwise has the host of
   * each, and finds the leader itself.
   *
   * @default false
   */
  readonly singleHost?: boolean;

  /**
   * Which of the servers the client accepts.
   *
   * @default - TargetSessionAttributes.READ_WRITE with several hosts, otherwise ANY
   */
  readonly targetSessionAttributes?: TargetSessionAttributes;

  /**
   * The CA certificates with which the client verifies the server: a ConfigMap or a Secret in the namespace of the workload. `TrustSource.fromIssuedSecret()` is `ca.crt` of the
   * client's own certificate, for a server with a certificate of the same CA.
   *
   * @default - those of the database, if they are in the namespace of the workload; `ca.crt` of the client's own certificate, if the server's is from the same CA;
   *   otherwise that of a Certificate made for it, if the issuer of the server can be used in the namespace of the workload
   */
  readonly trustedServerCas?: TrustSource;

  /**
   * The password of a client that logs in with one: a Secret in the namespace of the workload that has the same password as that of `addClient`, for example written by the same
   * external secret store.
   *
   * @default - that of the client, whose Secret must be in the namespace of the workload
   */
  readonly password?: ClientPassword;

  /**
   * The group that reads the private key: `fsGroup` of the pod, which the kubelet also gives to other volumes of the pod.
   *
   * @default - `fsGroup` of the pod, or else the group of its containers, or else 65532
   */
  readonly fsGroup?: number;

  /**
   * Whether the platform chooses UID and groups, as OpenShift does: then `fsGroup` is not set.
   *
   * @default false
   */
  readonly arbitraryUserId?: boolean;

  /**
   * Whether a NetworkPolicy in the namespace of the workload allows its connections to the database and to DNS. It isolates the egress of the pods, as `connections.allowTo` of
   * cdk8s-plus does: the pods reach only what this policy or another one allows.
   *
   * @default true, unless the database has a PostgresNetwork.unrestricted
   */
  readonly egressPolicy?: boolean;
}

/** How a client is connected to the pods of a specification. */
export interface PodSpecConnectOptions extends ConnectOptions {
  /** Labels of the pods, by which NetworkPolicies select them. */
  readonly podLabels: { readonly [name: string]: string };
}
