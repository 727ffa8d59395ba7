import type { CertificateNode, IssuanceGraph } from './issuance-graph';
import { trustsOf } from './trust-graph';
import type { TrustView } from './trust-view';
import { memoizeByObject } from '../data';

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
  const bundles = trustsOf(manifests).filter(({ at: { kind } }) => kind !== 'ConfigMap').filter(hasSeveralSources);
  const named = bundles.map(({ references }) => references.flatMap(({ kind, name }) => (kind === 'Secret' && name !== '' ? [name] : [])));
  return {
    secrets: new Set(named.flat()),
    unnamed: named.some((names) => names.every((name) => !manifests.writersOf(manifests.assumptions.trustNamespace, name).some(({ isCa }) => isCa))),
  };
});

/** Whether a bundle reads from different places, the public CAs aside. */
function hasSeveralSources({ references, inline }: TrustView): boolean {
  const places = [...references.map(({ field: _, ...place }) => place), ...inline.map(({ pem }) => pem)];
  return new Set(places.map((place) => JSON.stringify(place))).size > 1;
}
