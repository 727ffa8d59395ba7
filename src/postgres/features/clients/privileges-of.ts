import type { ClientOptions } from './client-options';
import { Privilege } from './client-privileges';
import type { GrantKind } from './grant-kind';
import { PUBLIC, schemasOf, type DeclaredDatabase } from './resolve-declarations';

/** A grant in one database. */
export interface GrantPlan {
  readonly on: GrantKind;
  /** Undefined for the database. */
  readonly schema?: string;
  readonly privileges: ReadonlyArray<string>;
  /** Undefined for all objects of the schema, those that are created later included. */
  readonly names?: ReadonlyArray<string>;
}

const READ: ReadonlyArray<readonly [GrantKind, ReadonlyArray<Privilege>]> = [
  ['schema', [Privilege.USAGE]], ['table', [Privilege.SELECT]], ['sequence', [Privilege.SELECT]],
];
const WRITE: typeof READ = [
  ['schema', [Privilege.USAGE]], ['table', [Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE, Privilege.DELETE]], ['sequence', [Privilege.SELECT, Privilege.USAGE]],
];

/** The privileges of a client that does not own the database. */
export function privilegesOf(database: DeclaredDatabase, { privileges, schemas }: ClientOptions): GrantPlan[] {
  const connect: GrantPlan = { on: 'database', privileges: ['CONNECT'] };
  const kind = privileges?.kind ?? 'owner';
  if (kind === 'custom') {
    return [connect, ...privileges!._grants.map(({ _on: on, _privileges, _options: { schema, names } }) => ({
      on, privileges: [..._privileges], ...(on === 'database' ? {} : { schema: schema ?? PUBLIC }), ...(names === undefined ? {} : { names }),
    }))];
  }
  const own = (schemas ?? schemasOf(database)).filter((schema) => schemasOf(database).includes(schema));
  const onSchemas = own.flatMap((schema) => (kind === 'readOnly' ? READ : WRITE).map(([on, granted]) => ({ on, schema, privileges: granted })));
  return kind === 'readOnly' ? [connect, ...onSchemas] : [{ ...connect, privileges: ['CONNECT', Privilege.TEMPORARY] }, ...onSchemas];
}
