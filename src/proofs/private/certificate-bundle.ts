import { X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Whether a PEM text holds a certificate that can be parsed; what cannot is passed over, as Go's `AppendCertsFromPEM` does. */
export function holdsCertificate(pem: string): boolean {
  return (pem.match(BLOCK) ?? []).some((block) => {
    try {
      return new X509Certificate(block).raw.length > 0;
    } catch {
      return false;
    }
  });
}

/** Whether a field of base64 holds such a text. Go's decoder passes over line breaks and nothing else. */
export function holdsEncodedCertificate(base64: string): boolean {
  const text = base64.replace(/[\r\n]/g, '');
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) && holdsCertificate(Buffer.from(text, 'base64').toString('latin1'));
}
