import { isIP } from 'node:net';

/** Whether Go's net.ParseIP reads it: plain IPv4 or IPv6, without leading zeros in decimals, zone, mask or port. */
export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}
