import { BlockList, isIP } from 'node:net';

/** Top-level domains that are set aside (RFC 2606, 6761, 6762, 7686, 8375; ICANN for `internal`) or end the names of a cluster. */
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

/** Why no public authority certifies a name or address, or undefined if one may. Source: CA/Browser Forum, Baseline Requirements 4.2.2 and 7.1.4.2. */
export function publicNameError(name: string): string | undefined {
  const family = isIP(name);
  if (family !== 0) { return PRIVATE_ADDRESSES.check(name, family === 4 ? 'ipv4' : 'ipv6') ? 'is not a public address' : undefined; }
  const labels = name.toLowerCase().replace(/\.$/, '').split('.').filter((label) => label !== '*');
  if (labels.length < 2) { return 'is a name without a domain'; }
  const last = labels.at(-1)!;
  return LOCAL_DOMAINS.includes(last) ? `ends with '.${last}', which is no public domain` : undefined;
}

/**
 * What is wrong with the names that a public authority is asked for, all of them in one fault; undefined where it may sign them.
 *
 * @param isService whether a name is that of a Service: `db.shop` may as well be a public one
 */
export function publicNamesError(names: ReadonlyArray<string>, authority: string, isService: (name: string) => boolean): string | undefined {
  const faults = [...new Set(names)].flatMap((name) => {
    const fault = publicNameError(name) ?? (isService(name) ? 'is a Service of the cluster' : undefined);
    return fault === undefined ? [] : [{ name, fault }];
  });
  const [first, ...others] = faults;
  if (first === undefined) { return undefined; }
  if (others.length === 0) { return `'${first.name}' ${first.fault}, and ${authority} is asked for it`; }
  const shown = others.slice(0, 3).map(({ name }) => `'${name}'`).join(', ');
  return `${faults.length} names are not public ('${first.name}' ${first.fault}, further ${shown}${others.length > 3 ? ', …' : ''}), and ${authority} is asked for them`;
}
