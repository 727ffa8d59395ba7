import { displayName, Located, Manifest, PodView } from '../../kubernetes';

/** A selector that matches pods of more workloads than it is meant for. */
export interface Overreach {
  readonly by: Manifest;
  readonly pods: ReadonlyArray<PodView>;
  readonly consequence: string;
}

/** All selectors that match the pods of the same workloads: they have one cause. */
export interface OverreachTarget extends Located {
  readonly overreaches: ReadonlyArray<Overreach>;
  /** Whether a database is among the workloads, so that data is at risk. */
  readonly hasDatabase: boolean;
}

export function overreachOf({ overreaches }: OverreachTarget): string {
  const selectors = listed(overreaches.map(({ by }) => displayName(by)));
  const pods = listed(workloadsOf(overreaches[0]!.pods).map(displayName));
  return `${selectors} ${overreaches.length === 1 ? 'selects' : 'select'} pods of ${pods}: ${[...new Set(overreaches.map(({ consequence }) => consequence))].join('; ')}`;
}

export function workloadsOf(pods: ReadonlyArray<PodView>): Manifest[] {
  return pods.map(({ at }) => at);
}

/** `a, b and c`. */
export function listed(words: ReadonlyArray<string>): string {
  const [last = '', ...others] = [...new Set(words)].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
