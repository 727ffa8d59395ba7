import type { PostgresProps } from '../postgres-props';

/** A network with its options. */
type Network = Pick<NonNullable<PostgresProps['network']>, 'isRestricted' | '_options'>;

const UNSPECIFIED: Network = { isRestricted: true, _options: {} };

/** The network of a database: as given, or restricted with the defaults. */
export function networkOf({ network = UNSPECIFIED }: Pick<PostgresProps, 'network'>): Network {
  return network;
}
