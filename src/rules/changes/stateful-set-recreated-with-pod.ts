import { ConsentRule } from './consent-table';
import { WorkloadChange } from './workload-change';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';
import { IMMUTABLE } from './volume-change-shared';

export const statefulSetRecreatedWithPod: ConsentRule<WorkloadChange> = {
  id: 'stateful-set-recreated-with-pod',
  code: 'PGTLS-S16',
  severity: Severity.WARNING,
  title: 'StatefulSet must be recreated together with its pod',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: `${IMMUTABLE}; a StatefulSet does not adopt a pod that its selector does not match, and creates none beside it (tried on 1.36)`,
  check: remakes,
  fix: 'before applying, delete the StatefulSet with --cascade=orphan and then its pod: the claims stay, also with whenDeleted '
    + 'Delete, and the new pod uses them (docs/operations.md); then acknowledge the warning',
};

/** Why the StatefulSet must be recreated with its pod, if no other rule reports it. */
function remakes(change: WorkloadChange): string[] {
  const hasOtherFinding = change.becomesEphemeral || change.becomesDurable || change.wal !== undefined || change.droppedClaims.length > 0;
  const reasons = [
    ...change.immutableFields.ofThePod,
    ...(hasOtherFinding ? [] : change.addedClaims.map((name) => `volumeClaimTemplates (adds '${name}')`)),
    ...change.adoptedClaims.map((name) => `volumeClaimTemplates (removes '${name}')`),
  ];
  return when(reasons.length > 0, () => `${change.called} changes ${[...reasons, ...change.immutableFields.others].join(', ')}: the API server `
    + 'rejects this, and a recreated StatefulSet does not adopt the running pod');
}
