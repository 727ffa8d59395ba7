import { ApiObject, ApiObjectMetadata, Chart, Duration } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { CertificateKeystores, CertificateOutputFormat, CertificateSecretTemplate, RenewalPolicy, RenewalWindow } from './certificate-output';
import { IIssuer } from './issuer';
import { PrivateKey } from './private-key';
import { renderCertificateSpec } from './private/certificate-spec';
import { certificateSecretKeys } from './private/secret-keys';
import { KeyUsage, NameConstraints, OtherName, SignatureAlgorithm, X509Subject } from './x509';
import { Certificate as CertificateObject } from '../../imports/cert-manager.io';
import { Session } from '../proofs/private/session';

/** A certificate and its private key in a Secret, owned by this app or not. */
export interface ICertificate extends IConstruct {
  /** Name of the Secret that holds the certificate. */
  readonly secretName: string;

  /**
   * Namespace of the Secret.
   *
   * @default - the namespace in which the manifests are applied
   */
  readonly secretNamespace?: string;

  /** Keys that the Secret will hold, for example `tls.crt`. */
  readonly secretKeys: string[];
}

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

/**
 * A cert-manager Certificate, and the Secret that cert-manager keeps for it.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends Construct implements ICertificate {
  /**
   * Refers to a Secret of the same namespace that holds `tls.crt`, `tls.key` and `ca.crt` and that this app does not make.
   */
  public static fromSecretName(scope: Construct, id: string, secretName: string): ICertificate {
    return new SecretCertificate(scope, id, secretName);
  }

  /** Name of the Certificate object. */
  public readonly certificateName: string;
  public readonly secretName: string;
  public readonly secretNamespace?: string;
  public readonly secretKeys: string[];

  public constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const name = props.metadata?.name ?? id;
    this.secretName = props.secretName ?? name;
    this.secretKeys = certificateSecretKeys(props);
    const object = new ApiObject(this, 'Resource', {
      ...CertificateObject.manifest({ metadata: { name, ...props.metadata }, spec: renderCertificateSpec(props, this.secretName) }),
    });
    this.certificateName = object.name;
    this.secretNamespace = object.metadata.namespace;
    Session.of(this);
  }

  /** The Secret, for cdk8s-plus volumes and environment variables. */
  public get secret(): ISecret {
    return (this.node.tryFindChild('Secret') as ISecret | undefined) ?? Secret.fromSecretName(this, 'Secret', this.secretName);
  }
}

class SecretCertificate extends Construct implements ICertificate {
  public readonly secretNamespace?: string;
  public readonly secretKeys = ['ca.crt', 'tls.crt', 'tls.key'];

  public constructor(scope: Construct, id: string, public readonly secretName: string) {
    super(scope, id);
    this.secretNamespace = Chart.of(this).namespace;
  }
}
