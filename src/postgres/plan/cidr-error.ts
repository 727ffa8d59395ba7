import { networkAddressError } from '../../postgresql';

/** Why a text is not a network in CIDR notation; undefined if it is one. */
export function cidrError(cidr: string): string | undefined {
  return cidr.includes('/') ? networkAddressError(cidr) : 'is not a network in CIDR notation';
}
