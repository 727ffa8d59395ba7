import { checkArguments } from '../checks';

/** Algorithm of a private key. */
export enum PrivateKeyAlgorithm {
  RSA = 'RSA',
  ECDSA = 'ECDSA',
  ED25519 = 'Ed25519',
}

/** Encoding of the private key in `tls.key`. */
export enum PrivateKeyEncoding {
  /** `BEGIN RSA PRIVATE KEY` or `BEGIN EC PRIVATE KEY`. */
  PKCS1 = 'PKCS1',
  /** `BEGIN PRIVATE KEY`, which libpq, JDBC and Go all read. */
  PKCS8 = 'PKCS8',
}

/** Whether a renewal creates a new private key. */
export enum PrivateKeyRotationPolicy {
  /** The key is kept: for a CA, so that certificates that it has signed stay valid under the renewed CA certificate. */
  NEVER = 'Never',
  /** A new key at every issuance: for a leaf certificate. */
  ALWAYS = 'Always',
}

/** Options of a private key of any algorithm. */
export interface PrivateKeyOptions {
  /**
   * Encoding of the key.
   *
   * @default PrivateKeyEncoding.PKCS8
   */
  readonly encoding?: PrivateKeyEncoding;

  /**
   * Whether a renewal creates a new key.
   *
   * @default - `Never` for a CA certificate, `Always` for any other certificate
   */
  readonly rotationPolicy?: PrivateKeyRotationPolicy;
}

/** The private key that cert-manager generates for a certificate. */
export class PrivateKey {
  /**
   * An RSA key.
   *
   * @param size size in bits: 2048 to 8192
   */
  public static rsa(size: number = 2048, options: PrivateKeyOptions = {}): PrivateKey {
    checkArguments('PrivateKey.rsa', size, options);
    return new PrivateKey(PrivateKeyAlgorithm.RSA, size, options);
  }

  /**
   * An ECDSA key on a NIST curve.
   *
   * @param size size in bits: 256, 384 or 521
   */
  public static ecdsa(size: number = 256, options: PrivateKeyOptions = {}): PrivateKey {
    checkArguments('PrivateKey.ecdsa', size, options);
    return new PrivateKey(PrivateKeyAlgorithm.ECDSA, size, options);
  }

  /**
   * An Ed25519 key. Not for a CA whose servers use SCRAM: libpq cannot use channel binding with a server certificate that is signed by such a
   * key.
   */
  public static ed25519(options: PrivateKeyOptions = {}): PrivateKey {
    checkArguments('PrivateKey.ed25519', options);
    return new PrivateKey(PrivateKeyAlgorithm.ED25519, undefined, options);
  }

  /** Encoding of the key. */
  public readonly encoding: PrivateKeyEncoding;

  /**
   * Whether a renewal creates a new key.
   *
   * @default - depends on the certificate that uses it
   */
  public readonly rotationPolicy?: PrivateKeyRotationPolicy;

  private constructor(
    /** The algorithm of the key. */
    public readonly algorithm: PrivateKeyAlgorithm,
    /** The size in bits; undefined for Ed25519. */
    public readonly size: number | undefined,
    options: PrivateKeyOptions,
  ) {
    this.encoding = options.encoding ?? PrivateKeyEncoding.PKCS8;
    this.rotationPolicy = options.rotationPolicy;
  }
}
