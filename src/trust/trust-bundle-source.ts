import { IConfigMap, ISecret } from 'cdk8s-plus-27';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';

/** A source of CA certificates for a trust bundle: exactly one place, as trust-manager requires. */
export class TrustBundleSource {
  /**
   * CA certificates that are pinned in the manifest; later changes at their origin are not picked up.
   *
   * @param pem one or more CA certificates in PEM
   */
  public static fromPem(pem: string): TrustBundleSource {
    checkArguments('TrustBundleSource.fromPem', pem);
    return new TrustBundleSource({ pem });
  }

  /** A key of a ConfigMap in the trust namespace of trust-manager. */
  public static fromConfigMapName(name: string, key: string = 'ca.crt'): TrustBundleSource {
    checkArguments('TrustBundleSource.fromConfigMapName', name, key);
    return new TrustBundleSource({ kind: 'ConfigMap', name, key });
  }

  /** A key of a Secret in the trust namespace of trust-manager. */
  public static fromSecretName(name: string, key: string = 'ca.crt'): TrustBundleSource {
    checkArguments('TrustBundleSource.fromSecretName', name, key);
    return new TrustBundleSource({ kind: 'Secret', name, key });
  }

  /** A key of a ConfigMap, which is in the trust namespace of trust-manager; one of this app in another namespace is an error (PGTLS-E30). */
  public static fromConfigMap(configMap: IConfigMap, key: string = 'ca.crt'): TrustBundleSource {
    checkArguments('TrustBundleSource.fromConfigMap', configMap, key);
    return new TrustBundleSource({ kind: 'ConfigMap', name: configMap.name, key });
  }

  /** A key of a Secret, which is in the trust namespace of trust-manager; one of this app in another namespace is an error (PGTLS-E30). */
  public static fromSecret(secret: ISecret, key: string = 'ca.crt'): TrustBundleSource {
    checkArguments('TrustBundleSource.fromSecret', secret, key);
    return new TrustBundleSource({ kind: 'Secret', name: secret.name, key });
  }

  /** The public CA certificates in the default package of trust-manager. */
  public static defaultCas(): TrustBundleSource {
    return new TrustBundleSource({});
  }

  private constructor(
    /** @internal */
    public readonly _place: TrustPlace,
  ) {}

  /**
   * The same place, known to contain the root CA certificate of an issuer.
   *
   * @internal
   */
  public _rootOf(issuer: IIssuer): TrustBundleSource {
    return new TrustBundleSource({ ...this._place, issuer });
  }
}

/**
 * The issuers whose certificates the sources verify; undefined if that of a source is not known.
 *
 * @internal
 */
export function knownIssuers(places: ReadonlyArray<TrustPlace>): IIssuer[] | undefined {
  const issuers = places.flatMap(({ issuer }) => (issuer === undefined ? [] : [issuer]));
  return issuers.length === places.length ? issuers : undefined;
}

/** @internal */
export interface TrustPlace {
  readonly issuer?: IIssuer;
  readonly pem?: string;
  readonly kind?: 'ConfigMap' | 'Secret';
  readonly name?: string;
  readonly key?: string;
}
