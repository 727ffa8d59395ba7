import { isLoopback } from '../../workloads';

/** The address that pg_hba.conf sees for a loopback host; undefined for another host, whose address is not known. */
export function loopbackAddress(host: string): string | undefined {
  if (!isLoopback(host)) { return undefined; }
  return host === '::1' ? '::1' : '127.0.0.1';
}
