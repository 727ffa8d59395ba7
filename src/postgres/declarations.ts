import type { ClientOptions } from './features/clients/client-options';
import type { DatabaseOptions } from './features/clients/database-options';
import type { RoleOptions } from './features/clients/role-options';

/** Something that is declared, by the name that PostgreSQL stores. */
export interface Declaration<Options> {
  readonly name: string;
  readonly options: Options;
}

/** The databases, roles and clients that are declared, in the order of the calls. */
export interface Declarations {
  readonly databases: ReadonlyArray<Declaration<DatabaseOptions>>;
  readonly roles: ReadonlyArray<Declaration<RoleOptions>>;
  readonly clients: ReadonlyArray<Declaration<ClientOptions>>;
}

export const NO_DECLARATIONS: Declarations = { databases: [], roles: [], clients: [] };

/** Whether anything is declared. */
export function hasDeclarations({ databases, roles, clients }: Declarations): boolean {
  return databases.length + roles.length + clients.length > 0;
}
