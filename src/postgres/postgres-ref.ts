import type { INetworkPolicyPeer, IPodSelector } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { PostgresEndpoint } from './endpoint';
import { ClientAuthMode, SslMode } from './ssl-mode';
import { IIssuer } from '../cert-manager';
import { TrustSource } from '../trust';

/**
 * A PostgreSQL database, defined in the app or elsewhere: what its clients need to know. It is a peer of NetworkPolicies of cdk8s-plus: `deployment.connections.allowTo(db)`
 * allows the port of PostgreSQL, but not DNS.
 */
export interface IPostgres extends IConstruct, INetworkPolicyPeer, IPodSelector {
  /** Name of the database's Service. */
  readonly name: string;

  /**
   * Namespace of the database.
   *
   * @default - the namespace in which the manifests are applied
   */
  readonly namespace?: string;

  /** Host and port for applications, with a name on the server's certificate. */
  readonly endpoint: PostgresEndpoint;

  /** What the server requires of connections, and what clients are expected to verify. */
  readonly sslMode: SslMode;

  /** How clients authenticate. */
  readonly clientAuthMode: ClientAuthMode;

  /**
   * The CAs with which clients verify the server (`sslrootcert`): a ConfigMap or a Secret in the namespace of the database. Of a Secret mount the key
   * alone: beside it is the server's private key.
   *
   * @default - none without TLS, or if clients verify the server with the public CAs of their system
   */
  readonly trustedServerCas?: TrustSource;

  /**
   * The issuer of client certificates: create a Certificate with it for an application; its common name is the role.
   *
   * @default - none if nothing logs in with a certificate
   */
  readonly clientIssuer?: IIssuer;

  /**
   * Name of the Secret with the password of `postgres`.
   *
   * @default - none, unless `superuserAccess` is by password
   */
  readonly authSecretName?: string;
}

/** A database that this app does not define. */
export interface PostgresAttributes {
  /** Name of the database's Service. */
  readonly name: string;

  /**
   * Namespace of the database.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Host and port. The host must be a name on the server's certificate.
   *
   * @default - port 5432 of the Service: NAME.NAMESPACE.svc.cluster.local, or NAME without a namespace
   */
  readonly endpoint?: PostgresEndpoint;

  /**
   * What the server requires of connections, and what clients are expected to verify.
   *
   * @default SslMode.VERIFY_FULL
   */
  readonly sslMode?: SslMode;

  /**
   * How clients authenticate.
   *
   * @default - ClientAuthMode.CERT with TLS, otherwise ClientAuthMode.SCRAM
   */
  readonly clientAuthMode?: ClientAuthMode;

  /**
   * The CAs with which clients verify the server. A database of this package without `tls.trustedServerCas` has them in
   * `TrustSource.fromSecretName('NAME-server-cert')`.
   *
   * @default - none: the public CAs of the client's system
   */
  readonly trustedServerCas?: TrustSource;

  /**
   * The issuer of client certificates. A database of this package without `tls.clientCa` has the Issuer `NAME-client-ca` in its namespace.
   *
   * @default - none
   */
  readonly clientIssuer?: IIssuer;

  /**
   * Name of the Secret with the password of `postgres`.
   *
   * @default - none
   */
  readonly authSecretName?: string;
}
