import { BlockList, isIP } from 'node:net';
import { mapping, Mapping, texts } from '../data';
import { isAscii } from '../formats';

/** Types of names that an authority can be bound to, by cert-manager's names for them. */
export const CONSTRAINED_TYPES = ['dnsDomains', 'ipRanges', 'emailAddresses', 'uriDomains'] as const;

export type ConstrainedType = typeof CONSTRAINED_TYPES[number];

/** The names of one side, permitted or excluded. */
export type ConstrainedNames = Readonly<Record<ConstrainedType, ReadonlyArray<string>>>;

/** The names that an authority may sign for. */
export interface NameConstraints {
  readonly permitted: ConstrainedNames;
  readonly excluded: ConstrainedNames;
}

/** The name constraints of an authority; where it has none, both sides are empty. */
export function nameConstraintsOf(spec: Mapping): NameConstraints {
  const { permitted, excluded } = mapping(spec['nameConstraints']);
  return { permitted: names(permitted), excluded: names(excluded) };
}

/**
 * Why a name is none that the authority may sign for, or undefined if it may.
 *
 * Source: RFC 5280, 4.2.1.10, and where it leaves room OpenSSL (crypto/x509/v3_ncons.c), which judges for PostgreSQL and libpq. A type that
 * the authority permits no name of is not bound. What cannot be read is not compared: rules of their own name it.
 */
export function outsideConstraints(type: ConstrainedType, name: string, { permitted, excluded }: NameConstraints): string | undefined {
  const all = [...permitted[type], ...excluded[type]];
  const isReadable = all.every((constraint) => isWritable(type, constraint)) && (type !== 'ipRanges' || isIP(name) !== 0);
  if (all.length === 0 || !isReadable) { return undefined; }
  if (type === 'uriDomains' && uriHost(name) === undefined) { return `has no host to compare with ${type}`; }
  const hit = excluded[type].find((constraint) => excludes(type, name, constraint));
  if (hit !== undefined) { return `is excluded (${type}: ${hit})`; }
  const inside = permitted[type].length === 0 || permitted[type].some((constraint) => matches(type, name, constraint));
  return inside ? undefined : `is not among what is permitted (${type}: ${permitted[type].join(', ')})`;
}

/** Whether a constraint can be written into a certificate. Source: cert-manager pkg/util/pki/nameconstraints.go. */
export function isWritable(type: ConstrainedType, constraint: string): boolean {
  return type === 'ipRanges' ? isNetwork(constraint) : isAscii(constraint);
}

/** Whether Go reads a text as a network in CIDR notation (net.ParseCIDR); bits right of the mask do not matter. */
function isNetwork(text: string): boolean {
  const [address = '', mask = '', ...rest] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && !address.includes('%') && /^\d{1,3}$/.test(mask) && Number(mask) <= bits && rest.length === 0;
}

/**
 * Whether a common name counts as a host name where a certificate has no DNS name of its own: it has an inner dot and nothing that host names
 * do not have. Source: OpenSSL crypto/x509/v3_ncons.c, cn2dnsid.
 */
export function isHostLike(commonName: string): boolean {
  return /^[A-Za-z0-9_](?:[-A-Za-z0-9_]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[-A-Za-z0-9_]*[A-Za-z0-9_])?)+$/.test(commonName);
}

function matches(type: ConstrainedType, name: string, constraint: string): boolean {
  switch (type) {
    case 'dnsDomains': return isUnder(name, constraint);
    case 'ipRanges': return holds(constraint, name);
    case 'emailAddresses': return mailMatches(name, constraint);
    case 'uriDomains': return hostMatches(uriHost(name) ?? '', constraint);
  }
}

/** Go refuses a wildcard as soon as one of the names that it stands for is excluded (crypto/x509, constraints.go); OpenSSL compares it as it is. */
function excludes(type: ConstrainedType, name: string, constraint: string): boolean {
  const covered = type === 'dnsDomains' && name.startsWith('*.') && /^[^.]/.test(constraint) && same(parentOf(name), parentOf(constraint));
  return covered || matches(type, name, constraint);
}

/** A domain permits itself and everything below it; with a leading dot only what is below. */
function isUnder(name: string, domain: string): boolean {
  if (domain === '') { return true; }
  const [host, base] = [name.toLowerCase(), domain.toLowerCase()];
  return host === base || host.endsWith(base.startsWith('.') ? base : `.${base}`);
}

/** A host permits itself alone; with a leading dot only what is below. */
function hostMatches(host: string, constraint: string): boolean {
  return constraint.startsWith('.') ? isUnder(host, constraint) : same(host, constraint);
}

/** A mailbox permits itself, with the local part as it is spelled; anything else is compared with the host. */
function mailMatches(address: string, constraint: string): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1);
  const split = constraint.lastIndexOf('@');
  if (split < 0) { return hostMatches(host, constraint); }
  const local = address.slice(0, address.lastIndexOf('@'));
  return local === constraint.slice(0, split) && same(host, constraint.slice(split + 1));
}

/** An address is compared with networks of its own family only; Go writes an IPv4 address in IPv6 clothes as the IPv4 address that it is. */
function holds(network: string, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const [base, mask] = network.split('/') as [string, string];
  if (isIP(base) !== isIP(plain)) { return false; }
  const family = isIP(base) === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(base, Number(mask), family);
  return list.check(plain, family);
}

/** The host of a URI without its port; undefined where there is none. A user before it counts as part of it for OpenSSL. */
function uriHost(uri: string): string | undefined {
  const host = uri.match(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/)?.[1]?.replace(/:\d*$/, '');
  return host === '' ? undefined : host;
}

function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function names(side: unknown): ConstrainedNames {
  const lists = mapping(side);
  return Object.fromEntries(CONSTRAINED_TYPES.map((type) => [type, texts(lists[type])])) as unknown as ConstrainedNames;
}
