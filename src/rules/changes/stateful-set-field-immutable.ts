import { canonical } from './canonical';
import type { ConsentRule } from './consent-table';
import { shrinkingClaims, sizeOf } from './shrinking-claims';
import { STATEFUL_SET_UPDATE } from './stateful-set-update';
import { claimField, type KeptClaim, type WorkloadChange } from './workload-change';
import { mapping, type Mapping, texts, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';

export const statefulSetFieldImmutable: ConsentRule<WorkloadChange> = {
  id: 'stateful-set-field-immutable',
  code: 'PGTLS-S02',
  severity: Severity.WARNING,
  title: 'immutable StatefulSet field changes',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [STATEFUL_SET_UPDATE],
  check: (change, report) => {
    const changed = [...change.keptClaims.flatMap(claimChanges), ...change.immutableFields.others.map((name) => ({ field: `spec.${name}`, text: name }))];
    const hasOtherFinding = change.replacesPod || shrinkingClaims(change).length > 0;
    if (changed.length > 0 && !hasOtherFinding) {
      report(changed[0]!.field, `${change.called} changes ${changed.map(({ text }) => text).join(', ')}: the API server rejects this, and with it every other change of the StatefulSet`);
    }
  },
  fix: 'before applying, patch the existing claim if its size grows, and delete the StatefulSet with --cascade=orphan: selector '
    + 'and claim names stay the same, so the new StatefulSet adopts pod and data (docs/operations.md); then acknowledge the warning',
};

/** A change of a field, as messages name it. */
interface FieldChange {
  readonly field: string;
  readonly text: string;
}

/** The differences in the template of a claim, and their effect on the existing claim. */
function claimChanges({ name, field, before, after }: KeptClaim): FieldChange[] {
  const [size, newSize] = [sizeOf(before), sizeOf(after)];
  const changed = (path: string) => claimField(before, path) !== claimField(after, path);
  const known: FieldChange[] = [];
  if ((parseQuantity(size) ?? size) !== (parseQuantity(newSize) ?? newSize)) {
    known.push({ field: `${field}.spec.resources.requests.storage`, text: `the size of volume claim '${name}' from ${size} to ${newSize}` });
  }
  if (changed('spec.storageClassName')) {
    known.push({ field: `${field}.spec.storageClassName`, text: `the storage class of volume claim '${name}' (the existing claim keeps its class)` });
  }
  if (changed('spec.accessModes')) {
    const modes = texts(valueAt(after, 'spec.accessModes')).join(', ');
    known.push({ field: `${field}.spec.accessModes`, text: `the access modes of volume claim '${name}' to ${modes} (the existing claim keeps its modes)` });
  }
  const isOther = known.length === 0 && canonical(rest(before)) !== canonical(rest(after));
  return isOther ? [{ field, text: `the template of volume claim '${name}'` }] : known;
}

/** A template without its size, which is compared as a number, and without its data source, which PGTLS-S15 checks. */
function rest({ metadata, spec }: Mapping): Mapping {
  const { dataSource: _, dataSourceRef: __, resources, ...fields } = mapping(spec) as Record<string, unknown>;
  const { requests, ...others } = mapping(resources) as Record<string, unknown>;
  const { storage: ___, ...otherRequests } = mapping(requests) as Record<string, unknown>;
  // The API server fills in the volumeMode, so that the output of `kubectl get` contains it.
  return { metadata, spec: { volumeMode: 'Filesystem', ...fields, resources: { ...others, requests: otherRequests } } };
}
