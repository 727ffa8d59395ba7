import { parseCertificates } from './cert-manager';
import type { ConfigMapManifest, LocalSecret, Manifest } from './manifests';

interface BundleManifest extends Manifest {
  readonly spec: {
    readonly sources: ReadonlyArray<{ readonly secret?: { readonly name: string; readonly key: string }; readonly inLine?: string }>;
    readonly target: { readonly configMap?: { readonly key: string } };
  };
}

/** What trust-manager writes into a namespace for a Bundle: the certificates of all its sources, each once. */
export function bundleConfigMap(bundle: Manifest, secrets: readonly LocalSecret[], namespace: string): ConfigMapManifest {
  const { metadata, spec } = bundle as BundleManifest;
  const texts = spec.sources.map(({ secret, inLine }) => {
    const text = secret === undefined ? inLine : secrets.find(({ name }) => name === secret.name)?.data[secret.key];
    // The real one would leave the target as it is and report NotFound.
    if (text === undefined) { throw new Error(`bundle '${metadata.name}': no source ${JSON.stringify(secret)}`); }
    return text;
  });
  const certificates = new Map(texts.flatMap(parseCertificates).map((certificate) => [certificate.fingerprint256, String(certificate)]));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: metadata.name, namespace }, data: { [spec.target.configMap!.key]: [...certificates.values()].join('') } };
}
