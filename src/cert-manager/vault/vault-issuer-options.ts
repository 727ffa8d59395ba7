import { VaultAuth } from './vault-auth';
import { CaBundle } from '../ca-bundle';
import { ICertificate } from '../certificate-ref';

/** Options of a source that signs by the PKI engine of HashiCorp Vault. */
export interface VaultIssuerOptions {
  /** URL of Vault, for example `https://vault.example.com:8200`. */
  readonly server: string;

  /** The signing endpoint, for example `pki/sign/postgres`. */
  readonly path: string;

  /** How cert-manager logs in. */
  readonly auth: VaultAuth;

  /**
   * Namespace of Vault Enterprise.
   *
   * @default - the root namespace
   */
  readonly namespace?: string;

  /**
   * The name to ask for and to verify in the TLS handshake.
   *
   * @default - the host of the URL
   */
  readonly serverName?: string;

  /**
   * The authorities that Vault's own certificate must come from.
   *
   * @default - those that cert-manager's image trusts
   */
  readonly caBundle?: CaBundle;

  /**
   * The certificate to show to a Vault that demands one; cert-manager takes `tls.crt` and `tls.key` of its Secret.
   *
   * @default - none
   */
  readonly clientCertificate?: ICertificate;
}
