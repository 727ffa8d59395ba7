import * as fc from 'fast-check';
import type { ApiObject } from './api-server';

/** Takes a field away. */
export const GONE = Symbol('gone');

/** One change of an object. */
export interface Change {
  /** What the change is about: the fields of one rule of the webhook, or the shape of the object. */
  readonly area: string;
  readonly apply: (object: ApiObject) => void;
  readonly toString: () => string;
}

/** Puts something else at a dotted path. */
export function change(area: string, path: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Change> {
  return values.map((value) => ({
    area,
    apply: (object: ApiObject) => put(object, path.split('.'), value),
    toString: () => `${path} = ${value === GONE ? 'nothing' : JSON.stringify(value)}`,
  }));
}

/** Puts something else at several paths at once. */
export function changes(area: string, all: fc.Arbitrary<Readonly<Record<string, unknown>>>): fc.Arbitrary<Change> {
  return all.map((values) => ({
    area,
    apply: (object: ApiObject) => { for (const [path, value] of Object.entries(values)) { put(object, path.split('.'), value); } },
    toString: () => JSON.stringify(values),
  }));
}

type Spoil = (parent: ApiObject, key: string | number, value: unknown) => void;

const SPOILS: Readonly<Record<string, Spoil>> = {
  'gone': (parent, key) => { if (Array.isArray(parent)) { parent.splice(Number(key), 1); } else { Reflect.deleteProperty(parent, key); } },
  'null': (parent, key) => { parent[key] = null; },
  'empty': (parent, key, value) => { parent[key] = emptyOf(value); },
  'another type': (parent, key, value) => { parent[key] = typeof value === 'string' ? 7 : 'text'; },
  'a list': (parent, key, value) => { parent[key] = Array.isArray(value) ? value[0] ?? 'text' : [value]; },
  'an unknown neighbour': (parent) => { if (!Array.isArray(parent)) { parent['unknownField'] = 'x'; } },
  'another case': (parent, key, value) => {
    if (Array.isArray(parent) || typeof key !== 'string') { return; }
    Reflect.deleteProperty(parent, key);
    parent[key.charAt(0).toUpperCase() + key.slice(1)] = value;
  },
  'text around it': (parent, key, value) => { if (typeof value === 'string') { parent[key] = ` ${value} `; } },
  'twice': (parent, key) => { if (Array.isArray(parent)) { parent.push(structuredClone(parent[Number(key)])); } },
};

/** Replaces any field of the spec. */
export const STRUCTURE: fc.Arbitrary<Change> = fc.record({ spoil: fc.constantFrom(...Object.keys(SPOILS)), at: fc.nat({ max: 1000 }) }).map(({ spoil, at }) => ({
  area: 'structure',
  apply: (object: ApiObject) => {
    const fields = fieldsOf(object.spec);
    if (fields.length === 0) { return; }
    const [parent, key] = fields[at % fields.length]!;
    SPOILS[spoil]!(parent, key, parent[key]);
  },
  toString: () => `field ${at}: ${spoil}`,
}));

function fieldsOf(value: ApiObject): [ApiObject, string | number][] {
  if (typeof value !== 'object' || value === null) { return []; }
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [[value, key] as [ApiObject, string | number], ...fieldsOf(value[key])]);
}

function emptyOf(value: unknown): unknown {
  if (typeof value === 'string') { return ''; }
  if (typeof value === 'number') { return 0; }
  if (typeof value === 'boolean') { return false; }
  return Array.isArray(value) ? [] : {};
}

function put(object: ApiObject, [field, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === GONE) { Reflect.deleteProperty(object, field!); } else { object[field!] = structuredClone(value); }
    return;
  }
  if (typeof object[field!] !== 'object' || object[field!] === null) { object[field!] = {}; }
  put(object[field!], rest, value);
}
