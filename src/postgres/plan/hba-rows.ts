import type { HbaRowPlan } from './parts';
import { HBA_RANK } from './rank';
import { covers, HbaRow } from '../../postgresql';

/** The row that rejects some roles, so that no later row can let them in; `all` does not match replication. */
export function endOfAccess(users: ReadonlyArray<string>, rank: number): HbaRowPlan {
  return { rank, row: { type: 'host', databases: ['all', 'replication'], users, address: 'all', method: 'reject', options: [] } };
}

/** The row that rejects the roles of the pod, after their own rows. */
export function endOfPodAccess(roles: ReadonlyArray<string>): HbaRowPlan[] {
  return roles.length > 0 ? [endOfAccess(roles, HBA_RANK.POD_END)] : [];
}

/** Ranked rows without the defaults that an earlier row covers. */
export function decidingRows(rows: ReadonlyArray<HbaRowPlan>): HbaRow[] {
  return rows.reduce<HbaRow[]>((kept, { row, isDefault }) => (isDefault && kept.some((earlier) => covers(earlier, row)) ? kept : [...kept, row]), []);
}
