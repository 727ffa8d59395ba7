import { isIP, isIPv4 } from 'node:net';

/** Whether Go's net.ParseIP reads it: plain IPv4 or IPv6, without leading zeros in decimals, zone, mask or port. */
export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}

/** An address as Go prints it: RFC 5952, with IPv4-mapped IPv6 addresses as IPv4. Any other text is returned unchanged. */
export function goAddress(address: string): string {
  if (isIPv4(address) || !isIpAddress(address)) { return address; }
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const mapped = canonical.match(/^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/);
  return mapped ? mapped.slice(1).flatMap((part) => [parseInt(part, 16) >> 8, parseInt(part, 16) & 255]).join('.') : canonical;
}
