import { checkArguments } from '../checks';

/** Algorithm of a private key. */
export enum PrivateKeyAlgorithm {
  RSA = 'RSA',
  ECDSA = 'ECDSA',
  ED25519 = 'Ed25519',
}

/** How a private key is written into `tls.key`. */
export enum PrivateKeyEncoding {
  /** `BEGIN RSA PRIVATE KEY` or `BEGIN EC PRIVATE KEY`. */
  PKCS1 = 'PKCS1',
  /** `BEGIN PRIVATE KEY`: what libpq, JDBC and Go all read. */
  PKCS8 = 'PKCS8',
}

/** Whether a renewal makes a new private key. */
export enum PrivateKeyRotationPolicy {
  /** The key stays: right for an authority, whose leaves must go on verifying. */
  NEVER = 'Never',
  /** A new key at every issuance: right for a leaf. */
  ALWAYS = 'Always',
}

/** Options of a private key of any algorithm. */
export interface PrivateKeyOptions {
  /**
   * How the key is written.
   *
   * @default PrivateKeyEncoding.PKCS8
   */
  readonly encoding?: PrivateKeyEncoding;

  /**
   * Whether a renewal makes a new key.
   *
   * @default - `Never` for an authority, `Always` for any other certificate
   */
  readonly rotationPolicy?: PrivateKeyRotationPolicy;
}

/** The private key that cert-manager makes for a certificate. */
export class PrivateKey {
  /**
   * An RSA key.
   *
   * @param size 2048 to 8192 bits
   */
  public static rsa(size: number = 2048, options: PrivateKeyOptions = {}): PrivateKey {
    checkArguments('PrivateKey.rsa', size, options);
    return new PrivateKey(PrivateKeyAlgorithm.RSA, size, options);
  }

  /**
   * An ECDSA key on a NIST curve.
   *
   * @param size 256, 384 or 521 bits
   */
  public static ecdsa(size: number = 256, options: PrivateKeyOptions = {}): PrivateKey {
    checkArguments('PrivateKey.ecdsa', size, options);
    return new PrivateKey(PrivateKeyAlgorithm.ECDSA, size, options);
  }

  /**
   * An Ed25519 key. Not for an authority whose servers take SCRAM logins: libpq cannot bind the channel to a certificate that
   * such a key has signed.
   */
  public static ed25519(options: PrivateKeyOptions = {}): PrivateKey {
    checkArguments('PrivateKey.ed25519', options);
    return new PrivateKey(PrivateKeyAlgorithm.ED25519, undefined, options);
  }

  /** How the key is written. */
  public readonly encoding: PrivateKeyEncoding;

  /**
   * Whether a renewal makes a new key.
   *
   * @default - decided by the certificate that uses it
   */
  public readonly rotationPolicy?: PrivateKeyRotationPolicy;

  private constructor(
    /** The algorithm of the key. */
    public readonly algorithm: PrivateKeyAlgorithm,
    /** The size in bits; an Ed25519 key has none. */
    public readonly size: number | undefined,
    options: PrivateKeyOptions,
  ) {
    this.encoding = options.encoding ?? PrivateKeyEncoding.PKCS8;
    this.rotationPolicy = options.rotationPolicy;
  }
}
