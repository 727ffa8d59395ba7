/** Parts of an X.509 subject beside the common name. */
export interface X509Subject {
  /** @default - none */
  readonly organizations?: string[];
  /** @default - none */
  readonly countries?: string[];
  /** @default - none */
  readonly organizationalUnits?: string[];
  /** @default - none */
  readonly localities?: string[];
  /** @default - none */
  readonly provinces?: string[];
  /** @default - none */
  readonly streetAddresses?: string[];
  /** @default - none */
  readonly postalCodes?: string[];
  /**
   * The serialNumber attribute of the subject, not the certificate's serial number.
   *
   * @default - none
   */
  readonly serialNumber?: string;
}

/** A subject alternative name of a type that has no list of its own. */
export interface OtherName {
  /** Dotted object identifier of the type, for example `1.3.6.1.4.1.311.20.2.3`. */
  readonly oid: string;
  /** The value. */
  readonly utf8Value: string;
}

/** What a certificate may be used for, by cert-manager's names. */
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

/** Algorithm of the signature on the certificate request; the issuer's own key decides the one on the certificate. */
export enum SignatureAlgorithm {
  SHA256_WITH_RSA = 'SHA256WithRSA',
  SHA384_WITH_RSA = 'SHA384WithRSA',
  SHA512_WITH_RSA = 'SHA512WithRSA',
  ECDSA_WITH_SHA256 = 'ECDSAWithSHA256',
  ECDSA_WITH_SHA384 = 'ECDSAWithSHA384',
  ECDSA_WITH_SHA512 = 'ECDSAWithSHA512',
  PURE_ED25519 = 'PureEd25519',
}

/** Names of one kind of constraint, by type of name. */
export interface NameConstraintNames {
  /** @default - none */
  readonly dnsDomains?: string[];
  /**
   * Networks in CIDR notation.
   *
   * @default - none
   */
  readonly ipRanges?: string[];
  /** @default - none */
  readonly emailAddresses?: string[];
  /** @default - none */
  readonly uriDomains?: string[];
}

/** The names that an authority may sign for. */
export interface NameConstraints {
  /**
   * Whether a peer that does not know the extension must refuse the chain.
   *
   * @default false
   */
  readonly critical?: boolean;
  /** @default - every name that is not excluded */
  readonly permitted?: NameConstraintNames;
  /** @default - none */
  readonly excluded?: NameConstraintNames;
}
