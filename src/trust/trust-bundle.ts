import { ApiObjectMetadata } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
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
   * @default - the construct id as name
   */
  readonly metadata?: ApiObjectMetadata;

  /** Sources of the certificates: 1 to 100. */
  readonly sources: TrustBundleSource[];

  /**
   * The ConfigMap or Secret that the bundle is written to.
   *
   * @default TrustBundleTarget.configMap()
   */
  readonly target?: TrustBundleTarget;

  /**
   * Labels of the namespaces that receive the bundle.
   *
   * @default - every namespace; for a ConfigMap the namespace of the chart
   */
  readonly namespaceLabels?: { readonly [name: string]: string };

  /**
   * Kind of object that distributes the bundle.
   *
   * @default TrustBundleKind.BUNDLE
   */
  readonly kind?: TrustBundleKind;
}

/** A trust bundle, defined in the app or elsewhere. */
export interface ITrustBundle extends IConstruct {
  /** Name of the ConfigMaps or Secrets that it is written to. */
  readonly bundleName: string;

  /** Key of the certificates in PEM. */
  readonly key: string;

  /** Whether it is written to Secrets; otherwise to ConfigMaps. */
  readonly isSecret: boolean;

  /**
   * The issuers whose certificates can be verified with it.
   *
   * @default - undefined if not all of them are known
   */
  readonly issuers?: IIssuer[];
}

/**
 * A bundle of CA certificates that trust-manager distributes to namespaces. It lets all clients and servers trust an old and a new CA at the
 * same time, which a CA rotation requires.
 *
 * @throws if the kind is CONFIG_MAP and the sources or options need trust-manager
 * @see https://cert-manager.io/docs/trust/trust-manager/
 */
export class TrustBundle extends Construct implements ITrustBundle {
  /** Name of the bundle, and of the ConfigMaps or Secrets that it is written to. */
  public readonly bundleName: string;

  /** Key of the certificates in PEM. */
  public readonly key: string;

  /** Whether it is written to Secrets; otherwise to ConfigMaps. */
  public readonly isSecret: boolean;

  /**
   * The issuers whose certificates the bundle verifies.
   *
   * @default - undefined if not all of them are known
   */
  public readonly issuers?: IIssuer[];

  public constructor(scope: Construct, id: string, props: TrustBundleProps) {
    checkArguments('TrustBundle', scope, id, props);
    super(scope, id);
    const { kind = TrustBundleKind.BUNDLE, target = TrustBundleTarget.configMap(), sources } = props;
    const places = sources.map(({ _place }) => _place);
    if (kind === TrustBundleKind.CONFIG_MAP) {
      const fault = configMapError(props);
      if (fault !== undefined) { throw new Error(`[${this.node.path}] ${fault}; use TrustBundleKind.BUNDLE (trust-manager)`); }
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

/** What a plain ConfigMap does not support. */
function configMapError({ sources, target, namespaceLabels }: TrustBundleProps): string | undefined {
  if (sources.some(({ _place }) => _place.pem === undefined)) { return 'TrustBundleKind.CONFIG_MAP supports only TrustBundleSource.fromPem(), got a reference to an object'; }
  if (target?.isSecret) { return 'TrustBundleKind.CONFIG_MAP cannot write a Secret, got TrustBundleTarget.secret()'; }
  if (target?.options.pkcs12Key !== undefined) { return `TrustBundleKind.CONFIG_MAP supports only PEM, got pkcs12Key '${target.options.pkcs12Key}'`; }
  return namespaceLabels && 'TrustBundleKind.CONFIG_MAP writes only to the namespace of the chart, got namespaceLabels';
}
