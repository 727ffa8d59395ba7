import { Duration } from 'cdk8s';
import { SecretValue } from 'cdk8s-plus-27';

/** A format that cert-manager writes into the Secret beside the PEM files. */
export enum CertificateOutputFormat {
  /** `tls-combined.pem`: the key, then the certificate chain. */
  COMBINED_PEM = 'CombinedPEM',
  /** `key.der`: the key in DER, in the encoding of the private key. */
  DER = 'DER',
}

/** Ciphers of a PKCS#12 keystore. */
export enum Pkcs12Profile {
  /** cert-manager's own default; neither OpenSSL 3 nor Java 20 reads it unasked. */
  LEGACY_RC2 = 'LegacyRC2',
  LEGACY_DES = 'LegacyDES',
  MODERN_2023 = 'Modern2023',
  /** cert-manager 1.21 and later; for OpenSSL 3.4 or Java 26 and later. */
  MODERN_2026 = 'Modern2026',
}

/** A Java keystore in the Secret: `keystore.jks` and `truststore.jks`. */
export interface JksKeystore {
  /** The Secret key that holds the keystore's password. */
  readonly password: SecretValue;
  /**
   * Alias of the key pair in the keystore.
   *
   * @default certificate
   */
  readonly alias?: string;
}

/** A PKCS#12 keystore in the Secret: `keystore.p12` and `truststore.p12`. */
export interface Pkcs12Keystore {
  /** The Secret key that holds the keystore's password. */
  readonly password: SecretValue;
  /**
   * Ciphers of the keystore.
   *
   * @default Pkcs12Profile.MODERN_2023
   */
  readonly profile?: Pkcs12Profile;
}

/** Keystores that cert-manager writes into the Secret. Passwords come from another Secret, never from code. */
export interface CertificateKeystores {
  /** @default - none */
  readonly jks?: JksKeystore;
  /** @default - none */
  readonly pkcs12?: Pkcs12Keystore;
}

/** Labels and annotations that cert-manager keeps on the Secret. */
export interface CertificateSecretTemplate {
  /** @default - none */
  readonly labels?: { readonly [name: string]: string };
  /** @default - none */
  readonly annotations?: { readonly [name: string]: string };
}

/** Whether cert-manager renews at all. */
export enum RenewalPolicy {
  RENEW_BEFORE = 'RenewBefore',
  /** Issued once; cert-manager 1.21 and later. */
  DISABLED = 'Disabled',
}

/** A stretch of time in which a renewal should fall. */
export interface RenewalWindow {
  /** Start of the window: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** Length of the window. */
  readonly windowDuration: Duration;
  /**
   * IANA name of the time zone of `cron`.
   *
   * @default UTC
   */
  readonly timezone?: string;
}
