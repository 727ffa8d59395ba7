import type { HbaRowPlan, IdentRowPlan } from './parts';

/** The superuser, whose access `superuserAccess` decides. */
export const SUPERUSER = 'postgres';

/** The user map of the socket: the one user of the container may log in as each role of the pod. */
const SOCKET_MAP = 'pod';

/** The user map of clients that may connect through a pooler, which shows its own certificate for all of them. */
export const POOLED_MAP = 'pooled';

/** Access over the socket for a role of the pod, to the database `postgres`. */
export function socketAccess(role: string, rank: number): { readonly hbaRows: HbaRowPlan[]; readonly identRows: IdentRowPlan[] } {
  return {
    hbaRows: [{ rank, row: { type: 'local', databases: ['postgres'], users: [role], method: 'peer', options: [['map', SOCKET_MAP]] } }],
    identRows: [{ rank, row: { map: SOCKET_MAP, systemUser: SUPERUSER, databaseUser: role } }],
  };
}

/** Replication over the socket for a role of the pod. */
export function socketReplication(role: string, rank: number): { readonly hbaRows: HbaRowPlan[]; readonly identRows: IdentRowPlan[] } {
  const { hbaRows, identRows } = socketAccess(role, rank);
  return { hbaRows: hbaRows.map((planned) => ({ ...planned, row: { ...planned.row, databases: ['replication'] } })), identRows };
}

/** The role whose members may take reserved connections, which exists from 16 on. */
export function reservedConnections(major: number): string[] {
  return major >= 16 ? ['pg_use_reserved_connections'] : [];
}
