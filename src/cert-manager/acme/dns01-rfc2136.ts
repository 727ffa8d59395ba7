import { SecretValue } from 'cdk8s-plus-27';

/** TSIG algorithm of dynamic updates. */
export enum TsigAlgorithm {
  HMAC_MD5 = 'HMACMD5',
  HMAC_SHA1 = 'HMACSHA1',
  HMAC_SHA256 = 'HMACSHA256',
  HMAC_SHA512 = 'HMACSHA512',
}

/** Transport protocol of dynamic updates. */
export enum Rfc2136Protocol {
  TCP = 'TCP',
  UDP = 'UDP',
}

/** The TSIG key that signs dynamic updates. */
export interface Rfc2136Tsig {
  /** Name of the key on the server. */
  readonly keyName: string;
  /** The Secret key that holds the key, in base64. */
  readonly secret: SecretValue;
  /**
   * TSIG algorithm; the default of cert-manager is HMACMD5.
   *
   * @default TsigAlgorithm.HMAC_SHA256
   */
  readonly algorithm?: TsigAlgorithm;
}

/** Options of a DNS server that accepts dynamic updates (RFC 2136). */
export interface Rfc2136Options {
  /** Address of the server: host or host:port; IPv6 addresses in brackets. */
  readonly nameserver: string;
  /**
   * The TSIG key that signs the updates.
   *
   * @default - updates are not signed
   */
  readonly tsig?: Rfc2136Tsig;
  /**
   * Transport protocol of the updates; cert-manager 1.20 and later.
   *
   * @default Rfc2136Protocol.UDP
   */
  readonly protocol?: Rfc2136Protocol;
}
