import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { TrustBundleKind } from './trust-bundle-kind';
import { renderTrustBundle } from './trust-bundle-manifest';
import { ITrustBundle } from './trust-bundle-ref';
import { knownIssuers, TrustBundleSource } from './trust-bundle-source';
import { TrustBundleTarget } from './trust-bundle-target';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { clusterScoped, RenderedOnce, TreeValidation } from '../verification';

/** Where trust-manager writes a bundle. */
export interface TrustBundleOptions {
  /**
   * The ConfigMap or Secret that the bundle is written to.
   *
   * @default TrustBundleTarget.configMap()
   */
  readonly target?: TrustBundleTarget;

  /**
   * Labels of the namespaces that receive the bundle.
   *
   * @default - every namespace
   */
  readonly namespaceLabels?: { readonly [name: string]: string };

  /**
   * Kind of the trust-manager object.
   *
   * @default TrustBundleKind.BUNDLE
   */
  readonly kind?: TrustBundleKind;
}

/** Properties of a TrustBundle. */
export interface TrustBundleProps extends TrustBundleOptions {
  /**
   * Metadata of the object. Its name is the name of the ConfigMap or Secret in every namespace.
   *
   * @default - the construct id as name
   */
  readonly metadata?: ApiObjectMetadata;

  /** Sources of the certificates: 1 to 100. */
  readonly sources: TrustBundleSource[];
}

/**
 * A bundle of CA certificates that trust-manager distributes to namespaces. It lets all clients and servers trust an old and a new CA at the
 * same time, which a CA rotation requires. Without trust-manager, use a CaConfigMap.
 *
 * @see https://cert-manager.io/docs/trust/trust-manager/
 */
export class TrustBundle extends Construct implements ITrustBundle {
  public readonly bundleName: string;
  public readonly key: string;
  public readonly isSecret: boolean;
  public readonly bundleNamespace?: string;
  public readonly issuers?: IIssuer[];

  public constructor(scope: Construct, id: string, props: TrustBundleProps) {
    checkArguments('TrustBundle', scope, id, props);
    super(scope, id);
    const { kind = TrustBundleKind.BUNDLE, target = TrustBundleTarget.configMap() } = props;
    const sources = props.sources.map(({ _place }) => _place);
    this.bundleName = clusterScoped(new RenderedOnce(this, 'Resource', renderTrustBundle({ ...props, kind, target, sources, name: id }))).name;
    this.key = target.key;
    this.isSecret = target.isSecret;
    this.issuers = knownIssuers(sources);
    TreeValidation.of(this);
  }
}
