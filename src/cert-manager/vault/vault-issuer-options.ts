import { VaultAuth } from './vault-auth';
import { CaBundle } from '../ca-bundle';
import { ICertificate } from '../issuer-ref';

/** Options of a Vault issuer (PKI secrets engine of HashiCorp Vault). */
export interface VaultIssuerOptions {
  /** URL of Vault, for example `https://vault.example.com:8200`. */
  readonly server: string;

  /** Path of the sign endpoint, for example `pki/sign/postgres`. */
  readonly path: string;

  /** Auth method of cert-manager. */
  readonly auth: VaultAuth;

  /**
   * Namespace of Vault Enterprise.
   *
   * @default - the root namespace
   */
  readonly namespace?: string;

  /**
   * Server name (SNI) that is sent and verified in the TLS handshake; cert-manager 1.18 and later.
   *
   * @default - the host name of the URL
   */
  readonly serverName?: string;

  /**
   * CA certificates that verify the certificate of Vault.
   *
   * @default - the CA certificates in the image of cert-manager
   */
  readonly caBundle?: CaBundle;

  /**
   * TLS client certificate for a Vault that requires one; cert-manager uses `tls.crt` and `tls.key` of its Secret.
   *
   * @default - none
   */
  readonly clientCertificate?: ICertificate;
}
