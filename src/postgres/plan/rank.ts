/**
 * Ranks of rows in pg_hba.conf, where the first row that matches a connection decides. The rows of a feature's own roles have a rank from `POD`
 * up to `POD_END`: after that, roles of the pod are rejected.
 */
export const HBA_RANK = { SOCKET: 0, POD: 100, POD_END: 200, SUPERUSER: 300, SUPERUSER_END: 400, GIVEN: 500, CLIENTS: 550, CLIENTS_END: 580, MODE: 600 } as const;

/** Ranks of parameters in postgresql.conf, where the last entry of a name counts. */
export const PARAMETER_RANK = {
  PLACES: 100, PASSWORDS: 200, TLS: 300, TLS_CLIENTS: 310, TLS_OPTIONS: 320, OPERATION: 400, INITIALIZATION: 500, MEMORY: 600, HUGE_PAGES: 700, FEATURE: 800, GIVEN: 900,
} as const;

/** Ranks of parts whose order has no meaning to their readers, but must be stable: an object with another order counts as changed. */
export const RANK = { FIRST: 100, SECOND: 200, THIRD: 300, FOURTH: 400, FEATURE: 500, AFTER: 600, LATER: 700, LAST: 800 } as const;

/** Ranks of objects, in the order in which they should be applied. */
export const OBJECT_RANK = { ACCOUNT: 10, CONFIGURATION: 20, SERVICES: 30, NETWORK: 40, DISRUPTION: 50, PODS: 60, FEATURE: RANK.FEATURE } as const;

/** A part with a rank among the parts of its kind. */
export interface Ranked {
  /** @default RANK.FEATURE */
  readonly rank?: number;
}

/** Sorted by rank; the order of parts of equal rank stays. */
export function byRank<Part extends Ranked>(parts: ReadonlyArray<Part>): Part[] {
  return isByRank(parts) ? [...parts] : [...parts].sort(({ rank: one = RANK.FEATURE }, { rank: other = RANK.FEATURE }) => one - other);
}

/** The case of most kinds of parts, of which few features have any. */
function isByRank(parts: ReadonlyArray<Ranked>): boolean {
  let last = -Infinity;
  for (const { rank = RANK.FEATURE } of parts) {
    if (rank < last) { return false; }
    last = rank;
  }
  return true;
}
