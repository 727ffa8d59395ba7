import { CertificateView } from './certificate-view';
import { valueAt, mapping, mappings, text } from '../data';

/**
 * Whether the Secret of a Certificate will hold a key; undefined where only the cluster knows.
 *
 * Source: cert-manager `pkg/controller/certificates/issuing/internal/secret.go` and `keystore.go`.
 */
export function producesKey(certificate: CertificateView, key: string): boolean | undefined {
  // Keys that somebody else puts there stay: cert-manager applies its own only.
  const secret = certificate.manifests.find('', 'Secret', certificate.at.namespace, certificate.secretName)?.manifest;
  if (['data', 'stringData'].some((field) => key in mapping(valueAt(secret, field)))) { return true; }
  const { spec } = certificate;
  const format = (name: string) => mappings(spec['additionalOutputFormats']).some(({ type }) => text(type) === name);
  const keystore = (name: string) => valueAt(spec, `keystores.${name}.create`) === true;
  switch (key) {
    case 'tls.crt': case 'tls.key': return true;
    case 'ca.crt': return providesCaCertificate(certificate);
    case 'key.der': return format('DER');
    case 'tls-combined.pem': return format('CombinedPEM');
    case 'keystore.jks': return keystore('jks');
    case 'keystore.p12': return keystore('pkcs12');
    case 'truststore.jks': return keystore('jks') ? providesCaCertificate(certificate) : false;
    case 'truststore.p12': return keystore('pkcs12') ? providesCaCertificate(certificate) : false;
    default: return false;
  }
}

/** Vault and Venafi give the top of the chain that they return, which may be the certificate alone. */
function providesCaCertificate({ issuer }: CertificateView): boolean | undefined {
  return issuer === undefined || issuer.type === 'vault' || issuer.type === 'venafi' ? undefined : issuer.providesCaCertificate;
}
