import type { CertificateProps } from './certificate-props';
import { issuedKeys } from '../pki';

/**
 * The keys that cert-manager will write into the Secret of such a Certificate, sorted.
 *
 * @internal
 */
export function certificateSecretKeys({ issuer, additionalOutputFormats: formats = [], keystores }: CertificateProps): string[] {
  return issuedKeys({ providesCa: issuer?.providesCaCertificate ?? false, formats, jks: keystores?.jks !== undefined, pkcs12: keystores?.pkcs12 !== undefined });
}
