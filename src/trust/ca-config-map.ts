import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { renderCaConfigMap } from './trust-bundle-manifest';
import { ITrustBundle } from './trust-bundle-ref';
import { knownIssuers, TrustBundleSource } from './trust-bundle-source';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { RenderedOnce, TreeValidation } from '../verification';

/** Properties of a CaConfigMap. */
export interface CaConfigMapProps {
  /**
   * Metadata of the object.
   *
   * @default - the construct id as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The certificates: `TrustBundleSource.fromPem`, or the `root` of a TrustedCa that has such a source. */
  readonly sources: TrustBundleSource[];

  /**
   * Key of the certificates in PEM.
   *
   * @default ca.crt
   */
  readonly key?: string;
}

/**
 * A ConfigMap with CA certificates, in the namespace of the chart: a trust bundle for clusters without trust-manager. Its certificates are in the
 * manifest, because without trust-manager nothing reads them from other objects.
 *
 * @throws if a source refers to an object
 */
export class CaConfigMap extends Construct implements ITrustBundle {
  public readonly bundleName: string;
  public readonly key: string;
  public readonly isSecret: boolean = false;
  public readonly bundleNamespace?: string;
  public readonly issuers?: IIssuer[];

  public constructor(scope: Construct, id: string, props: CaConfigMapProps) {
    checkArguments('CaConfigMap', scope, id, props);
    super(scope, id);
    const { sources, metadata, key = 'ca.crt' } = props;
    const places = sources.map(({ _place }) => _place);
    const reference = places.findIndex(({ pem }) => pem === undefined);
    if (reference !== -1) {
      const { kind, name } = places[reference]!;
      throw new Error(`[${this.node.path}] sources[${reference}] is ${kind === undefined ? 'the default package of trust-manager' : `${kind} '${name}'`}, which only trust-manager reads; `
        + 'use TrustBundleSource.fromPem(), or a TrustBundle');
    }
    const object = new RenderedOnce(this, 'Resource', renderCaConfigMap({ name: id, metadata, key, sources: places }));
    this.bundleName = object.name;
    this.bundleNamespace = object.metadata.namespace;
    this.key = key;
    this.issuers = knownIssuers(places);
    TreeValidation.of(this);
  }
}
