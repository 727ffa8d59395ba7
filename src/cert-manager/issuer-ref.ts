import { IConstruct } from 'constructs';

/** Something that Certificates can be issued by: an Issuer, a ClusterIssuer or an external issuer, owned or not. */
export interface IIssuer extends IConstruct {
  /** Name of the issuer object. */
  readonly issuerName: string;

  /** Kind of the issuer object, for example `Issuer`. */
  readonly issuerKind: string;

  /** API group of the issuer object, for example `cert-manager.io`. */
  readonly issuerGroup: string;

  /**
   * The only namespace whose Certificates can use it.
   *
   * @default - every namespace
   */
  readonly issuerNamespace?: string;

  /** Whether the Secrets of its certificates hold `ca.crt`; an ACME issuer's do not. */
  readonly providesCaCertificate: boolean;

  /**
   * Whether the issuer object is written by the same app, so that rules check the object itself.
   *
   * @default false
   */
  readonly isOwned?: boolean;
}

/** What can be said about an issuer that this app does not define. */
export interface IssuerReferenceOptions {
  /**
   * Whether the Secrets of its certificates hold `ca.crt`. Say false for ACME.
   *
   * @default true
   */
  readonly providesCaCertificate?: boolean;
}

/** An issuer of an API group of its own, as cert-manager's external issuers are. */
export interface ExternalIssuerReference extends IssuerReferenceOptions {
  /** API group of the issuer, for example `awspca.cert-manager.io`. */
  readonly group: string;

  /** Kind of the issuer, for example `AWSPCAClusterIssuer`. */
  readonly kind: string;

  /** Name of the issuer object. */
  readonly name: string;
}
