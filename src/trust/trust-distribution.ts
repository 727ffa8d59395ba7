import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { CaConfigMap } from './ca-config-map';
import { TrustBundle, TrustBundleOptions } from './trust-bundle';
import { TrustBundleKind } from './trust-bundle-kind';
import { ITrustBundle } from './trust-bundle-ref';
import { TrustBundleSource } from './trust-bundle-source';
import { checkArguments } from '../checks';

/** How the CA certificates of a CA rotation reach the clients and servers. */
export class TrustDistribution {
  /** trust-manager writes them to ConfigMaps or Secrets, in every namespace or in selected ones. */
  public static trustManager(options: TrustBundleOptions = {}): TrustDistribution {
    checkArguments('TrustDistribution.trustManager', options);
    return new TrustDistribution(options.kind ?? TrustBundleKind.BUNDLE, false, (scope, id, contents) => new TrustBundle(scope, id, { ...options, ...contents }));
  }

  /**
   * They are in a ConfigMap in the namespace of the chart, without trust-manager. Each CA needs a `TrustBundleSource.fromPem`.
   *
   * @param key key of the certificates in PEM
   */
  public static configMap(key: string = 'ca.crt'): TrustDistribution {
    checkArguments('TrustDistribution.configMap', key);
    return new TrustDistribution('ConfigMap', true, (scope, id, contents) => new CaConfigMap(scope, id, { ...contents, key }));
  }

  private constructor(
    /**
     * Kind of the object that holds the certificates, or has them written.
     *
     * @internal
     */
    public readonly _kind: string,
    /**
     * Whether this object has a namespace.
     *
     * @internal
     */
    public readonly _isNamespaced: boolean,
    private readonly make: (scope: Construct, id: string, contents: BundleContents) => ITrustBundle,
  ) {}

  /** @internal */
  public _bundle(scope: Construct, id: string, contents: BundleContents): ITrustBundle {
    return this.make(scope, id, contents);
  }
}

/** @internal */
export interface BundleContents {
  readonly metadata: ApiObjectMetadata;
  readonly sources: TrustBundleSource[];
}
