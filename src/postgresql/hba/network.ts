import { BlockList, isIP } from 'node:net';

const WORDS: ReadonlySet<string> = new Set(['all', 'samehost', 'samenet']);

type Family = 'ipv4' | 'ipv6';

interface Network {
  readonly base: string;
  readonly bits: number;
  readonly family: Family;
}

/** Why a text is not a valid address of a pg_hba.conf row; undefined if it is. Host names are rejected: they require reverse DNS. */
export function networkAddressError(text: string): string | undefined {
  if (WORDS.has(text)) { return undefined; }
  const network = /^[^/]+\/\d+$/.test(text) ? networkOf(text) : undefined;
  if (network === undefined) { return 'is not a network in CIDR notation'; }
  return hasHostBits(network) ? 'has bits set to the right of its mask' : undefined;
}

/** Whether every client address of `later` is certainly one of `earlier`. */
export function coversAddress(earlier: string | undefined, later: string | undefined): boolean {
  if (earlier === later || earlier === 'all') { return true; }
  const [wide, narrow] = [networkOf(earlier), networkOf(later)];
  return wide !== undefined && narrow !== undefined && narrow.bits >= wide.bits && contains(wide, narrow.base);
}

/** Whether a client address may match both. Host names and keywords are unknown here, so they may. */
export function meetsAddress(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [networkOf(one), networkOf(other)];
  return a === undefined || b === undefined || contains(a, b.base) || contains(b, a.base);
}

/** Whether the address of a row matches a client; undefined if that is unknown. */
export function takesClient(address: string | undefined, client: string): boolean | undefined {
  if (address === 'all') { return true; }
  const network = networkOf(address);
  return network && contains(network, client);
}

/** Whether a row matches all client addresses. A single-stack cluster has only those of 0.0.0.0/0 or ::/0. */
export function isAnywhere(address: string | undefined): boolean {
  return address === 'all' || networkOf(address)?.bits === 0;
}

/** Whether an address only matches clients on the same machine. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(127\.|::1(\/|$)|localhost$|samehost$)/.test(address);
}

/** The first and the last address of a network, as numbers; undefined if the text is no network. Bits right of the mask do not count. */
export function networkRange(text: string): { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint } | undefined {
  const network = networkOf(text);
  if (network === undefined) { return undefined; }
  const { base, bits, family } = network;
  const all = family === 'ipv4' ? binary(base.split('.').map(Number), 8) : binary(expandIpv6(base), 16);
  const [first, last] = ['0', '1'].map((bit) => BigInt(`0b${all.slice(0, bits).padEnd(all.length, bit)}`));
  return { family: family === 'ipv4' ? 4 : 6, first: first!, last: last! };
}

/** A network with a prefix length, or with a mask such as `/255.0.0.0`. */
function networkOf(text: string | undefined): Network | undefined {
  const [base = '', mask = '', ...rest] = (text ?? '').split('/');
  const family = familyOf(base);
  const bits = isIP(mask) === 4 && family === 'ipv4' ? maskBits(mask) : /^\d+$/.test(mask) ? Number(mask) : -1;
  return family === undefined || rest.length > 0 || bits < 0 || bits > (family === 'ipv4' ? 32 : 128) ? undefined : { base, bits, family };
}

function contains({ base, bits, family }: Network, address: string): boolean {
  if (familyOf(address) !== family) { return false; }
  const list = new BlockList();
  list.addSubnet(base, bits, family);
  return list.check(address, family);
}

function familyOf(address: string): Family | undefined {
  return ([undefined, 'ipv4', 'ipv6'] as const)[isIP(address) === 4 ? 1 : isIP(address) === 6 ? 2 : 0];
}

function maskBits(mask: string): number {
  const bits = binary(mask.split('.').map(Number), 8);
  return /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : -1;
}

/** PostgreSQL compares addresses masked, but its own documentation asks for zeros right of the mask. */
function hasHostBits({ base, bits, family }: Network): boolean {
  const all = family === 'ipv4' ? binary(base.split('.').map(Number), 8) : binary(expandIpv6(base), 16);
  return all.slice(bits).includes('1');
}

function binary(parts: ReadonlyArray<number>, width: number): string {
  return parts.map((part) => part.toString(2).padStart(width, '0')).join('');
}

function expandIpv6(address: string): number[] {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right].map((part) => parseInt(part, 16));
}
