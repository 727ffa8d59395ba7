import type { CertificateView } from './certificate-view';

/** Whether a certificate has extended key usages without the given one. Another rule checks a list with `any` only. */
export function lacksExtendedUsage({ extendedKeyUsages }: CertificateView, usage: string): boolean {
  return extendedKeyUsages.some((other) => other !== 'any') && !extendedKeyUsages.includes(usage);
}
