import type { ApiObjectMetadata, ApiObjectProps } from 'cdk8s';
import type { TrustBundleKind } from './trust-bundle-kind';
import type { TrustPlace } from './trust-bundle-source';
import type { TrustBundleTarget } from './trust-bundle-target';
import { formatIssuerIdentities, TRUSTED_CAS_ANNOTATION } from '../pki';

/** CA certificates under a name. */
interface NamedSources {
  readonly name: string;
  readonly metadata?: ApiObjectMetadata;
  readonly sources: ReadonlyArray<TrustPlace>;
}

/** Input of the manifest of a bundle of trust-manager. */
export interface TrustBundleInput extends NamedSources {
  readonly kind: TrustBundleKind;
  readonly target: TrustBundleTarget;
  readonly namespaceLabels?: { readonly [name: string]: string };
}

/** Input of the manifest of a ConfigMap; all its sources are certificates in PEM. */
export interface CaConfigMapInput extends NamedSources {
  readonly key: string;
}

/** The manifest of a bundle of trust-manager. */
export function renderTrustBundle(input: TrustBundleInput): ApiObjectProps {
  return { metadata: annotated(input), ...RENDERERS[input.kind](input) };
}

/** The manifest of a ConfigMap with CA certificates. */
export function renderCaConfigMap(input: CaConfigMapInput): ApiObjectProps {
  return { metadata: annotated(input), apiVersion: 'v1', kind: 'ConfigMap', data: { [input.key]: joined(input.sources) } } as ApiObjectProps;
}

/** Annotated with the issuers whose CA certificates it contains, because a PEM text does not show its issuer. */
function annotated({ name, metadata, sources }: NamedSources): ApiObjectMetadata {
  const issuers = formatIssuerIdentities(sources.flatMap(({ issuer }) => (issuer ? [issuer] : [])));
  return { name, ...metadata, ...(issuers === '' ? {} : { annotations: { ...metadata?.annotations, [TRUSTED_CAS_ANNOTATION]: issuers } }) };
}

interface ManifestBody {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: object;
}

const RENDERERS: Readonly<Record<TrustBundleKind, (input: TrustBundleInput) => ManifestBody>> = {
  Bundle: (input) => ({ apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', spec: bundleSpec(input) }),
  ClusterBundle: (input) => ({ apiVersion: 'trust-manager.io/v1alpha2', kind: 'ClusterBundle', spec: clusterBundleSpec(input) }),
};

function bundleSpec({ sources, target, namespaceLabels }: TrustBundleInput) {
  return {
    sources: sources.map(({ pem, kind, name, key }) => {
      if (pem !== undefined) { return { inLine: pem }; }
      return kind === undefined ? { useDefaultCAs: true } : { [kind === 'Secret' ? 'secret' : 'configMap']: { name, key } };
    }),
    target: {
      [target.isSecret ? 'secret' : 'configMap']: { key: target.key, metadata: metadataOf(target) },
      additionalFormats: target.options.pkcs12Key && { pkcs12: { key: target.options.pkcs12Key } },
      namespaceSelector: namespaceLabels && { matchLabels: namespaceLabels },
    },
  };
}

function clusterBundleSpec({ sources, target, namespaceLabels }: TrustBundleInput) {
  const references = sources.filter(({ kind }) => kind !== undefined).map(({ kind, name, key }) => ({ kind, name, key }));
  const inLineCAs = joined(sources);
  const { pkcs12Key } = target.options;
  return {
    sourceRefs: references.length > 0 ? references : undefined,
    inLineCAs: inLineCAs === '' ? undefined : inLineCAs,
    defaultCAs: sources.some(({ pem, kind }) => pem === undefined && kind === undefined) ? { provider: 'System' } : undefined,
    target: {
      [target.isSecret ? 'secret' : 'configMap']: {
        data: [{ key: target.key }, ...(pkcs12Key === undefined ? [] : [{ key: pkcs12Key, format: 'PKCS12' }])],
        metadata: metadataOf(target),
      },
      namespaceSelector: namespaceLabels ? { matchLabels: namespaceLabels } : {},
    },
  };
}

/** The API rejects empty metadata. */
function metadataOf({ options: { labels, annotations } }: TrustBundleTarget) {
  const metadata = { ...(filled(labels) && { labels }), ...(filled(annotations) && { annotations }) };
  return filled(metadata) ? metadata : undefined;
}

function filled(value: object | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0;
}

function joined(sources: ReadonlyArray<TrustPlace>): string {
  return sources.flatMap(({ pem }) => (pem === undefined ? [] : [`${pem.trim()}\n`])).join('');
}
