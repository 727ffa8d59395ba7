import { SecretValue } from 'cdk8s-plus-27';
import { AcmeAccountKey } from './acme-account-key';
import { AcmeServerTrust } from './acme-server-trust';
import { AcmeSolver } from './acme-solver';

/** Binds an ACME account to an existing account at the CA. Required by ZeroSSL, Google and many company CAs. */
export interface AcmeExternalAccountBinding {
  /** Identifier of the binding key at the CA. */
  readonly keyId: string;
  /** The Secret key that holds the binding key, in base64url without padding. */
  readonly key: SecretValue;
}

/**
 * Options of an ACME issuer.
 *
 * The Secrets of its certificates do not contain `ca.crt`.
 *
 * @see https://cert-manager.io/docs/configuration/acme/
 */
export interface AcmeIssuerOptions {
  /** URL of the ACME directory, for example `https://acme-v02.api.letsencrypt.org/directory`. */
  readonly server: string;

  /** Solvers that prove control of the names. Empty only if the account is authorized for its names in advance. */
  readonly solvers: AcmeSolver[];

  /**
   * Contact address of the account.
   *
   * @default - none
   */
  readonly email?: string;

  /**
   * Source of the private key of the account.
   *
   * @default AcmeAccountKey.generated()
   */
  readonly accountKey?: AcmeAccountKey;

  /**
   * Binding to an existing account at the CA.
   *
   * @default - none
   */
  readonly externalAccountBinding?: AcmeExternalAccountBinding;

  /**
   * Common name of the preferred root CA if the server offers several chains: at most 64 characters.
   *
   * @default - the server's default chain
   */
  readonly preferredChain?: string;

  /**
   * Certificate profile to request, one of those in the ACME directory; cert-manager 1.18 and later.
   *
   * @default - the server's default profile
   */
  readonly profile?: string;

  /**
   * How the certificate of the server is verified.
   *
   * @default - with the CA certificates in the image of cert-manager
   */
  readonly serverTrust?: AcmeServerTrust;

  /**
   * Whether to request the `duration` of the Certificate from the server. Many servers, including Let's Encrypt, reject such
   * an order.
   *
   * @default false
   */
  readonly requestDuration?: boolean;
}
