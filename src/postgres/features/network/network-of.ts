import { PostgresNetwork } from './network';
import type { PostgresProps } from '../../postgres-props';

/** The network of a database: as given, or restricted with the defaults. */
export function networkOf({ network }: PostgresProps): PostgresNetwork {
  return network ?? PostgresNetwork.restricted();
}
