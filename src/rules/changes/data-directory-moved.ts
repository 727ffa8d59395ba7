import { ChangeKind } from './change-kind';
import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';

export const dataDirectoryMoved: ConsentRule<WorkloadChange> = {
  id: 'data-directory-moved',
  code: 'PGTLS-S18',
  title: 'volume, claim or path of the data directory changes',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, StatefulSets: a claim is found by the name of its template; PostgreSQL, PGDATA',
  consents: [ChangeKind.DATA_RELOCATED],
  check: (change) => [...relocated(change), ...dropped(change)],
  fix: 'keep the name of the volume, its claim and the path; to move the data, stop the server, copy the data directory and recreate '
    + 'the StatefulSet (docs/operations.md)',
};

function relocated(change: WorkloadChange): string[] {
  const { data } = change;
  if (data === undefined || !change.keepsData) { return []; }
  const [from, to] = [data.before, data.after];
  if (from.key !== to.key) {
    return [`${change.called} currently has its data on ${from.description} and expects it on ${to.description}: it finds no data there `
      + 'and starts empty, or not at all'];
  }
  return when(from.path !== to.path && !change.changesMajor, () =>
    `${change.called} currently has its data at ${from.path} of ${from.description} and expects it at ${to.path}: it finds no data there `
      + 'and starts empty, or not at all');
}

/** Claims that are no longer used, and that no other finding reports. */
function dropped(change: WorkloadChange): string[] {
  const reported = [...(change.becomesEphemeral || relocated(change).length > 0 ? [change.data!.before.key] : []), change.before.walVolume?.key];
  const names = change.droppedClaims.filter((name) => !reported.includes(change.before.volume(name).key));
  return names.map((name) => `${change.called} no longer creates the volume claim '${name}', and the data on that volume is no longer used`);
}
