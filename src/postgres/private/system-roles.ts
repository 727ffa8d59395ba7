import { EXPORTER_ROLE } from './certificates';
import type { ExporterPlan } from './exporter';
import type { UserMapping } from '../access-rule';
import { HbaRow } from '../../postgresql';

/** The role that the reloader reloads as; it may do nothing else. */
export const RELOADER_ROLE = 'postgres_reloader';

/** Who is at the socket has one name in the container, and may be these roles of the pod's own. */
const SOCKET_MAP = 'pod';

/** How the pod's own containers get in: over the socket, or with a certificate from inside the pod. */
export function systemAccess(exporter: ExporterPlan | undefined): HbaRow[] {
  return [
    overSocket(RELOADER_ROLE),
    ...(exporter === undefined ? [] : [exporter.tls ? exporterWithCertificate() : overSocket(EXPORTER_ROLE)]),
  ];
}

/** The roles that belong to the pod, which come in as said above and in no other way. */
export function systemRoles(exporter: ExporterPlan | undefined): string[] {
  return [RELOADER_ROLE, ...(exporter === undefined ? [] : [EXPORTER_ROLE])];
}

export function systemMappings(exporter: ExporterPlan | undefined): UserMapping[] {
  const roles = [RELOADER_ROLE, ...(exporter && !exporter.tls ? [EXPORTER_ROLE] : [])];
  return roles.map((databaseUser) => ({ map: SOCKET_MAP, systemUser: 'postgres', databaseUser }));
}

/**
 * SQL that makes the roles and their rights, run whenever the reloader has something to take over. A statement that changes something
 * runs only where something is missing: it would wait for any open transaction that has changed the same row.
 */
export function systemRolesSql(exporter: ExporterPlan | undefined, major: number): string {
  // The group of those who may take reserved connections is new in 16.
  const reserve = (role: string) => (major >= 16 ? [member(role, 'pg_use_reserved_connections')] : []);
  return [
    created(RELOADER_ROLE),
    ...reserve(RELOADER_ROLE),
    unless(`has_function_privilege('${RELOADER_ROLE}', 'pg_reload_conf()', 'EXECUTE')`, `GRANT EXECUTE ON FUNCTION pg_reload_conf() TO ${RELOADER_ROLE}`),
    ...(exporter ? [created(EXPORTER_ROLE), member(EXPORTER_ROLE, 'pg_monitor'), ...reserve(EXPORTER_ROLE)] : []),
  ].join('\n') + '\n';
}

function created(role: string): string {
  return unless(`EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}')`, `CREATE ROLE ${role} LOGIN`);
}

function member(role: string, group: string): string {
  return unless(`pg_has_role('${role}', '${group}', 'MEMBER')`, `GRANT ${group} TO ${role}`);
}

function unless(condition: string, statement: string): string {
  return `DO $$
BEGIN
  IF NOT ${condition} THEN
    ${statement};
  END IF;
END $$;`;
}

function overSocket(user: string): HbaRow {
  return { type: 'local', databases: ['postgres'], users: [user], method: 'peer', options: [['map', SOCKET_MAP]] };
}

function exporterWithCertificate(): HbaRow {
  return { type: 'hostssl', databases: ['postgres'], users: [EXPORTER_ROLE], address: '127.0.0.1/32', method: 'cert', options: [] };
}
