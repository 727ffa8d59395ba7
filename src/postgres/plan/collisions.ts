import type { Contribution, NamedContribution } from './contribution';
import type { Collision } from './database-plan';
import type { HbaRowPlan } from './parts';
import { UNIQUE_NAMES, type UniqueNames } from './unique-names';
import type { VolumePlan } from './volumes';
import { meets } from '../../postgresql';

/** Every collision of two features, each once. */
export function collisionsOf(contributions: ReadonlyArray<NamedContribution>): Collision[] {
  return [...UNIQUE_NAMES.flatMap((names) => collisionsOfNames(names, contributions)), ...collisionsOfPaths(contributions), ...collisionsOfRows(contributions)];
}

/** A collision as an error for the authors of features. */
export function formatCollision({ kind, what, features: [one, other] }: Collision): string {
  return `the features '${one}' and '${other}' both have the ${kind} ${what}; change it in one of them`;
}

function collisionsOfNames(names: UniqueNames, contributions: ReadonlyArray<NamedContribution>): Collision[] {
  const takers = new Map<string, NamedContribution>();
  const collisions = new Map<string, Collision>();
  for (const contribution of contributions) {
    for (const name of names.namesOf(contribution) ?? []) {
      const taker = takers.get(name);
      if (taker === undefined) { takers.set(name, contribution); } else if (taker.feature !== contribution.feature) {
        collisions.set(`${name} ${contribution.feature}`, collisionOf(names, name, taker, contribution));
      }
    }
  }
  return [...collisions.values()];
}

function collisionOf({ kind, format = inQuotes, propertyOf }: UniqueNames, name: string, taker: NamedContribution, other: NamedContribution): Collision {
  return { kind, what: format(name), features: [taker.feature, other.feature], property: propertyOf?.(other, name) ?? propertyOf?.(taker, name) };
}

function inQuotes(name: string): string {
  return `'${name}'`;
}

/** A volume that is mounted below another one hides files of it. */
function collisionsOfPaths(contributions: ReadonlyArray<NamedContribution>): Collision[] {
  return pairs(contributions, ({ volumes }) => volumes, (one, other) => one.name !== other.name && isShared(one, other) && meetPaths(one.mountPath, other.mountPath))
    .map(([one, other]) => ({ kind: 'mount path', what: `'${other.part.mountPath}'`, features: [one.feature, other.feature] }));
}

function isShared({ users }: VolumePlan, { users: others }: VolumePlan): boolean {
  return users === 'all' || others === 'all' || users.some((user) => others.includes(user));
}

/** Whether one of two paths is in the other. */
export function meetPaths(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || (path.startsWith(folder) && (folder.endsWith('/') || path[folder.length] === '/'));
}

/** Rows of equal rank have no order, and the first row that matches a connection decides. */
function collisionsOfRows(contributions: ReadonlyArray<NamedContribution>): Collision[] {
  return pairs(contributions, ({ hbaRows }) => hbaRows, (one, other) => one.rank === other.rank && meets(one.row, other.row))
    .map(([one, other]) => ({ kind: 'place in pg_hba.conf', what: `${other.part.rank} ('${formatRow(other.part)}')`, features: [one.feature, other.feature] }));
}

function formatRow({ row: { type, databases, users, address, method } }: HbaRowPlan): string {
  return [type, databases.join(','), users.join(','), address, method].filter((word) => word !== undefined).join(' ');
}

type Owned<Part> = { readonly feature: string; readonly part: Part };

/** Every two parts of two features that collide. */
function pairs<Part>(
  contributions: ReadonlyArray<NamedContribution>, pick: (parts: Contribution) => ReadonlyArray<Part> | undefined, collide: (one: Part, other: Part) => boolean,
): Array<readonly [Owned<Part>, Owned<Part>]> {
  const owned = contributions.flatMap(({ feature, parts }) => pick(parts)?.map((part) => ({ feature, part })) ?? []);
  const collidesWith = (one: Owned<Part>, other: Owned<Part>) => other.feature !== one.feature && collide(one.part, other.part);
  return owned.flatMap((one, index) => owned.filter((other, place) => place > index && collidesWith(one, other)).map((other) => [one, other] as const));
}
