import { type Manifest } from '../kubernetes';
import { nearest } from '../formats';

/** Which objects are meant: those that have all that is given. */
export interface ManifestQuery {
  /**
   * The kind, for example `StatefulSet`.
   *
   * @default - every kind
   */
  readonly kind?: string;

  /**
   * The name.
   *
   * @default - every name
   */
  readonly name?: string;

  /**
   * The namespace.
   *
   * @default - every namespace, and cluster-scoped objects
   */
  readonly namespace?: string;

  /**
   * Group and version, for example `cert-manager.io/v1`.
   *
   * @default - every API
   */
  readonly apiVersion?: string;
}

/** The fields that a query compares, in the order in which a message names the first that nothing has. */
const FIELDS: ReadonlyArray<keyof ManifestQuery> = ['apiVersion', 'kind', 'namespace', 'name'];

/** The objects that a query means. */
export function matching(objects: ReadonlyArray<Manifest>, query: ManifestQuery): Manifest[] {
  return objects.filter((object) => FIELDS.every((field) => isMeant(object, query, field)));
}

/** Why a query means no object: the first field for which nothing is left, and what there is. */
export function nothingMatches(objects: ReadonlyArray<Manifest>, query: ManifestQuery): string {
  let left = objects;
  for (const field of FIELDS) {
    const next = left.filter((object) => isMeant(object, query, field));
    if (next.length === 0) { return `no object ${describeQuery(query)}: ${left.length === 0 ? 'there is no manifest' : alternatives(query[field]!, left.map((object) => valueOf(object, field)), field)}`; }
    left = next;
  }
  return `no object ${describeQuery(query)}`;
}

/** The query in words, for example `with kind 'Service', name 'db'`. */
export function describeQuery(query: ManifestQuery): string {
  const given = FIELDS.flatMap((field) => (query[field] === undefined ? [] : [`${field} '${query[field]}'`]));
  return given.length === 0 ? 'of any kind' : `with ${given.join(', ')}`;
}

/** What was probably meant, or what there is. */
export function alternatives(given: string, known: ReadonlyArray<string>, noun: string): string {
  const names = [...new Set(known)].filter((name) => name !== '').sort();
  const near = nearest(given, names);
  if (near !== undefined) { return `did you mean ${noun} '${near}'?`; }
  if (names.length === 0) { return `there is none with a ${noun}`; }
  return `the ${noun} is one of ${names.slice(0, 20).map((name) => `'${name}'`).join(', ')}${names.length > 20 ? `, and ${names.length - 20} more` : ''}`;
}

function isMeant(object: Manifest, query: ManifestQuery, field: keyof ManifestQuery): boolean {
  return query[field] === undefined || valueOf(object, field) === query[field];
}

function valueOf({ group, version, kind, name, namespace = '' }: Manifest, field: keyof ManifestQuery): string {
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, namespace, name }[field];
}
