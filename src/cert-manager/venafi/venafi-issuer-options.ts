import { VenafiConnection } from './venafi-connection';

/** Options of a Venafi issuer (CyberArk). */
export interface VenafiIssuerOptions {
  /** The policy zone, for example `DevOps\\PostgreSQL`. */
  readonly zone: string;

  /** The product and its connection settings. */
  readonly connection: VenafiConnection;
}
