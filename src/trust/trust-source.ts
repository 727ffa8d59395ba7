import { TrustBundle } from './trust-bundle';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';

/** Where somebody gets the certificates of the authorities that they trust. */
export class TrustSource {
  /**
   * `ca.crt` of the Secret that cert-manager writes for a certificate. It is a copy from the day of issue and holds one authority: enough
   * as long as the authority stays.
   */
  public static fromIssuedSecret(): TrustSource {
    return new TrustSource('ca.crt', {});
  }

  /** What a bundle brings into the namespace. */
  public static bundle(bundle: TrustBundle): TrustSource {
    checkArguments('TrustSource.bundle', bundle);
    return new TrustSource(bundle.key, {
      [bundle.isSecret ? 'secretName' : 'configMapName']: bundle.bundleName,
      issuers: bundle.issuers,
    });
  }

  /** A key of a ConfigMap in the namespace of who reads it. */
  public static configMap(name: string, key: string = 'ca.crt'): TrustSource {
    checkArguments('TrustSource.configMap', name, key);
    return new TrustSource(key, { configMapName: name });
  }

  /** A key of a Secret in the namespace of who reads it. */
  public static secret(name: string, key: string = 'ca.crt'): TrustSource {
    checkArguments('TrustSource.secret', name, key);
    return new TrustSource(key, { secretName: name });
  }

  /**
   * Name of the ConfigMap.
   *
   * @default - it is not in a ConfigMap
   */
  public readonly configMapName?: string;

  /**
   * Name of the Secret.
   *
   * @default - it is not in a Secret, or in that of the certificate
   */
  public readonly secretName?: string;

  /**
   * The issuers whose certificates can be verified with it.
   *
   * @default - not known
   */
  public readonly issuers?: IIssuer[];

  private constructor(
    /** Key in the ConfigMap or Secret, with certificates in PEM. */
    public readonly key: string,
    { configMapName, secretName, issuers }: { configMapName?: string; secretName?: string; issuers?: IIssuer[] },
  ) {
    this.configMapName = configMapName;
    this.secretName = secretName;
    this.issuers = issuers;
  }

  /** Whether it is the Secret of a certificate that decides, and not one object for everybody. */
  public get isIssuedSecret(): boolean {
    return this.configMapName === undefined && this.secretName === undefined;
  }
}
