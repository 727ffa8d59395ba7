import { SecretValue } from 'cdk8s-plus-27';

/** Signature of dynamic updates. */
export enum TsigAlgorithm {
  HMAC_MD5 = 'HMACMD5',
  HMAC_SHA1 = 'HMACSHA1',
  HMAC_SHA256 = 'HMACSHA256',
  HMAC_SHA512 = 'HMACSHA512',
}

/** Transport of dynamic updates. */
export enum Rfc2136Protocol {
  TCP = 'TCP',
  UDP = 'UDP',
}

/** The key by which updates are signed. */
export interface Rfc2136Tsig {
  /** Name of the key at the server. */
  readonly keyName: string;
  /** The Secret key that holds the key, in base64. */
  readonly secret: SecretValue;
  /**
   * The signature; cert-manager's own default is MD5.
   *
   * @default TsigAlgorithm.HMAC_SHA256
   */
  readonly algorithm?: TsigAlgorithm;
}

/** A DNS server that takes dynamic updates (RFC 2136). */
export interface Rfc2136Options {
  /** Address of the server: host or host:port, an IPv6 address in brackets. */
  readonly nameserver: string;
  /**
   * The key by which updates are signed.
   *
   * @default - updates are not signed
   */
  readonly tsig?: Rfc2136Tsig;
  /**
   * Transport of the updates; cert-manager 1.20 and later.
   *
   * @default Rfc2136Protocol.UDP
   */
  readonly protocol?: Rfc2136Protocol;
}
