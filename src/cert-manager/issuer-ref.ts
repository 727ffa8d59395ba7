import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';

/** An Issuer, a ClusterIssuer or an external issuer, declared in this app or not. */
export interface IIssuer extends IConstruct {
  /** Name of the issuer object. */
  readonly issuerName: string;

  /** Kind of the issuer object, for example `Issuer`. */
  readonly issuerKind: string;

  /** API group of the issuer object, for example `cert-manager.io`. */
  readonly issuerGroup: string;

  /**
   * The only namespace in which Certificates can use the issuer.
   *
   * @default - every namespace
   */
  readonly issuerNamespace?: string;

  /** Whether the Secrets of its certificates contain `ca.crt`; those of an ACME issuer do not. */
  readonly providesCaCertificate: boolean;

  /**
   * The CA certificate that it signs with. Its issuer, if known, leads to the next CA, up to the root.
   *
   * @default - undefined if it is not a CA issuer of this app
   */
  readonly caCertificate?: ICertificate;

  /**
   * Whether the construct is the issuer object itself, written by the same app, so that rules check that object. A construct that contains an
   * issuer, such as a CertificateAuthority, is not.
   *
   * @default false
   */
  readonly isOwned?: boolean;
}

/** A certificate and its private key in a Secret, created by this app or not. */
export interface ICertificate extends IConstruct {
  /** Name of the Secret that holds the certificate. */
  readonly secretName: string;

  /**
   * Namespace of the Secret.
   *
   * @default - the namespace in which the manifests are applied
   */
  readonly secretNamespace?: string;

  /** Keys in the Secret, for example `tls.crt`. */
  readonly secretKeys: string[];

  /**
   * Name of the Certificate object.
   *
   * @default - undefined if this app does not create it
   */
  readonly certificateName?: string;

  /**
   * The issuer of the certificate.
   *
   * @default - undefined if this app does not create the certificate
   */
  readonly issuer?: IIssuer;

  /**
   * How long before its expiry the certificate is renewed. Of a CA certificate it is the maximum lifetime of the certificates that the CA signs.
   *
   * @default - undefined if this app does not create the certificate, or if it is never renewed
   */
  readonly renewBefore?: Duration;
}

/** Properties of an issuer that this app does not declare. */
export interface IssuerReferenceOptions {
  /**
   * Whether the Secrets of its certificates contain `ca.crt`. Set false for an ACME issuer.
   *
   * @default true
   */
  readonly providesCaCertificate?: boolean;
}

/** Properties of an Issuer that this app does not declare. */
export interface NamespacedIssuerReferenceOptions extends IssuerReferenceOptions {
  /**
   * Namespace of the Issuer, which alone can have Certificates of it.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;
}

/** An external issuer of cert-manager, with an API group of its own. */
export interface ExternalIssuerReference extends IssuerReferenceOptions {
  /** API group of the issuer, for example `awspca.cert-manager.io`. */
  readonly group: string;

  /** Kind of the issuer, for example `AWSPCAClusterIssuer`. */
  readonly kind: string;

  /** Name of the issuer object. */
  readonly name: string;
}
