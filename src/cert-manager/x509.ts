/** Fields of an X.509 subject other than the common name. */
export interface X509Subject {
  /**
   * Organizations (O).
   *
   * @default - none
   */
  readonly organizations?: string[];
  /**
   * Countries (C), as two-letter codes.
   *
   * @default - none
   */
  readonly countries?: string[];
  /**
   * Organizational units (OU).
   *
   * @default - none
   */
  readonly organizationalUnits?: string[];
  /**
   * Localities (L).
   *
   * @default - none
   */
  readonly localities?: string[];
  /**
   * States or provinces (ST).
   *
   * @default - none
   */
  readonly provinces?: string[];
  /**
   * Street addresses (STREET).
   *
   * @default - none
   */
  readonly streetAddresses?: string[];
  /**
   * Postal codes.
   *
   * @default - none
   */
  readonly postalCodes?: string[];
  /**
   * The serialNumber attribute of the subject; not the serial number of the certificate.
   *
   * @default - none
   */
  readonly serialNumber?: string;
}

/** A subject alternative name (SAN) of another type. */
export interface OtherName {
  /** Object identifier (OID) of the type, for example `1.3.6.1.4.1.311.20.2.3`. */
  readonly oid: string;
  /** The value, in UTF-8. */
  readonly utf8Value: string;
}

/** Key usages and extended key usages, by their names in cert-manager. */
export enum KeyUsage {
  SIGNING = 'signing',
  DIGITAL_SIGNATURE = 'digital signature',
  CONTENT_COMMITMENT = 'content commitment',
  KEY_ENCIPHERMENT = 'key encipherment',
  KEY_AGREEMENT = 'key agreement',
  DATA_ENCIPHERMENT = 'data encipherment',
  CERT_SIGN = 'cert sign',
  CRL_SIGN = 'crl sign',
  ENCIPHER_ONLY = 'encipher only',
  DECIPHER_ONLY = 'decipher only',
  ANY = 'any',
  SERVER_AUTH = 'server auth',
  CLIENT_AUTH = 'client auth',
  CODE_SIGNING = 'code signing',
  EMAIL_PROTECTION = 'email protection',
  S_MIME = 's/mime',
  IPSEC_END_SYSTEM = 'ipsec end system',
  IPSEC_TUNNEL = 'ipsec tunnel',
  IPSEC_USER = 'ipsec user',
  TIMESTAMPING = 'timestamping',
  OCSP_SIGNING = 'ocsp signing',
  MICROSOFT_SGC = 'microsoft sgc',
  NETSCAPE_SGC = 'netscape sgc',
}

/** Signature algorithm of the certificate signing request (CSR); the signature on the certificate depends on the key of the issuer. */
export enum SignatureAlgorithm {
  SHA256_WITH_RSA = 'SHA256WithRSA',
  SHA384_WITH_RSA = 'SHA384WithRSA',
  SHA512_WITH_RSA = 'SHA512WithRSA',
  ECDSA_WITH_SHA256 = 'ECDSAWithSHA256',
  ECDSA_WITH_SHA384 = 'ECDSAWithSHA384',
  ECDSA_WITH_SHA512 = 'ECDSAWithSHA512',
  PURE_ED25519 = 'PureEd25519',
}

/** Permitted or excluded names, by type. */
export interface NameConstraintNames {
  /**
   * DNS domains; each covers itself and its subdomains.
   *
   * @default - none
   */
  readonly dnsDomains?: string[];
  /**
   * Networks in CIDR notation.
   *
   * @default - none
   */
  readonly ipRanges?: string[];
  /**
   * Email addresses, or their hosts.
   *
   * @default - none
   */
  readonly emailAddresses?: string[];
  /**
   * Hosts of URIs; with a leading dot only their subdomains.
   *
   * @default - none
   */
  readonly uriDomains?: string[];
}

/**
 * Name constraints: the names that a CA may sign.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.10
 */
export interface NameConstraints {
  /**
   * Whether the extension is critical: a peer that does not support it must reject the chain.
   *
   * @default false
   */
  readonly critical?: boolean;
  /**
   * Permitted names.
   *
   * @default - every name that is not excluded
   */
  readonly permitted?: NameConstraintNames;
  /**
   * Excluded names.
   *
   * @default - none
   */
  readonly excluded?: NameConstraintNames;
}
