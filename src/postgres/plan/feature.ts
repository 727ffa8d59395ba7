import type { Contribution } from './contribution';
import type { DatabaseBasics } from './database-basics';
import type { DatabaseContext, WrittenDatabase } from './database-context';
import type { AskedParts } from './database-plan';
import type { Rule } from '../../rules';
import type { PostgresProps } from '../postgres-props';

/** A part of a database with properties of its own: one folder of `features`, and one line of its index. */
export interface Feature {
  readonly name: string;
  /** What the feature adds to the database. Pure. */
  readonly resolve: (props: PostgresProps, basics: DatabaseBasics) => Contribution;
  /** What it adds once the contributions of all `resolve` functions are known; those of other `complete` functions are not among them. Pure. */
  readonly complete?: (props: PostgresProps, asked: AskedParts) => Contribution;
  /** Container names that are reserved for it, also while it adds no container. */
  readonly containers?: ReadonlyArray<string>;
  /** Rules about its properties, given the names that belong to this package. */
  readonly rules?: (own: OwnNames) => ReadonlyArray<Rule<DatabaseContext>>;
  /** Rules about its objects as they are finally written, patches applied. */
  readonly writtenRules?: ReadonlyArray<Rule<WrittenDatabase>>;
}

/** Names that are reserved for this package, whether a database uses them or not. */
export interface OwnNames {
  readonly containers: ReadonlyArray<string>;
}
