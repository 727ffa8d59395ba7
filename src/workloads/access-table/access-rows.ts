import { type AccessCell, type AccessDecision, type AccessScene, type AccessSubject, cellsOf, REPLICATION, rowsForRole } from './access-cell';
import type { AccessPlace } from './places';
import { placesOf } from './places';
import { type AccessSubjects, subjectsOf } from './subjects';
import { groupBy } from '../../data';
import { AddressSet, type Channel } from '../../postgresql';

/** Where connections come from. */
export interface AccessSource {
  readonly place: AccessPlace;
  /** Those of its addresses that the row is for. */
  readonly addresses: AddressSet;
}

/** The databases of a row. */
export interface AccessDatabases {
  readonly names: ReadonlyArray<string>;
  /** Whether every database that nothing names is one of them. */
  readonly others: boolean;
  /** Those that something names and that are not in the row. */
  readonly except: ReadonlyArray<string>;
  readonly replication: boolean;
  /** Whether the database with the name of the role is one of them, for roles that nothing names. */
  readonly ownName: boolean;
}

/** A row of the table: one role, with one decision. */
export interface MergedAccess {
  readonly role: string | undefined;
  readonly databases: AccessDatabases;
  readonly channels: ReadonlyArray<Channel>;
  readonly sources: ReadonlyArray<AccessSource>;
  readonly decision: AccessDecision;
}

/** Every decision of a server: each role that is named and one that is not, each database, each place. */
export function allCells(scene: AccessScene): AccessCell[] {
  const places = placesOf(scene.server, scene.manifests);
  const subjects = subjectsOf(scene);
  return [...subjects.roles, undefined].flatMap((role) => {
    const rows = rowsForRole(scene, role);
    return databasesFor(scene, subjects, role).flatMap((subject) => places.flatMap((place) => cellsOf(scene, rows, subject, place)));
  });
}

function databasesFor({ rows }: AccessScene, { databases }: AccessSubjects, role: string | undefined): AccessSubject[] {
  const namesOwn = role === undefined && rows.some((row) => row.databases.some((word) => word.startsWith('same')));
  return [
    ...[...databases, REPLICATION, undefined].map((database) => ({ role, database })),
    ...(namesOwn ? [{ role, database: undefined, isOwnName: true }] : []),
  ];
}

/** The cells that are not rejected, in as few rows as have the same content. */
export function mergedAccess(cells: ReadonlyArray<AccessCell>): MergedAccess[] {
  const named = new Set(cells.flatMap(({ database }) => (database === undefined || database === REPLICATION ? [] : [database])));
  const byDecision = groupBy(cells.filter(({ decision }) => decision.outcome !== 'rejected'), ({ role, decision: { outcome, how, until, reason } }) => JSON.stringify([role ?? null, outcome, how, until, reason]));
  return [...byDecision.values()].flatMap((same) => {
    const ofDatabase = [...groupBy(same, databaseKey).values()];
    return [...groupBy(ofDatabase, (of) => of.map(sourceKey).sort().join('\n')).values()].flatMap((groups) => merged(groups, named));
  });
}

/** Databases with the same sources: a row for the channels that have the same places. */
function merged(groups: ReadonlyArray<ReadonlyArray<AccessCell>>, named: ReadonlySet<string>): MergedAccess[] {
  const [first] = groups[0]!;
  const databases = groups.map(([cell]) => cell!);
  const names = databases.flatMap(({ database }) => (database === undefined || database === REPLICATION ? [] : [database]));
  const others = databases.some(({ database, isOwnName }) => database === undefined && isOwnName !== true);
  const shared = {
    role: first!.role, decision: first!.decision,
    databases: {
      names, others, except: others ? [...named].filter((name) => !names.includes(name)) : [],
      replication: databases.some(({ database }) => database === REPLICATION), ownName: !others && databases.some(({ isOwnName }) => isOwnName === true),
    },
  };
  const ofChannel = [...groupBy(groups[0]!, ({ channel }) => channel)];
  const samePlaces = groupBy(ofChannel, ([, cells]) => cells.map(({ place, addresses }) => `${place.words} ${addresses.key}`).sort().join('\n'));
  return [...samePlaces.values()].map((channels) => ({ ...shared, channels: channels.map(([channel]) => channel as Channel), sources: sourcesOf(channels[0]![1]) }));
}

/** Each place once. */
function sourcesOf(cells: ReadonlyArray<AccessCell>): AccessSource[] {
  return [...groupBy(cells, ({ place }) => place.words).values()].map((same) => ({
    place: same[0]!.place, addresses: same.reduce((sum, { addresses }) => sum.with(addresses), AddressSet.NONE),
  }));
}

function databaseKey({ database, isOwnName = false }: AccessCell): string {
  return JSON.stringify([database ?? null, isOwnName]);
}

function sourceKey({ channel, place, addresses }: AccessCell): string {
  return `${channel} ${place.words} ${addresses.key}`;
}
