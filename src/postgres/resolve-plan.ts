import { type Declarations, NO_DECLARATIONS } from './declarations';
import { engineOf } from './engines/engine-of';
import { FEATURES } from './features';
import { collisionsOf, formatCollision } from './plan/collisions';
import type { Contribution, NamedContribution } from './plan/contribution';
import { DatabasePlan, type ObjectPlan } from './plan/database-plan';
import type { Feature } from './plan/feature';
import { mergeAsked, mergeContributions } from './plan/merge-contributions';
import { type DatabaseBasics, databaseBasics, Placement } from './plan/database-basics';
import { byRank } from './plan/rank';
import { referenceFaults } from './plan/reference-faults';
import type { PostgresProps } from './postgres-props';
import { duplicates, once } from '../data';

/** A plan, and what is wrong with the features that it is made of. */
export interface UncheckedPlan {
  readonly plan: DatabasePlan;
  readonly faults: () => string[];
}

/**
 * Resolves every feature and merges the contributions. Contradictions in the props are kept in the plan, for the rules to report.
 *
 * @throws Error if a feature refers to something that no feature adds, or if two features collide and no property of the user's is the cause
 */
export function resolvePlan(
  props: PostgresProps, placement: Placement, features: ReadonlyArray<Feature> = FEATURES, declarations: Declarations = NO_DECLARATIONS,
): DatabasePlan {
  const { plan, faults } = resolveUnchecked(props, placement, features, declarations);
  const found = faults();
  if (found.length > 0) { throw new Error(found.map((fault) => `[${placement.path ?? plan.name}] ${fault}`).join('\n')); }
  return plan;
}

/** A plan that is not checked for faults of features, for those who read a part of it before it is final. */
export function resolveUnchecked(
  props: PostgresProps, placement: Placement, features: ReadonlyArray<Feature> = FEATURES, declarations: Declarations = NO_DECLARATIONS,
): UncheckedPlan {
  const basics = databaseBasics(props, placement, declarations);
  const engine = engineOf(basics);
  const { adapt = (_: DatabaseBasics, _feature: string, parts: Contribution): Contribution => parts } = engine;
  const resolved: NamedContribution[] = [
    { feature: engine.name, parts: engine.contribution(basics), containers: engine.containers },
    ...features.map(({ name, resolve, containers }) => ({ feature: name, parts: adapt(basics, name, resolve(props, basics)), containers })),
  ];
  const asked = mergeAsked(basics, resolved);
  const contributions = [...resolved, ...features.flatMap(({ name, complete }) => (complete ? [{ feature: name, parts: adapt(basics, name, complete(props, asked)) }] : []))];
  const collisions = once(() => collisionsOf(contributions));
  return {
    plan: Object.defineProperty(mergeContributions(basics, contributions), 'collisions', { enumerable: true, get: collisions }) as DatabasePlan,
    faults: () => [
      ...duplicates(resolved.map(({ feature }) => feature)).map((name) => `two features are named '${name}'; give one of them another name`),
      ...referenceFaults(contributions),
      ...collisions().filter(({ property }) => property === undefined).map(formatCollision),
    ],
  };
}

/** The objects of a plan, Services included, in the order in which they should be applied. */
export function plannedObjects(plan: DatabasePlan): ObjectPlan[] {
  const engine = engineOf(plan);
  const services = plan.services.map((service): ObjectPlan => ({
    id: service.id, kind: 'Service', name: service.name, rank: service.rank, manifest: () => engine.service(plan, service), head: () => engine.serviceHead(service),
  }));
  return byRank([...services, ...plan.objects]);
}
