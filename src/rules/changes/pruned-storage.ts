import type { DatabaseView } from './database-view';
import { displayName } from '../../kubernetes';
import { IssuanceGraph } from '../../pki';

/**
 * Objects with the data of a currently applied database that are no longer in the app: pruning deletes the data with them. Claims that a
 * StatefulSet creates are not objects of the app, unless a manifest declares them.
 */
export function prunedStorage(before: DatabaseView, committed: IssuanceGraph, manifests: IssuanceGraph): string[] {
  const { namespace, name } = before.at;
  const claims = [...before.claimNames, ...[...before.claims.keys()].map((claim) => `${claim}-${name}-0`)];
  const holders = [
    ...claims.map((claim) => ['PersistentVolumeClaim', namespace, claim] as const),
    ...(namespace === undefined || !before.isDurable ? [] : [['Namespace', undefined, namespace] as const]),
  ];
  return holders.flatMap(([kind, place, object]) => {
    const held = committed.find('', kind, place, object);
    return held !== undefined && manifests.find('', kind, place, object) === undefined ? [displayName(held)] : [];
  });
}
