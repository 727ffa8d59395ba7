import { VenafiConnection } from './venafi-connection';

/** Options of a source that signs by a CyberArk (Venafi) product. */
export interface VenafiIssuerOptions {
  /** The policy zone, for example `DevOps\\PostgreSQL`. */
  readonly zone: string;

  /** The product and how to reach it. */
  readonly connection: VenafiConnection;
}
