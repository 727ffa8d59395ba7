import type { CertificateNode } from './issuance-graph';
import { mapping, mappings, text, valueAt } from '../data';

/** What of a Certificate decides the keys of its Secret. */
export interface IssuedOutputs {
  /** Whether the issuer gives the certificate of the CA; undefined where only the cluster knows. */
  readonly providesCa: boolean | undefined;
  /** By cert-manager's words, `DER` and `CombinedPEM`. */
  readonly formats: ReadonlyArray<string>;
  readonly jks: boolean;
  readonly pkcs12: boolean;
}

/** Source: cert-manager `pkg/controller/certificates/issuing/internal/secret.go` and `keystore.go`. */
const KEYS: Readonly<Record<string, (outputs: IssuedOutputs) => boolean | undefined>> = {
  'ca.crt': ({ providesCa }) => providesCa,
  'key.der': ({ formats }) => formats.includes('DER'),
  'keystore.jks': ({ jks }) => jks,
  'keystore.p12': ({ pkcs12 }) => pkcs12,
  'tls-combined.pem': ({ formats }) => formats.includes('CombinedPEM'),
  'tls.crt': () => true,
  'tls.key': () => true,
  'truststore.jks': ({ jks, providesCa }) => (jks ? providesCa : false),
  'truststore.p12': ({ pkcs12, providesCa }) => (pkcs12 ? providesCa : false),
};

/** The keys that cert-manager writes into the Secret of such a Certificate for certain, sorted. */
export function issuedKeys(outputs: IssuedOutputs): string[] {
  return Object.keys(KEYS).filter((key) => KEYS[key]!(outputs) === true);
}

/** Whether the Secret of a Certificate will hold a key; undefined where only the cluster knows. */
export function producesKey(certificate: CertificateNode, key: string): boolean | undefined {
  // cert-manager applies its own keys only and keeps the others.
  const secret = certificate.manifests.find('', 'Secret', certificate.at.namespace, certificate.secretName, certificate.at)?.manifest;
  if (['data', 'stringData'].some((field) => key in mapping(valueAt(secret, field)))) { return true; }
  const isWritten = Object.hasOwn(KEYS, key) ? KEYS[key]! : () => false;
  return isWritten(outputsOf(certificate));
}

function outputsOf({ issuer, spec }: CertificateNode): IssuedOutputs {
  const keystore = (name: string) => valueAt(spec, `keystores.${name}.create`) === true;
  // Vault and Venafi give the top of the chain that they return, which may be the certificate alone.
  const isOpen = issuer === undefined || issuer.type === 'vault' || issuer.type === 'venafi';
  return {
    providesCa: isOpen ? undefined : issuer.providesCaCertificate,
    formats: mappings(spec['additionalOutputFormats']).map(({ type }) => text(type)),
    jks: keystore('jks'),
    pkcs12: keystore('pkcs12'),
  };
}
