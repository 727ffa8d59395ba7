import type { ClientOptions } from './features/clients/client-options';
import type { DatabaseOptions } from './features/clients/database-options';
import type { RoleOptions } from './features/clients/role-options';
import type { PoolerOptions } from './features/poolers/pooler-options';
import type { NetworkPolicyPeer } from './plan/network-policy-peer';

/** Something that is declared, by the name that PostgreSQL stores. */
export interface Declaration<Options> {
  readonly name: string;
  readonly options: Options;
}

/** Pods that a client connects from. */
export interface DeclaredConnection {
  readonly client: string;
  /** Undefined for the namespace of the database. */
  readonly otherNamespace?: string;
  /** The pods, for the NetworkPolicy of the database. */
  readonly peer: NetworkPolicyPeer;
  /** The pooler through which they connect; undefined for the database itself. */
  readonly pooler?: string;
}

/** The databases, roles, clients and poolers that are declared. */
export interface Declarations {
  readonly databases: ReadonlyArray<Declaration<DatabaseOptions>>;
  readonly roles: ReadonlyArray<Declaration<RoleOptions>>;
  readonly clients: ReadonlyArray<Declaration<ClientOptions>>;
  readonly poolers: ReadonlyArray<Declaration<PoolerOptions>>;
  readonly connections: ReadonlyArray<DeclaredConnection>;
  /** Clients whose certificate in the namespace of the database something reads. */
  readonly readCertificates: ReadonlyArray<string>;
}

export const NO_DECLARATIONS: Declarations = { databases: [], roles: [], clients: [], poolers: [], connections: [], readCertificates: [] };

/** Whether anything is declared. */
export function hasDeclarations({ databases, roles, clients }: Declarations): boolean {
  return databases.length + roles.length + clients.length > 0;
}

/** The names of the databases of a client. */
export function databasesOf({ name, options: { database, databases } }: Declaration<ClientOptions>): ReadonlyArray<string> {
  return databases ?? [database ?? name];
}

/** The names of the clients that may use a pooler: those that are connected through it, and those that it names. */
export function clientsOfPooler({ connections }: Pick<Declarations, 'connections'>, { name, options: { clients = [] } }: Declaration<PoolerOptions>): string[] {
  return [...new Set([...clients, ...connections.filter(({ pooler }) => pooler === name).map(({ client }) => client)])];
}

/** Sorted by name, so that manifests do not depend on the order of the calls; declarations of one name keep theirs. */
export function sortDeclarations({ databases, roles, clients, poolers, connections, readCertificates }: Declarations): Declarations {
  const name = (declaration: Declaration<unknown>): string => declaration.name;
  return {
    databases: sortedBy(databases, name), roles: sortedBy(roles, name), clients: sortedBy(clients, name), poolers: sortedBy(poolers, name),
    connections: sortedBy(connections, ({ client, otherNamespace = '', peer, pooler = '' }) => JSON.stringify([client, otherNamespace, peer, pooler])),
    readCertificates,
  };
}

/** By UTF-16 code units: an order of a language depends on the locale of the process. */
function sortedBy<Item>(items: ReadonlyArray<Item>, keyOf: (item: Item) => string): Item[] {
  const keyed = items.map((item) => [keyOf(item), item] as const);
  return keyed.sort(([one], [other]) => (one < other ? -1 : Number(one > other))).map(([, item]) => item);
}
