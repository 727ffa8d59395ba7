import { PostgresNetwork } from './network';
import { once } from '../../../data';
import type { PostgresProps } from '../../postgres-props';

const unspecified = once(() => PostgresNetwork.restricted());

/** The network of a database: as given, or restricted with the defaults. */
export function networkOf({ network = unspecified() }: PostgresProps): PostgresNetwork {
  return network;
}
