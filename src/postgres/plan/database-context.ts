import type { DatabasePlan } from './database-plan';
import type { Mapping } from '../../data';
import type { PostgresProps } from '../postgres-props';

/** A database as it was asked for and as it was understood. */
export interface DatabaseContext {
  readonly props: PostgresProps;
  readonly plan: DatabasePlan;
}

/** A database and what will be written of it, patches applied. */
export interface WrittenDatabase extends DatabaseContext {
  /** The objects by the ids of their constructs: `config`, `service`, `Resource`, `server-cert`. */
  readonly written: (id: string) => Mapping | undefined;
}
