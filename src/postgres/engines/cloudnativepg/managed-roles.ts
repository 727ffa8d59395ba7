import { optionsOf } from './pod-traffic';
import type { DatabasePlan } from '../../plan/database-plan';
import type { DeclaredRolePlan } from '../../plan/declared-plan';

/** The database that the operator makes first, and its owner of the same name, unless another one is given. */
export const INITIAL_DATABASE = 'app';

/**
 * The roles of a Cluster: those that are declared, and the owner of the first database. None has a password. That of the owner must be disabled explicitly: the operator
 * gives it one, in the Secret `NAME-app`, whatever pg_hba.conf admits.
 *
 * Source: CloudNativePG internal/management/controller/instance_controller.go, reconcileUser; tried: NULL in pg_authid within seconds, and after a failover.
 */
export function managedRoles(plan: DatabasePlan): unknown[] {
  const { initialDatabase = INITIAL_DATABASE } = optionsOf(plan);
  const declared = plan.declared?.roles ?? [];
  const owner: DeclaredRolePlan[] = declared.some(({ name }) => name === initialDatabase) ? [] : [{ name: initialDatabase, present: true, login: true }];
  return [...owner, ...declared.filter(({ present }) => present)].map(managedRole);
}

function managedRole(role: DeclaredRolePlan): unknown {
  const { name, login = false, replication = false, createDatabases = false, createRoles = false, bypassRowSecurity = false, connectionLimit = -1, inRoles = [], validUntil = 'infinity' } = role;
  return {
    name,
    ensure: 'present',
    login,
    disablePassword: true,
    ...(replication ? { replication } : {}),
    ...(createDatabases ? { createdb: true } : {}),
    ...(createRoles ? { createrole: true } : {}),
    ...(bypassRowSecurity ? { bypassrls: true } : {}),
    ...(connectionLimit === -1 ? {} : { connectionLimit }),
    ...(validUntil === 'infinity' ? {} : { validUntil: timestamp(validUntil) }),
    ...(inRoles.length === 0 ? {} : { inRoles }),
  };
}

/** A time of PostgreSQL in the form of the API (RFC 3339). */
function timestamp(time: string): string {
  const parsed = new Date(time.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Number.isNaN(parsed.getTime()) ? time : parsed.toISOString().replace('.000Z', 'Z');
}
