import type { Contribution } from './contribution';
import type { Collision } from './database-plan';
import type { HbaRowPlan } from './parts';
import type { VolumePlan } from './volumes';
import { meets } from '../../postgresql';

/** A contribution and the name of its feature. */
export interface NamedContribution {
  readonly feature: string;
  readonly parts: Contribution;
  /** Container names that are reserved for it, also while it adds no container. */
  readonly containers?: ReadonlyArray<string>;
}

/** Something that a feature adds, by a name that is unique in a database. */
interface Claimed {
  readonly kind: string;
  readonly what: string;
  readonly property?: string;
}

/** Every collision of two features, each once. */
export function collisionsOf(contributions: ReadonlyArray<NamedContribution>): Collision[] {
  return [...collisionsOfNames(contributions), ...collisionsOfPaths(contributions), ...collisionsOfRows(contributions)];
}

/** A collision as an error for the authors of features. */
export function formatCollision({ kind, what, features: [one, other] }: Collision): string {
  return `the features '${one}' and '${other}' both have the ${kind} ${what}; change it in one of them`;
}

function collisionsOfNames(contributions: ReadonlyArray<NamedContribution>): Collision[] {
  const takers = new Map<string, { readonly feature: string; readonly claimed: Claimed }>();
  const collisions = new Map<string, Collision>();
  for (const contribution of contributions) {
    const { feature } = contribution;
    for (const claimed of claims(contribution)) {
      const key = `${claimed.kind} ${claimed.what}`;
      const taker = takers.get(key);
      if (taker === undefined) {
        takers.set(key, { feature, claimed });
      } else if (taker.feature !== feature) {
        collisions.set(`${key} ${feature}`, { kind: claimed.kind, what: claimed.what, features: [taker.feature, feature], property: claimed.property ?? taker.claimed.property });
      }
    }
  }
  return [...collisions.values()];
}

/** Everything that has a unique name. */
function claims({ parts, containers }: NamedContribution): Claimed[] {
  const named = (kind: string, names: ReadonlyArray<string> = []): Claimed[] => names.map((name) => ({ kind, what: `'${name}'` }));
  const single = (kind: string, value: unknown): Claimed[] => (value === undefined ? [] : [{ kind, what: 'of the database' }]);
  return [
    ...named('certificate', parts.certificates?.map(({ alias }) => alias)),
    ...named('role', parts.roles?.map(({ name }) => name)),
    ...named('parameter', [...new Set([
      ...(parts.parameters ?? []).filter(({ isGiven }) => !isGiven).map(({ parameter: [name] }) => name.toLowerCase()), ...Object.keys(parts.reservedParameters ?? {}),
    ])]),
    ...named('file', parts.files?.map(({ name }) => name)),
    ...named('volume', [...new Set([...(parts.volumes ?? []), ...(parts.claims ?? [])].map(({ name }) => name))]),
    ...named('container', containersOf({ parts, containers })),
    ...(parts.ports ?? []).flatMap(({ name, number, property }) => [{ kind: 'port', what: `'${name}'` }, { kind: 'port', what: String(number), property }]),
    ...named('variable', parts.variables?.map(({ container, variable }) => `${variable.name} of container ${container}`)),
    ...named('resources of container', Object.keys(parts.resources ?? {})),
    ...named('object', [
      ...(parts.services ?? []).map(({ name }) => `Service ${name}`), ...(parts.objects ?? []).map(({ kind, name }) => `${kind} ${name}`),
      ...(parts.certificates ?? []).map(({ name }) => `Certificate ${name}`),
    ]),
    ...named('alert', [...new Set((parts.alerts ?? []).map(({ alert }) => alert))]),
    ...named('construct', [...(parts.services ?? []), ...(parts.objects ?? [])].map(({ id }) => id)),
    ...named('network rule of port', parts.networkRules?.map(({ port }) => port)),
    ...single('client CA', parts.clientCa),
    ...single('superuser Secret', parts.superuserSecretName),
    ...single('pod additions', parts.pod),
  ];
}

/** Names of the containers of a feature, the reserved ones included. */
export function containersOf({ parts, containers = [] }: Pick<NamedContribution, 'parts' | 'containers'>): string[] {
  return [...new Set([...containers, ...(parts.containers ?? []).map(({ name }) => name)])];
}

/** A volume that is mounted below another one hides files of it. */
function collisionsOfPaths(contributions: ReadonlyArray<NamedContribution>): Collision[] {
  return pairs(contributions, ({ volumes = [] }) => volumes)
    .filter(([one, other]) => one.part.name !== other.part.name && isShared(one.part, other.part) && meetPaths(one.part.mountPath, other.part.mountPath))
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
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Rows of equal rank have no order, and the first row that matches a connection decides. */
function collisionsOfRows(contributions: ReadonlyArray<NamedContribution>): Collision[] {
  return pairs(contributions, ({ hbaRows = [] }) => hbaRows)
    .filter(([one, other]) => one.part.rank === other.part.rank && meets(one.part.row, other.part.row))
    .map(([one, other]) => ({ kind: 'place in pg_hba.conf', what: `${other.part.rank} ('${formatRow(other.part)}')`, features: [one.feature, other.feature] }));
}

function formatRow({ row: { type, databases, users, address, method } }: HbaRowPlan): string {
  return [type, databases.join(','), users.join(','), address, method].filter((word) => word !== undefined).join(' ');
}

type Owned<Part> = { readonly feature: string; readonly part: Part };

/** Every two parts of two features. */
function pairs<Part>(contributions: ReadonlyArray<NamedContribution>, pick: (parts: Contribution) => ReadonlyArray<Part>): Array<readonly [Owned<Part>, Owned<Part>]> {
  const owned = contributions.flatMap(({ feature, parts }) => pick(parts).map((part) => ({ feature, part })));
  return owned.flatMap((one, index) => owned.slice(index + 1).filter(({ feature }) => feature !== one.feature).map((other) => [one, other] as const));
}
