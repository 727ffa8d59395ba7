import { PodView } from '../pod-view';
import { Inventory } from '../inventory';
import { Located } from '../judged';
import { Rule } from '../rule';
import { ruleTable } from '../rule-table';

/** A pod and everything beside it. */
export interface PodSubject extends Located {
  readonly pod: PodView;
  readonly inventory: Inventory;
}

export function podsOf(inventory: Inventory): PodSubject[] {
  return inventory.pods.map((pod) => ({ at: pod.at, pod, inventory }));
}

/** What is proven about how pods see certificates. */
export const MOUNT_RULES = ruleTable(podsOf, [] satisfies Rule<PodSubject>[]);
