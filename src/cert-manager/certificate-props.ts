import { ApiObjectMetadata, Duration } from 'cdk8s';
import { CertificateKeystores, CertificateOutputFormat, CertificateSecretTemplate, RenewalPolicy, RenewalWindow } from './certificate-output';
import { IIssuer } from './issuer-ref';
import { PrivateKey } from './private-key';
import { KeyUsage, NameConstraints, OtherName, SignatureAlgorithm, X509Subject } from './x509';

/** Properties of a Certificate. */
export interface CertificateProps {
  /**
   * Metadata of the object.
   *
   * @default - the construct id is the name, the chart gives the namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /** Who signs the certificate. */
  readonly issuer: IIssuer;

  /**
   * Name of the Secret that cert-manager writes the key pair into.
   *
   * @default - the name of the Certificate
   */
  readonly secretName?: string;

  /**
   * Common name of the subject: at most 64 bytes. PostgreSQL's `cert` authentication compares it with the role.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * Parts of the subject beside the common name.
   *
   * @default - none
   */
  readonly subject?: X509Subject;

  /**
   * The whole subject as an LDAP distinguished name, most specific part first, instead of `commonName` and `subject`.
   *
   * @default - none
   */
  readonly literalSubject?: string;

  /**
   * Host names that the certificate is valid for.
   *
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * IP addresses that the certificate is valid for.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * URIs that the certificate is valid for.
   *
   * @default - none
   */
  readonly uris?: string[];

  /**
   * Email addresses that the certificate is valid for.
   *
   * @default - none
   */
  readonly emailAddresses?: string[];

  /**
   * Names of other types that the certificate is valid for; cert-manager 1.20 and later.
   *
   * @default - none
   */
  readonly otherNames?: OtherName[];

  /**
   * Lifetime: at least one hour.
   *
   * @default Duration.days(90)
   */
  readonly duration?: Duration;

  /**
   * How long before its end the certificate is renewed: at least five minutes and less than the lifetime.
   *
   * @default - a third of the lifetime, unless `renewBeforePercentage` is given
   */
  readonly renewBefore?: Duration;

  /**
   * The same as a percentage of the actual lifetime, 1 to 99, for issuers that decide the lifetime themselves.
   *
   * @default - `renewBefore` decides
   */
  readonly renewBeforePercentage?: number;

  /**
   * Whether cert-manager renews at all; cert-manager 1.21 and later.
   *
   * @default - it does
   */
  readonly renewalPolicy?: RenewalPolicy;

  /**
   * When a renewal should fall; cert-manager 1.21 and later.
   *
   * @default - any time
   */
  readonly renewalWindows?: RenewalWindow[];

  /**
   * Whether the certificate is an authority that signs others.
   *
   * @default false
   */
  readonly isCa?: boolean;

  /**
   * What the certificate may be used for.
   *
   * @default - for an authority: cert sign, crl sign and digital signature; otherwise: digital signature and key encipherment
   */
  readonly usages?: KeyUsage[];

  /**
   * Whether the usages are written into the certificate request.
   *
   * @default - they are
   */
  readonly encodeUsagesInRequest?: boolean;

  /**
   * The private key.
   *
   * @default PrivateKey.ecdsa(256)
   */
  readonly privateKey?: PrivateKey;

  /**
   * Signature on the certificate request.
   *
   * @default - fits the private key
   */
  readonly signatureAlgorithm?: SignatureAlgorithm;

  /**
   * Labels and annotations of the Secret.
   *
   * @default - none
   */
  readonly secretTemplate?: CertificateSecretTemplate;

  /**
   * Formats to write into the Secret beside PEM.
   *
   * @default - none
   */
  readonly additionalOutputFormats?: CertificateOutputFormat[];

  /**
   * Keystores to write into the Secret.
   *
   * @default - none
   */
  readonly keystores?: CertificateKeystores;

  /**
   * The names that an authority may sign for.
   *
   * @default - every name
   */
  readonly nameConstraints?: NameConstraints;

  /**
   * How many CertificateRequests are kept: at least one.
   *
   * @default - cert-manager's: one since 1.18
   */
  readonly revisionHistoryLimit?: number;
}
