import { checkArguments } from '../checks';

/** Options of the object that a bundle is written to. */
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
   * Key of an additional PKCS#12 trust store with the same certificates and without a password.
   *
   * @default - none
   */
  readonly pkcs12Key?: string;
}

/** The object that a bundle is written to; it has the name of the bundle. */
export class TrustBundleTarget {
  /** A ConfigMap. */
  public static configMap(key: string = 'ca.crt', options: TrustBundleTargetOptions = {}): TrustBundleTarget {
    checkArguments('TrustBundleTarget.configMap', key, options);
    return new TrustBundleTarget(false, key, options);
  }

  /** A Secret, for programs that do not read ConfigMaps. trust-manager must be permitted to write Secrets (`secretTargets` in its Helm chart). */
  public static secret(key: string = 'ca.crt', options: TrustBundleTargetOptions = {}): TrustBundleTarget {
    checkArguments('TrustBundleTarget.secret', key, options);
    return new TrustBundleTarget(true, key, options);
  }

  private constructor(
    /** Whether it is a Secret. */
    public readonly isSecret: boolean,
    /** Key of the certificates in PEM. */
    public readonly key: string,
    /** Options of the object. */
    public readonly options: TrustBundleTargetOptions,
  ) {}
}
