import { BlockList, isIP } from 'node:net';

/** The names in a server certificate. */
export interface CertificateNames {
  readonly commonName: string;
  readonly dnsNames: ReadonlyArray<string>;
  readonly ipAddresses: ReadonlyArray<string>;
}

/**
 * Whether libpq takes a server certificate for `host` with `sslmode=verify-full`.
 *
 * The common name counts only where there is no alternative name of the host's own type; an address may also stand as text in a
 * DNS name. Source: PostgreSQL src/interfaces/libpq/fe-secure-common.c, fe-secure-openssl.c (15 and later).
 */
export function libpqMatchesHost(host: string, { commonName, dnsNames, ipAddresses }: CertificateNames): boolean {
  const isAddress = isIP(host) !== 0;
  const sameType = isAddress ? ipAddresses : dnsNames;
  return dnsNames.some((name) => matchesName(host, name))
    || (isAddress && ipAddresses.some((address) => isSameAddress(host, address)))
    || (sameType.length === 0 && commonName !== '' && matchesName(host, commonName));
}

/** A wildcard stands for exactly one label, the left-most; a trailing dot is a difference. */
function matchesName(host: string, name: string): boolean {
  const [wanted, given] = [host.toLowerCase(), name.toLowerCase()];
  if (wanted === given) { return true; }
  if (!given.startsWith('*.') || given.length < 3 || given.length > wanted.length) { return false; }
  const rest = wanted.slice(0, wanted.length - given.length + 1);
  return wanted.endsWith(given.slice(1)) && !rest.includes('.');
}

function isSameAddress(a: string, b: string): boolean {
  if (isIP(a) === 0 || isIP(a) !== isIP(b)) { return false; }
  const one = new BlockList();
  const family = isIP(a) === 4 ? 'ipv4' : 'ipv6';
  one.addAddress(a, family);
  return one.check(b, family);
}
