import { Duration } from 'cdk8s';
import { SecretValue } from 'cdk8s-plus-27';

/** An additional output format that cert-manager writes into the Secret. */
export enum CertificateOutputFormat {
  /** `tls-combined.pem`: the private key, followed by the certificate chain. */
  COMBINED_PEM = 'CombinedPEM',
  /** `key.der`: the private key in DER, in the encoding of the private key. */
  DER = 'DER',
}

/** Encryption algorithms of a PKCS#12 keystore. */
export enum Pkcs12Profile {
  /** cert-manager's default; OpenSSL 3 and Java 20 do not read it by default. */
  LEGACY_RC2 = 'LegacyRC2',
  LEGACY_DES = 'LegacyDES',
  MODERN_2023 = 'Modern2023',
  /** cert-manager 1.21 and later; for OpenSSL 3.4 or Java 26 and later. */
  MODERN_2026 = 'Modern2026',
}

/** A Java keystore in the Secret: `keystore.jks`, and `truststore.jks` with the CA certificate. */
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

/** A PKCS#12 keystore in the Secret: `keystore.p12`, and `truststore.p12` with the CA certificate. */
export interface Pkcs12Keystore {
  /** The Secret key that holds the keystore's password. */
  readonly password: SecretValue;
  /**
   * Encryption algorithms of the keystore.
   *
   * @default Pkcs12Profile.MODERN_2023
   */
  readonly profile?: Pkcs12Profile;
}

/** Keystores that cert-manager writes into the Secret. Their passwords are read from another Secret. */
export interface CertificateKeystores {
  /**
   * Java keystore.
   *
   * @default - none
   */
  readonly jks?: JksKeystore;
  /**
   * PKCS#12 keystore.
   *
   * @default - none
   */
  readonly pkcs12?: Pkcs12Keystore;
}

/** Labels and annotations that cert-manager sets on the Secret. */
export interface CertificateSecretTemplate {
  /**
   * Labels of the Secret.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Annotations of the Secret.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** Whether cert-manager renews a certificate. */
export enum RenewalPolicy {
  /** Renewed `renewBefore` its expiry. */
  RENEW_BEFORE = 'RenewBefore',
  /** Issued once and never renewed; cert-manager 1.21 and later. */
  DISABLED = 'Disabled',
}

/** A time window for renewals. */
export interface RenewalWindow {
  /** Start of the window as a cron expression: minute, hour, day of month, month, day of week (0 to 6, Sunday is 0). */
  readonly cron: string;
  /** Length of the window; greater than zero. */
  readonly windowDuration: Duration;
  /**
   * IANA name of the time zone of `cron`.
   *
   * @default UTC
   */
  readonly timezone?: string;
}
