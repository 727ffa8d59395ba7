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
   * @default - the construct id as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The issuer of the certificate. */
  readonly issuer: IIssuer;

  /**
   * Name of the Secret to which cert-manager writes the certificate and the private key.
   *
   * @default - the name of the Certificate
   */
  readonly secretName?: string;

  /**
   * Common name of the subject: at most 64 bytes. The authentication method `cert` of PostgreSQL compares it with the role name.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * Subject fields other than the common name.
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
   * DNS names (SAN): host names for which the certificate is valid.
   *
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * IP addresses (SAN) for which the certificate is valid.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * URIs (SAN) for which the certificate is valid.
   *
   * @default - none
   */
  readonly uris?: string[];

  /**
   * Email addresses (SAN) for which the certificate is valid.
   *
   * @default - none
   */
  readonly emailAddresses?: string[];

  /**
   * Names of other types (SAN) for which the certificate is valid; cert-manager 1.20 and later.
   *
   * @default - none
   */
  readonly otherNames?: OtherName[];

  /**
   * Lifetime of the certificate: at least one hour.
   *
   * @default Duration.days(90)
   */
  readonly duration?: Duration;

  /**
   * How long before its expiry the certificate is renewed: at least five minutes and less than `duration`.
   *
   * @default - a third of `duration`, unless `renewBeforePercentage` is set
   */
  readonly renewBefore?: Duration;

  /**
   * Remaining lifetime at the renewal, as a percentage (1 to 99) of the actual lifetime, for issuers that do not use `duration`.
   *
   * @default - `renewBefore` is used
   */
  readonly renewBeforePercentage?: number;

  /**
   * Whether cert-manager renews the certificate; cert-manager 1.21 and later.
   *
   * @default - it does
   */
  readonly renewalPolicy?: RenewalPolicy;

  /**
   * Time windows for renewals; cert-manager 1.21 and later.
   *
   * @default - any time
   */
  readonly renewalWindows?: RenewalWindow[];

  /**
   * Whether it is a CA certificate, which can sign other certificates.
   *
   * @default false
   */
  readonly isCa?: boolean;

  /**
   * Key usages and extended key usages.
   *
   * @default - for a CA certificate: cert sign, crl sign and digital signature; otherwise: digital signature and key encipherment
   */
  readonly usages?: KeyUsage[];

  /**
   * Whether the usages are included in the certificate signing request (CSR).
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
   * Signature algorithm of the certificate signing request (CSR).
   *
   * @default - the one that cert-manager selects for the private key
   */
  readonly signatureAlgorithm?: SignatureAlgorithm;

  /**
   * Labels and annotations of the Secret.
   *
   * @default - none
   */
  readonly secretTemplate?: CertificateSecretTemplate;

  /**
   * Additional output formats in the Secret.
   *
   * @default - none
   */
  readonly additionalOutputFormats?: CertificateOutputFormat[];

  /**
   * Keystores in the Secret.
   *
   * @default - none
   */
  readonly keystores?: CertificateKeystores;

  /**
   * Name constraints: the names that a CA may sign; only for CA certificates.
   *
   * @default - every name
   */
  readonly nameConstraints?: NameConstraints;

  /**
   * Number of CertificateRequests that are kept: at least one.
   *
   * @default - the default of cert-manager: one since 1.18
   */
  readonly revisionHistoryLimit?: number;
}
