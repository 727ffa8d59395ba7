import { BlockList, isIP } from 'node:net';

/** Why a text is no address of a pg_hba.conf row, or undefined if it is one. Host names are refused: they need reverse DNS. */
export function notNetworkAddress(text: string): string | undefined {
  if (['all', 'samehost', 'samenet'].includes(text)) { return undefined; }
  const [address, mask, ...rest] = text.split('/');
  const bits = isIP(address!) === 4 ? 32 : 128;
  if (isIP(address!) === 0 || mask === undefined || !/^\d+$/.test(mask) || Number(mask) > bits || rest.length > 0) { return 'is not a network in CIDR notation'; }
  return hasHostBits(address!, Number(mask)) ? 'has bits set right of its mask' : undefined;
}

/** Whether every client of `later` is one of `earlier`. */
export function coversAddress(earlier: string, later: string): boolean {
  if (earlier === 'all' || earlier === later) { return true; }
  const [base, mask] = split(earlier);
  const [other, otherMask] = split(later);
  if (base === undefined || other === undefined || isIP(base) !== isIP(other)) { return false; }
  const network = new BlockList();
  network.addSubnet(base, mask, isIP(base) === 4 ? 'ipv4' : 'ipv6');
  return otherMask >= mask && network.check(other, isIP(other) === 4 ? 'ipv4' : 'ipv6');
}

function split(text: string): [string | undefined, number] {
  if (notNetworkAddress(text) !== undefined || !text.includes('/')) { return [undefined, 0]; }
  const [address, mask] = text.split('/');
  return [address, Number(mask)];
}

/** PostgreSQL compares addresses masked, but its own documentation asks for zeros right of the mask. */
function hasHostBits(address: string, mask: number): boolean {
  const bits = isIP(address) === 4
    ? address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('')
    : expandIpv6(address).map((part) => parseInt(part, 16).toString(2).padStart(16, '0')).join('');
  return bits.slice(mask).includes('1');
}

function expandIpv6(address: string): string[] {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}
