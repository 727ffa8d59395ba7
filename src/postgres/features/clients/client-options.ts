import { Duration } from 'cdk8s';
import { ClientPassword } from './client-password';
import { ClientPrivileges } from './client-privileges';
import { CommonRoleOptions } from './role-options';
import { CertificateKeystores, CertificateOutputFormat, PrivateKey, X509Subject } from '../../../cert-manager';

/** Options of the certificate of a client. Its common name is the role. */
export interface ClientCertificateOptions {
  /**
   * Name of the Secret.
   *
   * @default - the name of the Certificate: that of the database, `client`, that of the client as a DNS label, and `cert`, joined by hyphens
   */
  readonly secretName?: string;

  /**
   * Lifetime: at least one hour.
   *
   * @default Duration.days(90)
   */
  readonly duration?: Duration;

  /**
   * Time before expiry at which the certificate is renewed.
   *
   * @default - a third of the lifetime
   */
  readonly renewBefore?: Duration;

  /**
   * Parts of the subject in addition to the common name.
   *
   * @default - none
   */
  readonly subject?: X509Subject;

  /**
   * The private key.
   *
   * @default PrivateKey.ecdsa(256)
   */
  readonly privateKey?: PrivateKey;

  /**
   * Additional formats of the key in the Secret: `CertificateOutputFormat.DER` for drivers in Java, which read PKCS#8 in DER.
   *
   * @default - none
   */
  readonly additionalOutputFormats?: CertificateOutputFormat[];

  /**
   * Keystores in the Secret: PKCS#12 or JKS, with passwords by reference.
   *
   * @default - none
   */
  readonly keystores?: CertificateKeystores;
}

/** A client: an application with a role and a certificate of its own. */
export interface ClientOptions extends CommonRoleOptions {
  /**
   * The database that it may connect to. A client with the privileges of the owner declares it, others need `addDatabase`.
   *
   * @default - the name of the client, unless `databases` is set
   */
  readonly database?: string;

  /**
   * The databases that it may connect to, instead of `database`.
   *
   * @default - `database`
   */
  readonly databases?: string[];

  /**
   * What it may do there.
   *
   * @default ClientPrivileges.owner()
   */
  readonly privileges?: ClientPrivileges;

  /**
   * The schemas that `readWrite` and `readOnly` are for: `public` and schemas that the databases declare.
   *
   * @default - `public`, and all declared schemas
   */
  readonly schemas?: string[];

  /**
   * Networks that it may come from, in CIDR notation, or the keywords `samehost` and `samenet`.
   *
   * @default - every network that the NetworkPolicy allows
   */
  readonly addresses?: string[];

  /**
   * A password instead of a certificate, for clients that cannot use one.
   *
   * @default - none: it logs in with its certificate
   */
  readonly password?: ClientPassword;

  /**
   * Options of its certificate.
   *
   * @default - none
   */
  readonly certificate?: ClientCertificateOptions;
}
