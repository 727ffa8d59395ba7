import type { PodView } from '../pod-view';
import { mapping } from '../reading';

/** More pods than any Service names one by one. */
const MOST_PODS = 100;

/**
 * The labels that the StatefulSet controller adds to its pods, which no template holds; source: Kubernetes, StatefulSets, "Pod name label"
 * and "Pod index label".
 */
export function controllerLabels({ at: { group, kind, name, spec } }: PodView): ReadonlyArray<readonly [string, string]> {
  if (group !== 'apps' || kind !== 'StatefulSet') { return []; }
  const first = count(mapping(spec['ordinals'])['start'], 0);
  const ordinals = Array.from({ length: Math.min(count(spec['replicas'], 1), MOST_PODS) }, (_, index) => String(first + index));
  return ordinals.flatMap((ordinal) => [['statefulset.kubernetes.io/pod-name', `${name}-${ordinal}`], ['apps.kubernetes.io/pod-index', ordinal]] as const);
}

function count(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
}
