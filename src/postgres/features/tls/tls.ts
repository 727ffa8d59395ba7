import { Duration } from 'cdk8s';
import { ClientCa } from './client-ca';
import { ServerNames } from './server-names';
import { CertificateRevocationList, TlsProtocolVersion } from './tls-options';
import { IIssuer, PrivateKey, X509Subject } from '../../../cert-manager';
import { TrustSource } from '../../../trust';

/** Options of one certificate of a database. */
export interface PostgresCertificateOptions {
  /**
   * The issuer.
   *
   * @default - `tls.issuer` for the server; `tls.clientCa` for client certificates
   */
  readonly issuer?: IIssuer;

  /**
   * Name of the Secret.
   *
   * @default - database name, `server`, `client` or `metrics-exporter`, and `cert`, joined by hyphens
   */
  readonly secretName?: string;

  /**
   * Parts of the subject in addition to the common name, which is the name of the database for the server and the role for the others.
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
   * Time before expiry at which the certificate is renewed.
   *
   * @default - a third of the lifetime
   */
  readonly renewBefore?: Duration;

  /**
   * Host names in addition to those of `tls.serverNames`.
   *
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * IP addresses in addition to those of `tls.serverNames`.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * URIs in the certificate (subject alternative names).
   *
   * @default - none
   */
  readonly uris?: string[];

  /**
   * Email addresses in the certificate (subject alternative names).
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

/** Options of each certificate of a database. KubeDB has a list of them, by `alias`; here every alias is a property. */
export interface PostgresCertificates {
  /**
   * The certificate that the server presents to its clients.
   *
   * @default - no options
   */
  readonly server?: PostgresCertificateOptions;

  /**
   * The certificate with which clients log in as `postgres`; only if `superuserAccess` is by certificate.
   *
   * @default - no options
   */
  readonly client?: PostgresCertificateOptions;

  /**
   * The certificate of the metrics exporter, KubeDB's `metrics-exporter`; only with `monitor`.
   *
   * @default - no options
   */
  readonly metricsExporter?: PostgresCertificateOptions;
}

/** Certificates and TLS settings of a database. */
export interface PostgresTls {
  /** The issuer of the server's certificate. */
  readonly issuer: IIssuer;

  /**
   * The names on the server's certificate: in addition to those inside the cluster, or only these. `endpoint` and the exporter use one of them.
   *
   * @default - ServerNames.also([]): the names inside the cluster
   */
  readonly serverNames?: ServerNames;

  /**
   * The CA of the client certificates: of applications, the superuser and the exporter. If given, the CA is created also while the server requires
   * no certificates, so that clients can get theirs first.
   *
   * @default - ClientCa.dedicated() if something logs in with a certificate
   */
  readonly clientCa?: ClientCa;

  /**
   * Options of the certificates.
   *
   * @default - none
   */
  readonly certificates?: PostgresCertificates;

  /**
   * The CAs whose client certificates the server accepts (`ssl_ca_file`). Use a bundle for a CA that may be rotated: only a bundle can hold two
   * CAs at a time.
   *
   * @default - TrustSource.fromIssuedSecret(): the CA certificate of `clientCa`
   */
  readonly trustedClientCas?: TrustSource;

  /**
   * The CAs with which clients verify the server (`sslrootcert`).
   *
   * @default - TrustSource.fromIssuedSecret(): `ca.crt` in the Secret of the server's certificate
   */
  readonly trustedServerCas?: TrustSource;

  /**
   * The oldest TLS version that the server accepts (`ssl_min_protocol_version`).
   *
   * @default TlsProtocolVersion.TLS_1_3
   */
  readonly minProtocolVersion?: TlsProtocolVersion;

  /**
   * The newest TLS version that the server accepts (`ssl_max_protocol_version`).
   *
   * @default - any
   */
  readonly maxProtocolVersion?: TlsProtocolVersion;

  /**
   * Ciphers for TLS 1.2, as an OpenSSL cipher list (`ssl_ciphers`); no effect on TLS 1.3.
   *
   * @default - PostgreSQL's: `HIGH:MEDIUM:+3DES:!aNULL`
   */
  readonly ciphers?: string;

  /**
   * Cipher suites for TLS 1.3, for example `TLS_AES_256_GCM_SHA384` (`ssl_tls13_ciphers`); PostgreSQL 18 and later.
   *
   * @default - OpenSSL's
   */
  readonly cipherSuites?: string[];

  /**
   * Groups for the key exchange, for example `X25519` (`ssl_groups`, before 18 `ssl_ecdh_curve`): a list from PostgreSQL 18 on, one before.
   *
   * @default - PostgreSQL's: `X25519:prime256v1` from 18 on, `prime256v1` before
   */
  readonly groups?: string[];

  /**
   * CRL for client certificates (`ssl_crl_file`). A change is loaded without a restart.
   *
   * @default - none
   */
  readonly certificateRevocationList?: CertificateRevocationList;
}
