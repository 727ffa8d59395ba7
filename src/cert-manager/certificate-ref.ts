import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { IIssuer } from './issuer-ref';

/** A certificate and its private key in a Secret, created by this app or not. */
export interface ICertificate extends IConstruct {
  /** Name of the Secret that holds the certificate. */
  readonly secretName: string;

  /**
   * Namespace of the Secret.
   *
   * @default - the namespace in which the manifests are applied
   */
  readonly secretNamespace?: string;

  /** Keys in the Secret, for example `tls.crt`. */
  readonly secretKeys: string[];

  /**
   * Name of the Certificate object.
   *
   * @default - undefined if this app does not create it
   */
  readonly certificateName?: string;

  /**
   * The issuer of the certificate.
   *
   * @default - undefined if this app does not create the certificate
   */
  readonly issuer?: IIssuer;

  /**
   * How long before its expiry the certificate is renewed. Of a CA certificate it is the maximum lifetime of the certificates that the CA signs.
   *
   * @default - undefined if this app does not create the certificate, or if it is never renewed
   */
  readonly renewBefore?: Duration;
}
