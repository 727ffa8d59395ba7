import type { WorkloadChange } from './workload-change';
import { type Mapping, text, valueAt } from '../../data';
import { parseQuantity } from '../../formats';

/** The kept claims whose size gets smaller. */
export function shrinkingClaims(change: WorkloadChange): ReadonlyArray<{ readonly name: string; readonly field: string; readonly before: string; readonly after: string }> {
  return change.keptClaims.map(({ name, field, before, after }) => ({ name, field: `${field}.spec.resources.requests.storage`, before: sizeOf(before), after: sizeOf(after) }))
    .filter((claim) => (parseQuantity(claim.after) ?? Infinity) < (parseQuantity(claim.before) ?? 0));
}

/** The size that a claim requests. */
export function sizeOf(claim: Mapping): string {
  return text(valueAt(claim, 'spec.resources.requests.storage'));
}
