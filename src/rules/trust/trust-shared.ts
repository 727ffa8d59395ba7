import { Mapping, mappings, text } from '../../data';
import { IssuanceGraph, TrustNode } from '../../pki';

/** A bundle and the index of all manifests. */
export interface TrustTarget {
  readonly at: TrustNode['at'];
  readonly trust: TrustNode;
  readonly manifests: IssuanceGraph;
}

export function fieldOf(kind: string): string {
  return kind === 'Secret' ? 'secret' : 'configMap';
}

/** A v1alpha1 target has one key, a v1alpha2 target a list of keys. */
export function targetKeys(kind: string, target: Mapping): string[] {
  if (kind === 'Bundle') { return [text(target['key'])]; }
  const keys = mappings(target['data']).map((entry) => text(entry['key']));
  return keys.length > 0 ? keys : [''];
}
