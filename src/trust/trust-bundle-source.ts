import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';

/** Certificates of authorities, and where trust-manager finds them: exactly one place, as it demands. */
export class TrustBundleSource {
  /**
   * Certificates in code. A certificate is no secret; a copy of it does not change behind anybody's back.
   *
   * @param pem one or more certificates in PEM
   */
  public static inline(pem: string): TrustBundleSource {
    checkArguments('TrustBundleSource.inline', pem);
    return new TrustBundleSource({ pem });
  }

  /**
   * A key of a Secret in trust-manager's trust namespace.
   */
  public static secret(name: string, key: string = 'ca.crt'): TrustBundleSource {
    checkArguments('TrustBundleSource.secret', name, key);
    return new TrustBundleSource({ kind: 'Secret', name, key });
  }

  /**
   * A key of a ConfigMap in trust-manager's trust namespace.
   */
  public static configMap(name: string, key: string = 'ca.crt'): TrustBundleSource {
    checkArguments('TrustBundleSource.configMap', name, key);
    return new TrustBundleSource({ kind: 'ConfigMap', name, key });
  }

  /** The public authorities that trust-manager brings along. */
  public static defaultCas(): TrustBundleSource {
    return new TrustBundleSource({});
  }

  private constructor(
    /** @internal */
    public readonly _place: TrustPlace,
  ) {}

  /**
   * The same place, known to hold the root of an issuer.
   *
   * @internal
   */
  public _rootOf(issuer: IIssuer): TrustBundleSource {
    return new TrustBundleSource({ ...this._place, issuer });
  }
}

/** @internal */
export interface TrustPlace {
  readonly issuer?: IIssuer;
  readonly pem?: string;
  readonly kind?: 'ConfigMap' | 'Secret';
  readonly name?: string;
  readonly key?: string;
}
