import { IConstruct } from 'constructs';

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
}
