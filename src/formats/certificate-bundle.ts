import { X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Whether a PEM text contains a certificate that can be parsed; others are skipped, as in Go's `AppendCertsFromPEM`. */
export function holdsCertificate(pem: string): boolean {
  return (pem.match(BLOCK) ?? []).some((block) => {
    try {
      return new X509Certificate(block).raw.length > 0;
    } catch {
      return false;
    }
  });
}

/** Whether a base64 field contains such a text. The API server rejects line breaks in it (format `byte`). */
export function holdsEncodedCertificate(base64: string): boolean {
  return base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && holdsCertificate(Buffer.from(base64, 'base64').toString('latin1'));
}
