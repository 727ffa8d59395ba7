import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import type { Report } from '../engine/rule';
import { kubernetesPage, postgresPage } from '../engine/sources';

export const dataDirectoryMoved: ConsentRule<WorkloadChange> = {
  id: 'data-directory-moved',
  code: 'PGTLS-S18',
  title: 'volume, claim or path of the data directory changes',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('concepts/workloads/controllers/statefulset/', 'StatefulSets', 'a claim is found by the name of its template'),
    postgresPage('storage-file-layout.html', 'Database File Layout', 'PGDATA'),
  ],
  consents: [ChangeKind.DATA_RELOCATED],
  check: (change, report) => {
    const isRelocated = reportRelocated(change, report);
    // Claims that are no longer used, and that no other finding reports.
    const reported = [...(change.becomesEphemeral || isRelocated ? [change.data!.before.key] : []), change.before.walVolume?.key];
    for (const name of change.droppedClaims.filter((claim) => !reported.includes(change.before.volume(claim).key))) {
      report('spec.volumeClaimTemplates', `${change.called} no longer creates the volume claim '${name}', and the data on that volume is no longer used`);
    }
  },
  fix: 'keep the name of the volume, its claim and the path; to move the data, stop the server, copy the data directory and recreate '
    + 'the StatefulSet (docs/operations.md)',
};

function reportRelocated(change: WorkloadChange, report: Report): boolean {
  const { data } = change;
  if (data === undefined || !change.keepsData) { return false; }
  const [from, to] = [data.before, data.after];
  const outcome = 'it finds no data there and starts empty, or not at all';
  if (from.key !== to.key) {
    report(to.field, `${change.called} currently has its data on ${from.description} and expects it on ${to.description}: ${outcome}`);
    return true;
  }
  if (from.path === to.path || change.changesMajor) { return false; }
  report(to.field, `${change.called} currently has its data at ${from.path} of ${from.description} and expects it at ${to.path}: ${outcome}`);
  return true;
}
