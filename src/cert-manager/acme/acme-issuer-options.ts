import { SecretValue } from 'cdk8s-plus-27';
import { AcmeAccountKey } from './acme-account-key';
import { AcmeServerTrust } from './acme-server-trust';
import { AcmeSolver } from './acme-solver';

/** Ties an ACME account to an account that exists at the authority, as ZeroSSL, Google and many company authorities demand. */
export interface AcmeExternalAccountBinding {
  /** Identifier of the binding key at the authority. */
  readonly keyId: string;
  /** The Secret key that holds the binding key, in base64url without padding. */
  readonly key: SecretValue;
}

/**
 * Options of a source that is an ACME server.
 *
 * The Secrets of its certificates hold no `ca.crt`.
 */
export interface AcmeIssuerOptions {
  /** URL of the ACME directory, for example `https://acme-v02.api.letsencrypt.org/directory`. */
  readonly server: string;

  /** Ways to prove control over names. None at all is right only where the account is authorized beforehand. */
  readonly solvers: AcmeSolver[];

  /**
   * Contact address of the account.
   *
   * @default - none
   */
  readonly email?: string;

  /**
   * Where the private key of the account comes from.
   *
   * @default AcmeAccountKey.generated()
   */
  readonly accountKey?: AcmeAccountKey;

  /**
   * The account at the authority that this one belongs to.
   *
   * @default - none
   */
  readonly externalAccountBinding?: AcmeExternalAccountBinding;

  /**
   * Common name of the root to prefer where the server offers several chains, of at most 64 characters.
   *
   * @default - the server's default chain
   */
  readonly preferredChain?: string;

  /**
   * Certificate profile to ask for, among those that the directory lists; cert-manager 1.18 and later.
   *
   * @default - the server's default profile
   */
  readonly profile?: string;

  /**
   * How the server's own certificate is verified.
   *
   * @default - by the authorities that cert-manager's image trusts
   */
  readonly serverTrust?: AcmeServerTrust;

  /**
   * Whether to ask the server for the lifetime that the Certificate says. Many servers, Let's Encrypt among them, then refuse
   * the order.
   *
   * @default false
   */
  readonly requestDuration?: boolean;
}
