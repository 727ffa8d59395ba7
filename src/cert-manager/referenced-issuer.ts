import { Construct } from 'constructs';
import { ExternalIssuerReference, IIssuer } from './issuer-ref';

/** An issuer known by name only. */
export class ReferencedIssuer extends Construct implements IIssuer {
  public readonly issuerName: string;
  public readonly issuerKind: string;
  public readonly issuerGroup: string;
  public readonly issuerNamespace?: string;
  public readonly providesCaCertificate: boolean;

  public constructor(scope: Construct, id: string, reference: ExternalIssuerReference & { readonly namespace?: string }) {
    super(scope, id);
    this.issuerName = reference.name;
    this.issuerKind = reference.kind;
    this.issuerGroup = reference.group;
    this.issuerNamespace = reference.namespace;
    this.providesCaCertificate = reference.providesCaCertificate ?? true;
  }
}
