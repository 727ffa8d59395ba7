import type { CertificateNode, IssuanceGraph } from './issuance-graph';
import { mapping, Mapping, mappings, memoizeByObject, text } from '../data';

/** The sources of the Bundles that contain more than one CA. */
interface Overlaps {
  /** Names of Secrets among the sources. */
  readonly secrets: ReadonlySet<string>;
  /** Whether a Bundle has only sources whose CAs are not visible. */
  readonly unnamed: boolean;
}

/**
 * Whether the app distributes more than one CA certificate, so that peers still verify certificates from before the key of this CA changed: a
 * trust-manager Bundle with at least two sources beside the public CAs, which names the Secret of this CA or no Secret of any CA.
 */
export function hasTrustOverlap({ secretName, manifests }: CertificateNode): boolean {
  const overlaps = overlapsIn(manifests);
  return overlaps.unnamed || overlaps.secrets.has(secretName);
}

const overlapsIn = memoizeByObject((manifests: IssuanceGraph): Overlaps => {
  const bundles = [...manifests.ofKind('trust.cert-manager.io', 'Bundle'), ...manifests.ofKind('trust-manager.io', 'ClusterBundle')]
    .map(({ spec }) => sourcesOf(spec))
    .filter((sources) => new Set(sources.map((source) => JSON.stringify(source))).size > 1);
  const named = bundles.map((sources) => sources.flatMap(({ kind, name }) => (kind === 'Secret' && name !== '' ? [name] : [])));
  return {
    secrets: new Set(named.flat()),
    unnamed: named.some((names) => names.every((name) => !manifests.writersOf(manifests.assumptions.trustNamespace, name).some(({ isCa }) => isCa))),
  };
});

interface Source {
  readonly kind: string;
  readonly name: string;
  readonly what: Mapping;
}

/** Sources of a Bundle and of a ClusterBundle, without the public CAs. Source: trust-manager pkg/apis. */
function sourcesOf(spec: Mapping): Source[] {
  const bundled = mappings(spec['sources']).flatMap(({ secret, configMap, inLine }) => [
    ...(secret === undefined ? [] : [source('Secret', mapping(secret))]),
    ...(configMap === undefined ? [] : [source('ConfigMap', mapping(configMap))]),
    ...(inLine === undefined ? [] : [source('inLine', { text: inLine })]),
  ]);
  const referenced = mappings(spec['sourceRefs']).map((reference) => source(text(reference['kind']), reference));
  return [...bundled, ...referenced, ...(spec['inLineCAs'] === undefined ? [] : [source('inLine', { text: spec['inLineCAs'] })])];
}

function source(kind: string, what: Mapping): Source {
  return { kind, name: text(what['name']), what };
}
