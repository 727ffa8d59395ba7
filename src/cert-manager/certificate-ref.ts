import { IConstruct } from 'constructs';

/** A certificate and its private key in a Secret, owned by this app or not. */
export interface ICertificate extends IConstruct {
  /** Name of the Secret that holds the certificate. */
  readonly secretName: string;

  /**
   * Namespace of the Secret.
   *
   * @default - the namespace in which the manifests are applied
   */
  readonly secretNamespace?: string;

  /** Keys that the Secret will hold, for example `tls.crt`. */
  readonly secretKeys: string[];
}
