import { ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ExternalIssuerReference, ICertificate, IIssuer, NamespacedIssuerReferenceOptions } from './issuer-ref';
import { IssuerSource } from './issuer-source';
import { ReferencedIssuer } from './referenced-issuer';
import { checkArguments } from '../checks';
import { CERT_MANAGER_GROUP } from '../pki';
import { RenderedOnce, TreeValidation } from '../verification';
import { Issuer as IssuerObject } from '../../imports/cert-manager.io';

/** Properties of an Issuer. */
export interface IssuerProps {
  /**
   * Metadata of the object.
   *
   * @default - the construct id as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** Type of the issuer and its settings. */
  readonly source: IssuerSource;
}

/**
 * A cert-manager Issuer: signs Certificates in its own namespace.
 *
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export class Issuer extends Construct implements IIssuer {
  /** Refers to an Issuer that this app does not declare. */
  public static fromIssuerName(scope: Construct, id: string, issuerName: string, options: NamespacedIssuerReferenceOptions = {}): IIssuer {
    checkArguments('Issuer.fromIssuerName', scope, id, issuerName, options);
    return new ReferencedIssuer(scope, id, {
      ...options, group: CERT_MANAGER_GROUP, kind: 'Issuer', name: issuerName, namespace: options.namespace ?? Chart.of(scope).namespace,
    });
  }

  /** Refers to an issuer of another API group. */
  public static fromExternalIssuer(scope: Construct, id: string, reference: ExternalIssuerReference): IIssuer {
    checkArguments('Issuer.fromExternalIssuer', scope, id, reference);
    return new ReferencedIssuer(scope, id, reference);
  }

  public readonly issuerName: string;
  public readonly issuerKind = 'Issuer';
  public readonly issuerGroup = CERT_MANAGER_GROUP;
  public readonly issuerNamespace?: string;
  public readonly providesCaCertificate: boolean;
  public readonly caCertificate?: ICertificate;
  public readonly isOwned?: boolean = true;

  public constructor(scope: Construct, id: string, props: IssuerProps) {
    checkArguments('Issuer', scope, id, props);
    super(scope, id);
    const name = props.metadata?.name ?? id;
    const object = new RenderedOnce(this, 'Resource', {
      ...IssuerObject.manifest({ metadata: { name, ...props.metadata }, spec: props.source._toSpec(name) }),
    });
    this.issuerName = object.name;
    this.issuerNamespace = object.metadata.namespace;
    this.providesCaCertificate = props.source.providesCaCertificate;
    this.caCertificate = props.source._caCertificate;
    TreeValidation.of(this);
  }
}
