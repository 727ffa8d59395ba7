import { canonical } from './canonical';
import type { ChangeTarget } from './consent-table';
import { DatabaseView } from './database-view';
import { prunedStorage } from './pruned-storage';
import { memoizeByObject } from '../../data';
import type { Manifest } from '../../kubernetes';
import { IssuanceGraph } from '../../pki';
import type { RuleContext } from '../engine/rule-context';

/** What happens to a currently applied database that is no longer in the app. */
export enum Removal {
  REMOVED,
  RENAMED,
  MOVED,
}

/** A currently applied database with data that is no longer in the app under its name. */
export interface DatabaseRemoval extends ChangeTarget {
  readonly kind: Removal;
  readonly before: DatabaseView;
  /** The objects with its data that are removed as well. */
  readonly pruned: ReadonlyArray<string>;
  /** The new database that most likely replaces it. */
  readonly after?: DatabaseView;
}

/**
 * Every database that is no longer in the app. If another database is new, it has most likely been renamed or moved: one
 * cause, one finding. Of several, the most similar pairs belong together.
 */
export const databaseRemovals = memoizeByObject((manifests: RuleContext): ReadonlyArray<DatabaseRemoval> => {
  const { committed } = manifests;
  if (committed === undefined) { return []; }
  const removed = databases(committed).filter(({ at, isDurable }) => isDurable && !isIn(manifests, at));
  const added = databases(manifests).filter(({ at }) => !isIn(committed, at));
  const pairs = removed.flatMap((before) => added.map((after) => ({ before, after, likeness: likeness(before, after) })))
    .filter(({ likeness: value }) => value > 0).sort((a, b) => b.likeness - a.likeness);
  const successors = new Map<DatabaseView, DatabaseView>();
  const taken = new Set<DatabaseView>();
  for (const { before, after } of pairs) {
    if (successors.has(before) || taken.has(after)) { continue; }
    successors.set(before, after);
    taken.add(after);
  }
  return removed.filter((before) => !goesOn(before, successors.get(before)))
    .map((before) => removal(before, successors.get(before), prunedStorage(before, committed, manifests)));
});

function removal(before: DatabaseView, after: DatabaseView | undefined, pruned: string[]): DatabaseRemoval {
  const { namespace, name } = before.at;
  const object = { before, namespace, name, pruned };
  if (after === undefined) { return { ...object, at: before.at, kind: Removal.REMOVED }; }
  const place = { ...object, at: after.at, after };
  return after.at.namespace === namespace
    ? { ...place, kind: Removal.RENAMED, target: after.at.name }
    : { ...place, kind: Removal.MOVED, target: after.at.namespace ?? '' };
}

/** Whether the successor uses the same data directory: another workload on the same claim. */
function goesOn({ at: { namespace }, data: from }: DatabaseView, after: DatabaseView | undefined): boolean {
  if (from === undefined || after?.data === undefined || after.at.namespace !== namespace) { return false; }
  return from.isDurable && from.key === after.data.key && from.path === after.data.path;
}

function databases(manifests: IssuanceGraph): DatabaseView[] {
  return [...DatabaseView.of(manifests).values()].filter(({ isPostgres }) => isPostgres);
}

function isIn(manifests: IssuanceGraph, { group, kind, namespace, name }: Manifest): boolean {
  return manifests.find(group, kind, namespace, name) !== undefined;
}

/** The features by which databases are compared, computed once for each. */
const features = memoizeByObject((database: DatabaseView): readonly string[] => [
  database.major ?? '', canonical([...database.claims]), database.at.kind, canonical(database.pod.containers.map(({ name }) => name)),
]);

/** Zero where the databases are not similar; a common name or namespace has more weight than all features. */
function likeness(before: DatabaseView, after: DatabaseView): number {
  const [one, other] = [features(before), features(after)];
  const score = one.filter((feature, index) => feature === other[index]).length;
  if (before.at.name === after.at.name) { return 20 + score; }
  if (before.at.namespace === after.at.namespace) { return 10 + score; }
  return score === one.length ? 1 : 0;
}
