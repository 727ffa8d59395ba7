import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ICertificate, IIssuer, IssuerReferenceOptions } from './issuer-ref';
import { IssuerSource } from './issuer-source';
import { ReferencedIssuer } from './referenced-issuer';
import { checkArguments } from '../checks';
import { CERT_MANAGER_GROUP } from '../pki';
import { clusterScoped, RenderedOnce, TreeValidation } from '../verification';
import { ClusterIssuer as ClusterIssuerObject, ClusterIssuerSpec } from '../../imports/cert-manager.io';

/** Properties of a ClusterIssuer. */
export interface ClusterIssuerProps {
  /**
   * Metadata of the object.
   *
   * @default - the construct id as name
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Type of the issuer and its settings. cert-manager reads the Secrets from its cluster resource namespace, by default `cert-manager`
   * in the Helm chart.
   */
  readonly source: IssuerSource;
}

/**
 * A cert-manager ClusterIssuer: signs Certificates in every namespace.
 *
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export class ClusterIssuer extends Construct implements IIssuer {
  /** Refers to a ClusterIssuer that this app does not declare. */
  public static fromClusterIssuerName(scope: Construct, id: string, issuerName: string, options: IssuerReferenceOptions = {}): IIssuer {
    checkArguments('ClusterIssuer.fromClusterIssuerName', scope, id, issuerName, options);
    return new ReferencedIssuer(scope, id, { ...options, group: CERT_MANAGER_GROUP, kind: 'ClusterIssuer', name: issuerName });
  }

  public readonly issuerName: string;
  public readonly issuerKind = 'ClusterIssuer';
  public readonly issuerGroup = CERT_MANAGER_GROUP;
  public readonly issuerNamespace?: string;
  public readonly providesCaCertificate: boolean;
  public readonly caCertificate?: ICertificate;
  public readonly isOwned?: boolean = true;

  public constructor(scope: Construct, id: string, props: ClusterIssuerProps) {
    checkArguments('ClusterIssuer', scope, id, props);
    super(scope, id);
    const name = props.metadata?.name ?? id;
    const object = clusterScoped(new RenderedOnce(this, 'Resource', {
      ...ClusterIssuerObject.manifest({ metadata: { name, ...props.metadata }, spec: props.source._toSpec(name) as ClusterIssuerSpec }),
    }));
    this.issuerName = object.name;
    this.providesCaCertificate = props.source.providesCaCertificate;
    this.caCertificate = props.source._caCertificate;
    TreeValidation.of(this);
  }
}
