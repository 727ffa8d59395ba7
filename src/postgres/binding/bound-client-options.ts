import { ICertificate, PrivateKeyAlgorithm } from '../../cert-manager';
import { TrustSource } from '../../trust';
import { ClientPassword } from '../features/clients/client-password';
import { PostgresClient } from '../postgres-client';

/** A client, and where its files are in the namespace of its application. */
export interface BoundClientOptions {
  /** The client. */
  readonly client: PostgresClient;

  /**
   * Name of the database: one of the client's.
   *
   * @default - the first database of the client
   */
  readonly database?: string;

  /**
   * The client's certificate in the namespace of the application.
   *
   * @default - that of the client, which is in the namespace of the database
   */
  readonly certificate?: ICertificate;

  /**
   * The CAs with which the application verifies the server, in the namespace of the application.
   *
   * @default - those of the database, which are in its namespace
   */
  readonly trustedServerCas?: TrustSource;

  /**
   * The password in the namespace of the application, for a client that logs in with one.
   *
   * @default - that of the client, which is in the namespace of the database
   */
  readonly password?: ClientPassword;

  /**
   * Algorithm of the private key. pgjdbc needs it for a key in PEM.
   *
   * @default PrivateKeyAlgorithm.ECDSA
   */
  readonly keyAlgorithm?: PrivateKeyAlgorithm;
}
