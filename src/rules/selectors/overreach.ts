import { displayName, type Located, type Manifest, type PodView } from '../../kubernetes';
import type { Report } from '../engine/rule';

/** A selector that matches pods of more workloads than it is meant for. */
export interface Overreach {
  readonly by: Manifest;
  /** The place of the selector in the manifest. */
  readonly field: string;
  readonly pods: ReadonlyArray<PodView>;
  readonly consequence: string;
}

/** All selectors that match the pods of the same workloads: they have one cause. */
export interface OverreachTarget extends Located {
  readonly overreaches: ReadonlyArray<Overreach>;
  /** Whether a database is among the workloads, so that data is at risk. */
  readonly hasDatabase: boolean;
}

/** Reports all selectors of a target as one finding, at the first of them. */
export function reportOverreach({ overreaches }: OverreachTarget, report: Report): void {
  const selectors = listed(overreaches.map(({ by }) => displayName(by)));
  const pods = listed(workloadsOf(overreaches[0]!.pods).map(displayName));
  const consequences = [...new Set(overreaches.map(({ consequence }) => consequence))].join('; ');
  report(overreaches[0]!.field, `${selectors} ${overreaches.length === 1 ? 'selects' : 'select'} pods of ${pods}: ${consequences}`);
}

export function workloadsOf(pods: ReadonlyArray<PodView>): Manifest[] {
  return pods.map(({ at }) => at);
}

/** `a, b and c`. */
export function listed(words: ReadonlyArray<string>): string {
  const [last = '', ...others] = [...new Set(words)].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
