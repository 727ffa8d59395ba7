import type { CertificateNode } from '../../pki';

/** Whether it would overwrite the key pair that its own issuer signs with. A CA that does so is an issuer cycle (PGTLS-E03). */
export function overwritesCa({ at, isCa, issuer, secretName }: CertificateNode): boolean {
  return !isCa && secretName !== '' && issuer !== undefined && issuer.caSecretName === secretName && issuer.secretNamespace === at.namespace;
}
