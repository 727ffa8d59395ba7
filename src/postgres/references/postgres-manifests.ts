import { IIssuer } from '../../cert-manager';
import { TrustSource } from '../../trust';

/** The manifests of a database that another repository wrote with this package, as they are committed there. */
export interface PostgresManifests {
  /**
   * Paths of the YAML files. All objects of the database must be in them; others are allowed.
   *
   * @default - `yaml`
   */
  readonly files?: string[];

  /**
   * The text of the manifests, in addition to `files`.
   *
   * @default - none
   */
  readonly yaml?: string;

  /**
   * Name of the database.
   *
   * @default - that of the only database in the manifests
   */
  readonly name?: string;

  /**
   * Namespace of the database.
   *
   * @default - that of the only database of the name
   */
  readonly namespace?: string;

  /**
   * Host for applications: a name on the certificate of the server.
   *
   * @default - the full name of the Service, or the only name on the certificate
   */
  readonly host?: string;

  /**
   * The CAs with which clients verify the server.
   *
   * @default - `ca.crt` in the Secret of the server's certificate, in the namespace of the database; none if its issuer writes none
   */
  readonly trustedServerCas?: TrustSource;

  /**
   * The issuer of client certificates.
   *
   * @default - the issuer of the certificates of clients in the manifests
   */
  readonly clientIssuer?: IIssuer;
}
