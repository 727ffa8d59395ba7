import { Duration } from 'cdk8s';
import { CertificateAlias } from './ssl-mode';
import { IIssuer } from '../cert-manager/issuer';
import { PrivateKey } from '../cert-manager/private-key';
import { X509Subject } from '../cert-manager/x509';

/** What is special about one certificate of a database. */
export interface PostgresCertificateOptions {
  /** Which certificate this is about. Each can be named once. */
  readonly alias: CertificateAlias;

  /**
   * Who signs this certificate.
   *
   * @default - the issuer of all certificates of the database
   */
  readonly issuer?: IIssuer;

  /**
   * Name of the Secret.
   *
   * @default - database name, alias and `cert`, joined by hyphens
   */
  readonly secretName?: string;

  /**
   * Parts of the subject beside the common name, which is the database for the server and the role for the others.
   *
   * @default - none
   */
  readonly subject?: X509Subject;

  /**
   * Lifetime: at least one hour.
   *
   * @default Duration.days(90)
   */
  readonly duration?: Duration;

  /**
   * How long before its end the certificate is renewed.
   *
   * @default - a third of the lifetime
   */
  readonly renewBefore?: Duration;

  /**
   * Host names beside those of the database's Services.
   *
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * IP addresses beside the loopback ones.
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
   * The private key.
   *
   * @default PrivateKey.ecdsa(256)
   */
  readonly privateKey?: PrivateKey;
}

/** TLS of a database. */
export interface PostgresTls {
  /** Who signs the certificates of the database, unless one names another issuer. */
  readonly issuer: IIssuer;

  /**
   * What is special about single certificates.
   *
   * @default - nothing
   */
  readonly certificates?: PostgresCertificateOptions[];
}
