import { canonical } from './canonical';
import { ConsentRule } from './consent-table';
import { claimField, WorkloadChange } from './workload-change';
import { mapping, Mapping, texts, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { when } from '../engine/rule';
import { IMMUTABLE, shrinking, sizeOf } from './volume-change-shared';

export const statefulSetFieldImmutable: ConsentRule<WorkloadChange> = {
  id: 'stateful-set-field-immutable',
  code: 'PGTLS-S02',
  severity: Severity.WARNING,
  title: 'immutable StatefulSet field changes',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: IMMUTABLE,
  check: (change) => {
    const changed = [...change.keptClaims.flatMap(claimChanges), ...change.immutableFields.others];
    const hasOtherFinding = change.replacesPod || shrinking(change).length > 0;
    return when(changed.length > 0 && !hasOtherFinding, () => `${change.called} changes ${changed.join(', ')}: the API server rejects this, `
      + 'and with it every other change of the StatefulSet');
  },
  fix: 'before applying, patch the existing claim if its size grows, and delete the StatefulSet with --cascade=orphan: selector '
    + 'and claim names stay the same, so the new StatefulSet adopts pod and data (docs/operations.md); then acknowledge the warning',
};

/** The differences in the template of a claim, and their effect on the existing claim. */
function claimChanges({ name, before, after }: { name: string; before: Mapping; after: Mapping }): string[] {
  const [size, newSize] = [sizeOf(before), sizeOf(after)];
  const changed = (path: string) => claimField(before, path) !== claimField(after, path);
  const known = [
    ...when((parseQuantity(size) ?? size) !== (parseQuantity(newSize) ?? newSize), () => `the size of volume claim '${name}' `
      + `from ${size} to ${newSize}`),
    ...when(changed('spec.storageClassName'), () => `the storage class of volume claim '${name}' (the existing claim keeps its `
      + 'class)'),
    ...when(changed('spec.accessModes'), () => `the access modes of volume claim '${name}' to `
      + `${texts(valueAt(after, 'spec.accessModes')).join(', ')} (the existing claim keeps its modes)`),
  ];
  const isOther = known.length === 0 && canonical(rest(before)) !== canonical(rest(after));
  return isOther ? [`the template of volume claim '${name}'`] : known;
}

/** A template without its size, which is compared as a number, and without its data source, which PGTLS-S15 checks. */
function rest({ metadata, spec }: Mapping): Mapping {
  const { dataSource: _, dataSourceRef: __, resources, ...fields } = mapping(spec) as Record<string, unknown>;
  const { requests, ...others } = mapping(resources) as Record<string, unknown>;
  const { storage: ___, ...otherRequests } = mapping(requests) as Record<string, unknown>;
  // The API server fills in the volumeMode, so that the output of `kubectl get` contains it.
  return { metadata, spec: { volumeMode: 'Filesystem', ...fields, resources: { ...others, requests: otherRequests } } };
}
