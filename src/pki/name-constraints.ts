import { BlockList, isIP } from 'node:net';
import { mapping, Mapping, texts } from '../data';
import { isAscii } from '../formats';

/** Types of names that name constraints can limit, by their names in cert-manager. */
export const CONSTRAINED_TYPES = ['dnsDomains', 'ipRanges', 'emailAddresses', 'uriDomains'] as const;

export type ConstrainedType = typeof CONSTRAINED_TYPES[number];

/** The names of one side, permitted or excluded. */
export type ConstrainedNames = Readonly<Record<ConstrainedType, ReadonlyArray<string>>>;

/** The names that a CA may sign. */
export interface NameConstraints {
  readonly permitted: ConstrainedNames;
  readonly excluded: ConstrainedNames;
}

/** The name constraints of a CA certificate; both sides are empty if it has none. */
export function nameConstraintsOf(spec: Mapping): NameConstraints {
  const { permitted, excluded } = mapping(spec['nameConstraints']);
  return { permitted: names(permitted), excluded: names(excluded) };
}

/**
 * Why the name constraints of a CA do not permit a name, or undefined if they do.
 *
 * Source: RFC 5280, 4.2.1.10, and where it leaves room OpenSSL (crypto/x509/v3_ncons.c), which verifies for PostgreSQL and libpq. A type
 * without permitted names is not limited. Invalid names are not compared: other rules report them.
 */
export function outsideConstraints(type: ConstrainedType, name: string, { permitted, excluded }: NameConstraints): string | undefined {
  const all = [...permitted[type], ...excluded[type]];
  const isReadable = all.every((constraint) => isWritable(type, constraint)) && (type !== 'ipRanges' || isIP(name) !== 0);
  if (all.length === 0 || !isReadable) { return undefined; }
  if (type === 'uriDomains' && uriHost(name) === undefined) { return `has no host to compare with ${type}`; }
  const hit = excluded[type].find((constraint) => excludes(type, name, constraint));
  if (hit !== undefined) { return `is excluded (${type}: ${hit})`; }
  const inside = permitted[type].length === 0 || permitted[type].some((constraint) => matches(type, name, constraint));
  return inside ? undefined : `is not permitted (${type}: ${permitted[type].join(', ')})`;
}

/** Whether a constraint can be encoded in a certificate. Source: cert-manager pkg/util/pki/nameconstraints.go. */
export function isWritable(type: ConstrainedType, constraint: string): boolean {
  return type === 'ipRanges' ? isNetwork(constraint) : isAscii(constraint);
}

/** Whether Go parses a text as a network in CIDR notation (net.ParseCIDR); host bits do not matter. */
function isNetwork(text: string): boolean {
  const [address = '', mask = '', ...rest] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && !address.includes('%') && /^\d{1,3}$/.test(mask) && Number(mask) <= bits && rest.length === 0;
}

/**
 * Whether a common name counts as a host name where a certificate has no DNS name of its own: it has an inner dot and nothing that host names
 * never contain. Source: OpenSSL crypto/x509/v3_ncons.c, cn2dnsid.
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

/** Go rejects a wildcard if any name that it matches is excluded (crypto/x509, constraints.go); OpenSSL compares it literally. */
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

/** A mailbox permits itself, with a case-sensitive local part; other constraints are compared with the host. */
function mailMatches(address: string, constraint: string): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1);
  const split = constraint.lastIndexOf('@');
  if (split < 0) { return hostMatches(host, constraint); }
  const local = address.slice(0, address.lastIndexOf('@'));
  return local === constraint.slice(0, split) && same(host, constraint.slice(split + 1));
}

/** An address is compared only with networks of its own family; Go encodes an IPv4-mapped IPv6 address as IPv4. */
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
