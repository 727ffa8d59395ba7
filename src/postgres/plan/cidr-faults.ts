import { networkAddressError } from '../../postgresql';

/** Faults of a network in CIDR notation: none or one. */
export function cidrFaults(what: string): (cidr: string) => string[] {
  return (cidr) => {
    const fault = cidr.includes('/') ? networkAddressError(cidr) : 'is not a network in CIDR notation';
    return fault === undefined ? [] : [`${what} '${cidr}' ${fault}`];
  };
}
