import type { ClientOptions } from './client-options';
import type { DatabaseOptions } from './database-options';
import type { CommonRoleOptions, RoleOptions } from './role-options';
import { databasesOf, type Declaration, type Declarations } from '../../declarations';
import { memoizeLast } from '../../../data';
import { databaseNameFault, roleNameFault, schemaNameFault } from '../../../postgresql';

export { databasesOf };

/** The schema that every database has. */
export const PUBLIC = 'public';

/** A role of either kind. */
export interface DeclaredRole {
  readonly name: string;
  readonly isClient: boolean;
  /** The call that declares it, for messages. */
  readonly call: string;
  readonly options: CommonRoleOptions;
}

/** A database, also one that a client declares. */
export interface DeclaredDatabase {
  readonly name: string;
  readonly call: string;
  readonly options: DatabaseOptions;
  /** The owner that is declared; undefined where there is none. */
  readonly owner?: string;
}

/** The roles of all declarations, clients last. */
export function declaredRoles({ roles, clients }: Declarations): DeclaredRole[] {
  return [
    ...roles.map(({ name, options }) => ({ name, options, isClient: false, call: callOf('addRole', name) })),
    ...clients.map(({ name, options }) => ({ name, options, isClient: true, call: callOf('addClient', name) })),
  ];
}

/** The roles of all declarations that stay. */
export function presentRoles(declarations: Declarations): DeclaredRole[] {
  return declaredRoles(declarations).filter(({ options }) => !isAbsent(options));
}

/** The databases of all declarations: those that are declared, and those that only their owner names. */
export function declaredDatabases(declarations: Declarations): DeclaredDatabase[] {
  const { databases, clients } = declarations;
  const owners = clients.filter(isOwner);
  const named = new Set(databases.map(({ name }) => name));
  const implied = owners.flatMap(({ name: client, options }) => databasesOf({ name: client, options }).map((name) => ({ name, call: callOf('addClient', client) })));
  const all: Array<Omit<DeclaredDatabase, 'owner'>> = [
    ...databases.map(({ name, options }) => ({ name, options, call: callOf('addDatabase', name) })),
    ...implied.filter(({ name }, index) => !named.has(name) && implied.findIndex((other) => other.name === name) === index).map((database) => ({ ...database, options: {} })),
  ];
  return all.map((database) => ({ ...database, owner: database.options.owner ?? owners.find((client) => databasesOf(client).includes(database.name))?.name }));
}

/** Whether a client owns its databases. */
export function isOwner({ options: { privileges, state } }: Declaration<ClientOptions>): boolean {
  return (privileges?.kind ?? 'owner') === 'owner' && !isAbsent({ state });
}

/** Whether a client is removed. */
export function isAbsent({ state }: Pick<CommonRoleOptions, 'state'>): boolean {
  return state?.isAbsent ?? false;
}

/** The schemas of a database, `public` first. */
export function schemasOf({ options: { schemas = [] } }: Pick<DeclaredDatabase, 'options'>): string[] {
  return [PUBLIC, ...schemas.map(({ name }) => name)];
}

/** Declarations without those that a rule refuses for their names, so that one cause has one finding, and without repeated ones. Each feature asks for it. */
export const usable = memoizeLast(({ databases, roles, clients, ...rest }: Declarations): Declarations => {
  const taken = new Set<string>();
  const first = ({ name }: Declaration<unknown>): boolean => !taken.has(name) && taken.add(name) !== undefined;
  const named = <Options>(declared: ReadonlyArray<Declaration<Options>>, fault: (name: string) => string | undefined) => declared.filter(({ name }) => fault(name) === undefined);
  const kept = named(databases, databaseNameFault).filter((one, index, all) => all.findIndex(({ name }) => name === one.name) === index);
  return {
    ...rest,
    databases: kept.map(({ name, options }) => ({ name, options: { ...options, schemas: options.schemas?.filter((schema) => schemaNameFault(schema.name) === undefined) } })),
    roles: named<RoleOptions>(roles, roleNameFault).filter(first),
    clients: named<ClientOptions>(clients, roleNameFault).filter((client) => databasesOf(client).every((name) => databaseNameFault(name) === undefined)).filter(first),
  };
});

/** A call, as a message and a field name it. */
export function callOf(method: string, name: string): string {
  return `${method}('${shown(name.replaceAll('\\', '\\\\').replaceAll("'", "\\'"))}')`;
}

/** A name in a message, which is one line. */
export function shown(name: string): string {
  // eslint-disable-next-line no-control-regex
  return name.replace(/[\u0000-\u001f\u007f]|\p{Surrogate}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
