/** Options of a selfSigned issuer. */
export interface SelfSignedIssuerOptions {
  /**
   * URLs of the certificate revocation lists (CRL), written into issued certificates.
   *
   * @default - none
   */
  readonly crlDistributionPoints?: string[];
}

/** Options of a CA issuer. */
export interface CaIssuerOptions {
  /**
   * URLs of the certificate revocation lists (CRL), written into issued certificates.
   *
   * @default - none
   */
  readonly crlDistributionPoints?: string[];

  /**
   * URLs of the OCSP responders, written into issued certificates.
   *
   * @default - none
   */
  readonly ocspServers?: string[];

  /**
   * URLs of the CA certificate, written into issued certificates.
   *
   * @default - none
   */
  readonly issuingCertificateUrls?: string[];
}
