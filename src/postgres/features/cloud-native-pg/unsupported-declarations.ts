import type { UnsupportedProperty } from './unsupported-property';
import type { DatabasePlan } from '../../plan/database-plan';
import type { DeclaredDatabasePlan, DeclaredRolePlan } from '../../plan/declared-plan';

const MIGRATE = 'and set them in a migration that the owner runs';

/** What is declared and neither a managed role nor a `Database` can have. */
export function unsupportedDeclarations({ declared, declarations }: DatabasePlan): UnsupportedProperty[] {
  const clients = new Set(declarations.clients.map(({ name }) => name));
  const closed = new Set(declarations.databases.filter(({ options }) => options.publicAccess === false).map(({ name }) => name));
  return [
    ...(declared?.roles ?? []).flatMap((role) => ofRole(role, `${clients.has(role.name) ? 'addClient' : 'addRole'}('${role.name}')`)),
    ...(declared?.databases ?? []).flatMap((database) => ofDatabase(database, closed.has(database.name))),
    ...ofGrants(declared?.databases ?? []),
  ];
}

/** One for each client, however many databases it has. */
function ofGrants(databases: ReadonlyArray<DeclaredDatabasePlan>): UnsupportedProperty[] {
  const roles = [...new Set(databases.flatMap(({ clients = [] }) => clients.map(({ role }) => role)))];
  return roles.map((role) => ({
    property: `addClient('${role}').privileges`,
    reason: `grants privileges on ${databases.filter(({ clients = [] }) => clients.some((client) => client.role === role)).map(({ name }) => `'${name}'`).join(', ')}, for which a Database has no field`,
    instead: 'give the client ClientPrivileges.owner(), or declare it as a role: addRole with login, an access rule, and grants in a migration that the owner runs',
  }));
}

function ofRole({ present, settings = [], resetSettings = [], password }: DeclaredRolePlan, call: string): UnsupportedProperty[] {
  return [
    ...(password === undefined ? [] : [{
      property: `${call}.password`, reason: 'is a password, and roles of a Cluster have none here', instead: 'remove it: the client logs in with a certificate',
    }]),
    ...(settings.length === 0 ? [] : [{ property: `${call}.settings`, reason: 'sets parameters of a role, for which managed roles have no field', instead: `remove them, ${MIGRATE}` }]),
    ...(resetSettings.length === 0 ? [] : [{ property: `${call}.resetSettings`, reason: 'resets parameters of a role, for which managed roles have no field', instead: 'remove them' }]),
    ...(present ? [] : [{
      property: `${call}.state`, reason: 'drops or reassigns what the role owns before it drops the role, which the operator does not do',
      instead: 'remove the declaration, and drop the role by hand: DROP OWNED BY or REASSIGN OWNED BY in each database, then DROP ROLE',
    }]),
  ];
}

function ofDatabase({ name, settings = [], resetSettings = [] }: DeclaredDatabasePlan, isClosed: boolean): UnsupportedProperty[] {
  const call = `addDatabase('${name}')`;
  return [
    ...(settings.length === 0 ? [] : [{ property: `${call}.settings`, reason: 'sets parameters of a database, for which a Database has no field', instead: `remove them, ${MIGRATE}` }]),
    ...(resetSettings.length === 0 ? [] : [{ property: `${call}.resetSettings`, reason: 'resets parameters of a database, for which a Database has no field', instead: 'remove them' }]),
    ...(isClosed ? [{
      property: `${call}.publicAccess`, reason: 'revokes CONNECT and TEMPORARY from PUBLIC, for which a Database has no field',
      instead: 'remove it: the rows of pg_hba.conf admit each client to its databases only',
    }] : []),
  ];
}
