import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { TrustBundleKind } from './trust-bundle-kind';
import { renderTrustBundle } from './trust-bundle-manifest';
import { TrustBundleSource } from './trust-bundle-source';
import { TrustBundleTarget } from './trust-bundle-target';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { clusterScoped, RenderedOnce, TreeValidation } from '../verification';

/** Properties of a TrustBundle. */
export interface TrustBundleProps {
  /**
   * Metadata of the object. Its name is the name of the ConfigMap or Secret in every namespace.
   *
   * @default - the construct id is the name
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the certificates come from: one to a hundred places. */
  readonly sources: TrustBundleSource[];

  /**
   * What they are written into.
   *
   * @default TrustBundleTarget.configMap()
   */
  readonly target?: TrustBundleTarget;

  /**
   * Labels of the namespaces that get it.
   *
   * @default - every namespace; the chart's for a ConfigMap
   */
  readonly namespaceLabels?: { readonly [name: string]: string };

  /**
   * What brings it there.
   *
   * @default TrustBundleKind.BUNDLE
   */
  readonly kind?: TrustBundleKind;
}

/**
 * The certificates of authorities, brought into every namespace that needs them: where an authority is to be replaced some day, the
 * only way for everybody to trust the old and the new one at the same time.
 *
 * @see https://cert-manager.io/docs/trust/trust-manager/
 */
export class TrustBundle extends Construct {
  /** Name of the bundle and of what it is written into. */
  public readonly bundleName: string;

  /** Key of the certificates in PEM. */
  public readonly key: string;

  /** Whether it is written into Secrets and not into ConfigMaps. */
  public readonly isSecret: boolean;

  /**
   * The issuers whose certificates it verifies.
   *
   * @default - not all are known
   */
  public readonly issuers?: IIssuer[];

  public constructor(scope: Construct, id: string, props: TrustBundleProps) {
    checkArguments('TrustBundle', scope, id, props);
    super(scope, id);
    const { kind = TrustBundleKind.BUNDLE, target = TrustBundleTarget.configMap(), sources } = props;
    const places = sources.map(({ _place }) => _place);
    if (kind === TrustBundleKind.CONFIG_MAP) {
      const fault = notForConfigMap(props);
      if (fault !== undefined) { throw new Error(`[${this.node.path}] ${fault}; use TrustBundleKind.BUNDLE, which trust-manager carries out`); }
    }
    const object = new RenderedOnce(this, 'Resource', renderTrustBundle({ ...props, kind, target, sources: places, name: id }));
    if (kind !== TrustBundleKind.CONFIG_MAP) { clusterScoped(object); }
    this.bundleName = object.name;
    this.key = target.key;
    this.isSecret = target.isSecret;
    this.issuers = places.some(({ issuer }) => issuer === undefined) ? undefined : places.map(({ issuer }) => issuer!);
    TreeValidation.of(this);
  }
}

/** What a ConfigMap that nobody fills cannot do. */
function notForConfigMap({ sources, target, namespaceLabels }: TrustBundleProps): string | undefined {
  if (sources.some(({ _place }) => _place.pem === undefined)) { return 'a ConfigMap of certificates takes TrustBundleSource.inline() only, got a reference to an object'; }
  if (target?.isSecret) { return 'a ConfigMap of certificates is no Secret, got TrustBundleTarget.secret()'; }
  if (target?.options.pkcs12Key !== undefined) { return `a ConfigMap of certificates holds PEM only, got pkcs12Key '${target.options.pkcs12Key}'`; }
  return namespaceLabels && 'a ConfigMap of certificates stays in its namespace, got namespaceLabels';
}
