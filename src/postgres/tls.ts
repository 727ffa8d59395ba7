import { Duration } from 'cdk8s';
import { ClientCa } from './client-ca';
import { CertificateAlias } from './ssl-mode';
import { ServerNames } from './server-names';
import { CertificateRevocationList, TlsProtocolVersion } from './tls-options';
import { IIssuer, PrivateKey, X509Subject } from '../cert-manager';
import { TrustSource } from '../trust';

/** What is special about one certificate of a database. */
export interface PostgresCertificateOptions {
  /** Which certificate this is about. Each can be named once. */
  readonly alias: CertificateAlias;

  /**
   * Who signs this certificate.
   *
   * @default - `tls.issuer` for the server; `tls.clientCa` for what logs in
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
   * Host names beside those of the database's Services. Which names the server has at all is said by `tls.serverNames`.
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
  /** Who signs the certificate of the server. */
  readonly issuer: IIssuer;

  /**
   * The names on the certificate of the server: these beside those inside the cluster, or only these. `endpoint` and the exporter use one of them.
   *
   * @default - ServerNames.also([]): the names inside the cluster
   */
  readonly serverNames?: ServerNames;

  /**
   * Who signs the certificates that log in: clients', the superuser's, the exporter's. Given, the CA is there also before the server asks for
   * certificates, so that clients can have theirs first.
   *
   * @default - ClientCa.dedicated() where something logs in with a certificate
   */
  readonly clientCa?: ClientCa;

  /**
   * What is special about single certificates.
   *
   * @default - nothing
   */
  readonly certificates?: PostgresCertificateOptions[];

  /**
   * The authorities whose client certificates the server takes. Ask for a bundle where they may change: only then can two be trusted at a
   * time.
   *
   * @default - TrustSource.fromIssuedSecret(): the certificate of `clientCa`
   */
  readonly clientAuthorities?: TrustSource;

  /**
   * The authorities with which clients verify the server.
   *
   * @default - TrustSource.fromIssuedSecret(): `ca.crt` in the Secret of the server's certificate
   */
  readonly serverAuthorities?: TrustSource;

  /**
   * The oldest protocol that the server speaks.
   *
   * @default TlsProtocolVersion.TLS_1_3
   */
  readonly minProtocolVersion?: TlsProtocolVersion;

  /**
   * The newest protocol that the server speaks.
   *
   * @default - any
   */
  readonly maxProtocolVersion?: TlsProtocolVersion;

  /**
   * Ciphers for TLS 1.2, as an OpenSSL cipher list; useless above.
   *
   * @default - PostgreSQL's: `HIGH:MEDIUM:+3DES:!aNULL`
   */
  readonly ciphers?: string;

  /**
   * Cipher suites for TLS 1.3, for example `TLS_AES_256_GCM_SHA384`; PostgreSQL 18 and later.
   *
   * @default - OpenSSL's
   */
  readonly cipherSuites?: string[];

  /**
   * Groups for the key exchange, for example `X25519`: a list from PostgreSQL 18 on, one before.
   *
   * @default - PostgreSQL's: `X25519:prime256v1` from 18 on, `prime256v1` before
   */
  readonly groups?: string[];

  /**
   * Client certificates that are not valid any more. A changed list is taken over without a restart.
   *
   * @default - none
   */
  readonly certificateRevocationList?: CertificateRevocationList;
}
