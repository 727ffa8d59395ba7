import { WorkloadChange } from './workload-change';
import { Mapping, text, valueAt } from '../../data';
import { parseQuantity } from '../../formats';

export const IMMUTABLE = 'Kubernetes pkg/apis/apps/validation, ValidateStatefulSetUpdate';

/** The kept claims whose size gets smaller. */
export function shrinking(change: WorkloadChange): Array<{ name: string; before: string; after: string }> {
  return change.keptClaims.map(({ name, before, after }) => ({ name, before: sizeOf(before), after: sizeOf(after) }))
    .filter((claim) => (parseQuantity(claim.after) ?? Infinity) < (parseQuantity(claim.before) ?? 0));
}

export function sizeOf(claim: Mapping): string {
  return text(valueAt(claim, 'spec.resources.requests.storage'));
}
