import type { CertificateProps } from './certificate-props';
import { CertificateOutputFormat } from './certificate-output';

/**
 * The keys that cert-manager will write into the Secret of such a Certificate, sorted.
 *
 * Source: cert-manager `pkg/controller/certificates/issuing/internal/secret.go` and `keystore.go`.
 */
export function certificateSecretKeys(props: CertificateProps): string[] {
  const ca = props.issuer?.providesCaCertificate ?? false;
  const formats = props.additionalOutputFormats ?? [];
  return [
    ...(ca ? ['ca.crt'] : []),
    ...(formats.includes(CertificateOutputFormat.DER) ? ['key.der'] : []),
    ...(props.keystores?.jks ? ['keystore.jks'] : []),
    ...(props.keystores?.pkcs12 ? ['keystore.p12'] : []),
    ...(formats.includes(CertificateOutputFormat.COMBINED_PEM) ? ['tls-combined.pem'] : []),
    'tls.crt',
    'tls.key',
    ...(ca && props.keystores?.jks ? ['truststore.jks'] : []),
    ...(ca && props.keystores?.pkcs12 ? ['truststore.p12'] : []),
  ];
}
