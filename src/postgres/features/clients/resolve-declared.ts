import { Privilege } from './client-privileges';
import { privilegesOf } from './privileges-of';
import { databasesOf, declaredDatabases, declaredRoles, isAbsent, isOwner, presentRoles, type DeclaredDatabase, type DeclaredRole } from './resolve-declarations';
import type { RoleOptions } from './role-options';
import type { Declarations } from '../../declarations';
import type { DeclaredDatabasePlan, DeclaredPlan, DeclaredRolePlan, DeclaredSetting } from '../../plan/declared-plan';
import { SUPERUSER } from '../../plan/roles';
import { settingWords } from '../../../postgresql';

/** The declarations with every default applied. `passwords` has the file of a client's password, by role. */
export function resolveDeclared(declarations: Declarations, passwords: ReadonlyMap<string, string>): DeclaredPlan {
  const roles = declaredRoles(declarations);
  return {
    roles: roles.map((role) => (isAbsent(role.options) ? absentRole(role) : presentRole(role, passwords.get(role.name)))),
    databases: declaredDatabases(declarations).map((database) => (isAbsent(database.options) ? { name: database.name, present: false } : presentDatabase(database, declarations))),
  };
}

/** The text of the file. */
export function declarationsJson(declared: DeclaredPlan): string {
  return `${JSON.stringify(declared, null, 2)}\n`;
}

function presentRole({ name, isClient, options }: DeclaredRole, password: string | undefined): DeclaredRolePlan {
  const { login = false, replication = false, createDatabases = false, createRoles = false, bypassRowSecurity = false } = isClient ? { login: true } : options as RoleOptions;
  const { connectionLimit = -1, validUntil = 'infinity', inRoles = [], settings, resetSettings = [] } = options;
  return {
    name, present: true, login, replication, createDatabases, createRoles, bypassRowSecurity, connectionLimit, validUntil, inRoles: [...new Set(inRoles)],
    settings: settingsOf(settings), resetSettings, ...(password === undefined ? {} : { password }),
  };
}

function absentRole({ name, options: { state } }: DeclaredRole): DeclaredRolePlan {
  const { reassignOwnedTo, dropOwned = false } = state!._options;
  return { name, present: false, ...(reassignOwnedTo === undefined ? { dropOwned } : { reassignOwnedTo }) };
}

function presentDatabase(database: DeclaredDatabase, declarations: Declarations): DeclaredDatabasePlan {
  const { name, owner, options: { schemas = [], extensions = [], connectionLimit = -1, settings, resetSettings = [], publicAccess = false } } = database;
  const clients = declarations.clients.filter((client) => databasesOf(client).includes(name) && !isAbsent(client.options) && !isOwner(client));
  return {
    name, present: true, ...(owner === undefined ? {} : { owner }), connectionLimit, publicAccess, settings: settingsOf(settings), resetSettings,
    schemas: schemas.map((schema) => ({ name: schema.name, ...ownedBy(schema.owner ?? owner) })),
    extensions: extensions.map((extension) => ({ name: extension.name, schema: extension.schema, version: extension.version })),
    creators: creatorsOf(database, declarations),
    clients: clients.map((client) => ({ role: client.name, grants: privilegesOf(database, client.options) })),
  };
}

function ownedBy(owner: string | undefined): { readonly owner?: string } {
  return owner === undefined ? {} : { owner };
}

/** As lists of words, because some parameters are lists. Sorted: the order of keys has no effect. */
function settingsOf(settings: { readonly [name: string]: string } = {}): DeclaredSetting[] {
  return Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => ({ name, words: settingWords(name, value) }));
}

/** The roles that create objects in a database: default privileges are those of the role that creates an object. */
function creatorsOf(database: DeclaredDatabase, declarations: Declarations): string[] {
  const { name, owner, options: { schemas = [] } } = database;
  const owners = [owner ?? SUPERUSER, ...schemas.flatMap((schema) => schema.owner ?? [])];
  const creating = declarations.clients.filter((client) => databasesOf(client).includes(name) && !isAbsent(client.options)
    && client.options.privileges?._grants.some(({ _on, _privileges }) => ['database', 'schema'].includes(_on) && _privileges.includes(Privilege.CREATE)));
  return withMembers(new Set([...owners, ...creating.map((client) => client.name)]), presentRoles(declarations));
}

/** Roles and their declared members, members of members included. */
function withMembers(names: ReadonlySet<string>, roles: ReadonlyArray<DeclaredRole>): string[] {
  const members = roles.filter(({ name, options: { inRoles = [] } }) => !names.has(name) && inRoles.some((group) => names.has(group)));
  return members.length === 0 ? [...names] : withMembers(new Set([...names, ...members.map(({ name }) => name)]), roles);
}
