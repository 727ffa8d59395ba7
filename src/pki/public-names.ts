import { BlockList, isIP } from 'node:net';

/** Reserved top-level domains (RFC 2606, 6761, 6762, 7686, 8375; ICANN for `internal`), and those of names inside a cluster. */
const LOCAL_DOMAINS = ['arpa', 'cluster', 'corp', 'example', 'home', 'internal', 'invalid', 'lan', 'local', 'localhost', 'onion', 'svc', 'test'];

const PRIVATE_ADDRESSES = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.2.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24],
] as const) {
  PRIVATE_ADDRESSES.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [['::', 127], ['fc00::', 7], ['fe80::', 10], ['2001:db8::', 32]] as const) {
  PRIVATE_ADDRESSES.addSubnet(network, prefix, 'ipv6');
}

/** Why a public CA does not issue a certificate for a name or address, or undefined if it may. Source: CA/Browser Forum, Baseline Requirements 4.2.2 and 7.1.4.2. */
export function publicNameError(name: string): string | undefined {
  const family = isIP(name);
  if (family !== 0) { return PRIVATE_ADDRESSES.check(name, family === 4 ? 'ipv4' : 'ipv6') ? 'is not a public IP address' : undefined; }
  const labels = name.toLowerCase().replace(/\.$/, '').split('.').filter((label) => label !== '*');
  if (labels.length < 2) { return 'has no domain'; }
  const last = labels.at(-1)!;
  return LOCAL_DOMAINS.includes(last) ? `ends with '.${last}', which is not a public domain` : undefined;
}

/** Names that a public CA does not issue. */
export interface PublicNamesFault {
  /** The first of them. */
  readonly name: string;
  /** What is wrong with them all. */
  readonly problem: string;
}

/**
 * What is wrong with the names that are requested from a public CA, as one fault for all names; undefined if it may issue them.
 *
 * @param isService whether a name is that of a Service: `db.shop` could also be a public name
 */
export function publicNamesFault(names: ReadonlyArray<string>, ca: string, isService: (name: string) => boolean): PublicNamesFault | undefined {
  const faults = [...new Set(names)].flatMap((name) => {
    const fault = publicNameError(name) ?? (isService(name) ? 'is a Service of the cluster' : undefined);
    return fault === undefined ? [] : [{ name, fault }];
  });
  const [first, ...others] = faults;
  if (first === undefined) { return undefined; }
  const { name, fault } = first;
  if (others.length === 0) { return { name, problem: `'${name}' ${fault}, but is requested from ${ca}` }; }
  const shown = others.slice(0, 3).map((other) => `'${other.name}'`).join(', ');
  return { name, problem: `${faults.length} names are not public ('${name}' ${fault}, also ${shown}${others.length > 3 ? ', …' : ''}), but are requested from ${ca}` };
}
