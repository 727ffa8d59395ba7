/** Options of a source that signs with each certificate's own key. */
export interface SelfSignedIssuerOptions {
  /**
   * URLs of the revocation lists to name in issued certificates.
   *
   * @default - none
   */
  readonly crlDistributionPoints?: string[];
}

/** Options of a source that signs with an authority's key pair. */
export interface CaIssuerOptions {
  /**
   * URLs of the revocation lists to name in issued certificates.
   *
   * @default - none
   */
  readonly crlDistributionPoints?: string[];

  /**
   * URLs of the OCSP responders to name in issued certificates.
   *
   * @default - none
   */
  readonly ocspServers?: string[];

  /**
   * URLs at which the authority's own certificate can be fetched, to name in issued certificates.
   *
   * @default - none
   */
  readonly issuingCertificateUrls?: string[];
}
