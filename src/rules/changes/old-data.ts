import type { DatabaseRemoval } from './database-removal';
import { inNamespace } from '../../kubernetes';
import { kubernetesPage } from '../engine/sources';

export const CLAIMS = kubernetesPage('concepts/workloads/controllers/statefulset/', 'StatefulSets',
  'volume claims belong to the name and namespace of the StatefulSet, and stay when it is deleted unless its retention policy is Delete');

export function currentlyApplied({ before }: DatabaseRemoval): string {
  return `${before.called}${inNamespace(before.at.namespace)} is currently applied and`;
}

/** What happens to the old data. */
export function oldData({ before, pruned }: DatabaseRemoval): string {
  const isMany = (names: ReadonlyArray<string>) => names.length > 1;
  if (pruned.length > 0) { return `its data is deleted with ${pruned.join(' and ')}, which ${isMany(pruned) ? 'are' : 'is'} no longer in the app either`; }
  const names = [...before.claims.keys()].map((claim) => `'${claim}-${before.at.name}-0'`);
  if (names.length === 0) { return `its data stays on ${before.data!.description} as long as that volume exists`; }
  const claims = `its volume claim${isMany(names) ? 's' : ''} ${names.join(' and ')}`;
  if (before.retention.whenDeleted !== 'Delete') { return `${claims} ${isMany(names) ? 'remain' : 'remains'} unused`; }
  return `${claims}, with all data, ${isMany(names) ? 'are' : 'is'} deleted with it (whenDeleted Delete)`;
}
