import { isLoopback } from '../../workloads';

export function loopbackOf(host: string): string | undefined {
  if (!isLoopback(host)) { return undefined; }
  return host === '::1' ? '::1' : '127.0.0.1';
}
