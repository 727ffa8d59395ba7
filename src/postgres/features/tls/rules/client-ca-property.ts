import type { DatabaseContext } from '../../../plan/database-context';

/** The property that shares the issuer of client certificates. */
export function clientCaProperty({ props: { tls } }: DatabaseContext): string {
  return tls?.clientCa === undefined ? 'tls.certificates.client.issuer' : 'tls.clientCa';
}
