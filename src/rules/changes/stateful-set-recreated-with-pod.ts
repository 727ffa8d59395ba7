import { ChangeKind } from './change-kind';
import type { ConsentRule } from './consent-table';
import { STATEFUL_SET_UPDATE } from './stateful-set-update';
import type { WorkloadChange } from './workload-change';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import { source } from '../engine/sources';

/** Another Service gives the pod another DNS name, which clients and certificates may have: an error, as for the other names that Kubernetes cannot change. */
const RENAME = 'serviceName';

export const statefulSetRecreatedWithPod: ConsentRule<WorkloadChange> = {
  id: 'stateful-set-recreated-with-pod',
  code: 'PGTLS-S16',
  severity: Severity.WARNING,
  title: 'StatefulSet must be recreated together with its pod',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    STATEFUL_SET_UPDATE,
    source('tried on Kubernetes 1.36: a StatefulSet does not adopt a pod that its selector does not match, and creates none beside it'),
  ],
  consents: [ChangeKind.STATEFUL_SET_RECREATED],
  check: (change, report) => {
    const { immutableFields: { ofThePod, others }, addedClaims, adoptedClaims, after } = change;
    const hasOtherFinding = change.becomesEphemeral || change.becomesDurable || change.wal !== undefined || change.droppedClaims.length > 0;
    const reasons = [
      ...ofThePod.map((name) => ({ field: `spec.${name}`, text: name })),
      ...(hasOtherFinding ? [] : addedClaims.map((name) => ({ field: after.claimField(name), text: `volumeClaimTemplates (adds '${name}')` }))),
      ...adoptedClaims.map((name) => ({ field: 'spec.volumeClaimTemplates', text: `volumeClaimTemplates (removes '${name}')` })),
    ];
    if (reasons.length > 0) {
      report(reasons[0]!.field, `${change.called} changes ${[...reasons.map(({ text }) => text), ...others].join(', ')}: `
        + 'the API server rejects this, and a recreated StatefulSet does not adopt the running pod', undefined, ofThePod.includes(RENAME) ? Severity.ERROR : Severity.WARNING);
    }
  },
  fix: 'before applying, delete the StatefulSet with --cascade=orphan and then its pod: the claims stay, also with whenDeleted '
    + 'Delete, and the new pod uses them (docs/operations.md)',
};
