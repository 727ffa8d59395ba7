import { ClientCertificateOptions } from '../features/clients/client-options';
import { ClientPassword } from '../features/clients/client-password';

/** A client that another repository declares. */
export interface ReferencedClientOptions {
  /**
   * The database that it connects to.
   *
   * @default - of a database by its manifests, the only one that it may connect to, or the one of its name; otherwise the name of the client
   */
  readonly database?: string;

  /**
   * The databases that it connects to, instead of `database`.
   *
   * @default - `database`
   */
  readonly databases?: string[];

  /**
   * Name of a Secret of this namespace that contains its certificate already.
   *
   * @default - of a database by its manifests and in its namespace, the Secret of the client there; otherwise a Certificate of this app is issued
   */
  readonly secretName?: string;

  /**
   * Options of the certificate that this app issues.
   *
   * @default - none
   */
  readonly certificate?: ClientCertificateOptions;

  /**
   * The password, in a Secret of this namespace, for a client that logs in with one.
   *
   * @default - none: it logs in with its certificate
   */
  readonly password?: ClientPassword;
}
