import { IConfigMap, ISecret } from 'cdk8s-plus-27';
import { ITrustBundle } from './trust-bundle-ref';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';

/** Source of the CA certificates that a client or server trusts. */
export class TrustSource {
  /**
   * `ca.crt` in the Secret of a Certificate. It contains one CA certificate, as of the last issuance: sufficient unless the CA is replaced.
   */
  public static fromIssuedSecret(): TrustSource {
    return new TrustSource('ca.crt', {});
  }

  /** The ConfigMap or Secret that a trust bundle writes to the namespace. */
  public static fromBundle(bundle: ITrustBundle): TrustSource {
    checkArguments('TrustSource.fromBundle', bundle);
    return new TrustSource(bundle.key, {
      [bundle.isSecret ? 'secretName' : 'configMapName']: bundle.bundleName,
      issuers: bundle.issuers,
      bundle,
    });
  }

  /** A key of a ConfigMap in the namespace of its reader. */
  public static fromConfigMapName(name: string, key: string = 'ca.crt'): TrustSource {
    checkArguments('TrustSource.fromConfigMapName', name, key);
    return new TrustSource(key, { configMapName: name });
  }

  /** A key of a Secret in the namespace of its reader. */
  public static fromSecretName(name: string, key: string = 'ca.crt'): TrustSource {
    checkArguments('TrustSource.fromSecretName', name, key);
    return new TrustSource(key, { secretName: name });
  }

  /** A key of a ConfigMap, which is in the namespace of its reader. */
  public static fromConfigMap(configMap: IConfigMap, key: string = 'ca.crt'): TrustSource {
    checkArguments('TrustSource.fromConfigMap', configMap, key);
    return new TrustSource(key, { configMapName: configMap.name });
  }

  /** A key of a Secret, which is in the namespace of its reader. */
  public static fromSecret(secret: ISecret, key: string = 'ca.crt'): TrustSource {
    checkArguments('TrustSource.fromSecret', secret, key);
    return new TrustSource(key, { secretName: secret.name });
  }

  /**
   * Name of the ConfigMap.
   *
   * @default - undefined if the source is not a ConfigMap
   */
  public readonly configMapName?: string;

  /**
   * Name of the Secret.
   *
   * @default - undefined if the source is not a Secret, or if it is the Secret of the Certificate
   */
  public readonly secretName?: string;

  /**
   * The issuers whose certificates can be verified with it.
   *
   * @default - undefined if they are not known
   */
  public readonly issuers?: IIssuer[];

  private readonly bundle?: ITrustBundle;

  private constructor(
    /** Key in the ConfigMap or Secret, with certificates in PEM. */
    public readonly key: string,
    { configMapName, secretName, issuers, bundle }: { configMapName?: string; secretName?: string; issuers?: IIssuer[]; bundle?: ITrustBundle },
  ) {
    this.configMapName = configMapName;
    this.secretName = secretName;
    this.issuers = issuers;
    this.bundle = bundle;
  }

  /**
   * Whether it is known to be in a namespace: a bundle that is distributed, whose labels of namespaces the rules check.
   *
   * @internal
   */
  public _isIn(namespace: string): boolean {
    return this.bundle !== undefined && (this.bundle.bundleNamespace ?? namespace) === namespace;
  }

  /** Whether the source is the Secret of each Certificate, and not one common object. */
  public get isIssuedSecret(): boolean {
    return this.configMapName === undefined && this.secretName === undefined;
  }
}
