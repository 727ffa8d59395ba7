import { checkArguments } from '../checks';

/** What can be said about the object that a bundle is written into. */
export interface TrustBundleTargetOptions {
  /**
   * Labels of the object.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };

  /**
   * Key of a PKCS#12 trust store with the same certificates and no password.
   *
   * @default - none
   */
  readonly pkcs12Key?: string;
}

/** What a bundle is written into, under the bundle's own name. */
export class TrustBundleTarget {
  /** A ConfigMap: a certificate is no secret. */
  public static configMap(key: string = 'ca.crt', options: TrustBundleTargetOptions = {}): TrustBundleTarget {
    checkArguments('TrustBundleTarget.configMap', key, options);
    return new TrustBundleTarget(false, key, options);
  }

  /** A Secret, for programs that read nothing else. trust-manager writes Secrets only where it was told to. */
  public static secret(key: string = 'ca.crt', options: TrustBundleTargetOptions = {}): TrustBundleTarget {
    checkArguments('TrustBundleTarget.secret', key, options);
    return new TrustBundleTarget(true, key, options);
  }

  private constructor(
    /** Whether it is a Secret. */
    public readonly isSecret: boolean,
    /** Key of the certificates in PEM. */
    public readonly key: string,
    /** What is said about the object. */
    public readonly options: TrustBundleTargetOptions,
  ) {}
}
