import { EXPORTER_ROLE } from './certificates';
import type { ExporterPlan } from './exporter';
import type { HbaRow } from './hba-row';
import type { UserMapping } from '../access-rule';

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

/** SQL that makes or mends the roles, run whenever the reloader has something to take over. */
export function systemRolesSql(exporter: ExporterPlan | undefined): string {
  return [
    made(RELOADER_ROLE),
    `GRANT EXECUTE ON FUNCTION pg_reload_conf() TO ${RELOADER_ROLE};`,
    ...(exporter ? [made(EXPORTER_ROLE), `GRANT pg_monitor TO ${EXPORTER_ROLE};`] : []),
  ].join('\n') + '\n';
}

function made(role: string): string {
  return `DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
    CREATE ROLE ${role} LOGIN;
  END IF;
END $$;`;
}

function overSocket(user: string): HbaRow {
  return { type: 'local', databases: ['postgres'], users: [user], method: 'peer', options: [['map', SOCKET_MAP]] };
}

function exporterWithCertificate(): HbaRow {
  return { type: 'hostssl', databases: ['postgres'], users: [EXPORTER_ROLE], address: '127.0.0.1/32', method: 'cert', options: [] };
}
