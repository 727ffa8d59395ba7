import type { DatabasePlan } from './database-plan';
import type { Mapping } from '../../data';
import { type ObjectField, toManifest } from '../../kubernetes';
import type { PostgresProps } from '../postgres-props';

/** The properties of a database and its plan. */
export interface DatabaseContext {
  readonly props: PostgresProps;
  readonly plan: DatabasePlan;
}

/** A database and its objects as they are written, with patches applied. */
export interface WrittenDatabase extends DatabaseContext {
  /** The objects by the ids of their constructs: `config`, `service`, `Resource`, `server-cert`. */
  readonly written: (id: string) => Mapping | undefined;
}

/** A field of a written object, or the field alone if the object is not written. */
export function writtenField(object: Mapping | undefined, field: string): string | ObjectField {
  return object === undefined ? field : { at: toManifest('', object), field };
}
