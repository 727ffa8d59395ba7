import type { Contribution } from './contribution';
import type { DatabasePlan } from './database-plan';
import type { DatabaseBasics } from './database-basics';
import type { ServicePlan } from './services';

/** What runs a database. An engine sees the plan alone, never the props. */
export interface Engine {
  readonly name: string;
  /** Container names that are reserved for it. */
  readonly containers: ReadonlyArray<string>;
  /** Its own containers, files, roles and objects. Pure. */
  readonly contribution: (basics: DatabaseBasics) => Contribution;
  /** What it takes over of the contribution of a feature; all of it by default. Pure. */
  readonly adapt?: (basics: DatabaseBasics, feature: string, parts: Contribution) => Contribution;
  /** Whether declarations have objects of their own, which are added with every declaration. */
  readonly declaresObjects?: boolean;
  /** The manifest of a Service that leads to the database. Pure. */
  readonly service: (plan: DatabasePlan, service: ServicePlan) => unknown;
  /** The same without its `spec`. Pure. */
  readonly serviceHead: (service: ServicePlan) => Readonly<Record<string, unknown>>;
}
