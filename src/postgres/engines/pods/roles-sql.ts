import type { RolePlan } from '../../plan/parts';

/**
 * SQL that creates the roles of the pod with their privileges, run at every reload. A statement that changes
 * something runs only where something is missing: it would wait for any open transaction that has changed the same row.
 */
export function rolesSql(roles: ReadonlyArray<RolePlan>): string {
  return roles.flatMap(({ name, memberOf = [], executes = [], replicates = false }) => [
    created(name, replicates), ...memberOf.map((group) => member(name, group)), ...executes.map((signature) => executable(name, signature)),
  ]).join('\n') + '\n';
}

function created(role: string, replicates: boolean): string {
  return unless(`EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}')`, `CREATE ROLE ${role} LOGIN${replicates ? ' REPLICATION' : ''}`);
}

function member(role: string, group: string): string {
  return unless(`pg_has_role('${role}', '${group}', 'MEMBER')`, `GRANT ${group} TO ${role}`);
}

function executable(role: string, signature: string): string {
  return unless(`has_function_privilege('${role}', '${signature}', 'EXECUTE')`, `GRANT EXECUTE ON FUNCTION ${signature} TO ${role}`);
}

function unless(condition: string, statement: string): string {
  return `DO $$
BEGIN
  IF NOT ${condition} THEN
    ${statement};
  END IF;
END $$;`;
}
