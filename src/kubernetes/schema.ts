import { entryPath, Mapping } from '../data';
import { nearest } from '../formats';

/** The part of an OpenAPI v3 schema that constrains a value. */
export interface Schema {
  /** Undefined where every value is valid. */
  readonly type?: 'array' | 'boolean' | 'integer' | 'object' | 'string';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: ReadonlyArray<string>;
  readonly items?: Schema;
  /** Schema of the values of a mapping with arbitrary keys. */
  readonly additionalProperties?: Schema;
  readonly enum?: ReadonlyArray<string>;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** In what way a value does not fit its schema. */
export enum SchemaErrorKind {
  UNKNOWN_FIELD = 'unknown field',
  MISSING = 'missing',
  TYPE = 'type',
  WORD = 'word',
  FORM = 'form',
}

/** A place where a value does not fit its schema. */
export interface SchemaError {
  readonly kind: SchemaErrorKind;
  /** For example `spec.usages[0]`. */
  readonly path: string;
  readonly value: unknown;
  /** What is wrong, the path first. */
  readonly fault: string;
}

/** A type as a message names it. */
const EXPECTED = { array: 'a list', boolean: 'a boolean', integer: 'an integer', object: 'a mapping', string: 'a string' } as const;

/** A step on the way to a value: the path is built only for a value that is invalid. */
interface Place {
  readonly above?: Place;
  readonly step: string | number;
}

/** Schema errors of a value. A known field that is null counts as absent, since the API server removes it. */
export function schemaErrors(schema: Schema, value: unknown): SchemaError[] {
  const found: SchemaError[] = [];
  walk(schema, value, { step: '' }, found);
  return found;
}

function walk(schema: Schema, value: unknown, place: Place, found: SchemaError[]): void {
  if (schema.type === undefined) { return; }
  if (!isOfType(schema.type, value)) {
    found.push(schemaError(SchemaErrorKind.TYPE, place, value, `is ${described(value)}, expected ${EXPECTED[schema.type]}`));
  } else if (Array.isArray(value)) {
    value.forEach((item, step) => { walk(schema.items ?? {}, item, { above: place, step }, found); });
  } else if (typeof value === 'object') {
    walkMapping(schema, value as Mapping, place, found);
  } else if (schema.enum) {
    if (!schema.enum.includes(value as string)) { found.push(schemaError(SchemaErrorKind.WORD, place, value, `is ${described(value)}${instead(String(value), schema.enum)}`)); }
  } else {
    const form = typeof value === 'string' ? misshapen(schema, value) : outOfRange(schema, value as number);
    if (form !== undefined) { found.push(schemaError(SchemaErrorKind.FORM, place, value, `is ${described(value)}, ${form}`)); }
  }
}

function schemaError(kind: SchemaErrorKind, place: Place, value: unknown, what: string): SchemaError {
  const path = pathOf(place);
  return { kind, path, value, fault: `${path} ${what}` };
}

function walkMapping({ properties, required, additionalProperties }: Schema, value: Mapping, place: Place, found: SchemaError[]): void {
  for (const step of required ?? []) {
    if (!isAbsent(value[step])) { continue; }
    const path = pathOf({ above: place, step });
    found.push({ kind: SchemaErrorKind.MISSING, path, value: undefined, fault: `${path} is missing` });
  }
  for (const [step, inner] of Object.entries(value)) {
    const schema = properties && Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
    if (schema) {
      if (!isAbsent(inner)) { walk(schema, inner, { above: place, step }, found); }
    } else if (properties && inner !== undefined) {
      found.push(unknownField(step, Object.keys(properties), pathOf(place), pathOf({ above: place, step }), inner));
    }
  }
}

function pathOf({ above, step }: Place): string {
  return above === undefined ? String(step) : entryPath(pathOf(above), step);
}

function unknownField(field: string, known: string[], parent: string, path: string, value: unknown): SchemaError {
  const near = nearest(field, known);
  const hint = near === undefined ? `: the fields of ${parent || 'the object'} are ${listed(known)}` : ` (did you mean ${near}?)`;
  return { kind: SchemaErrorKind.UNKNOWN_FIELD, path, value, fault: `${path} is not a field of the cert-manager API${hint}` };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isOfType(type: Schema['type'], value: unknown): boolean {
  switch (type) {
    case 'array': return Array.isArray(value);
    case 'integer': return Number.isInteger(value);
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value);
    default: return typeof value === type;
  }
}

const patterns = new Map<string, RegExp>();

function isOfForm(pattern: string, value: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
  patterns.set(pattern, known);
  return known.test(value);
}

/** Lengths count characters, not UTF-16 units. */
function misshapen({ pattern, minLength = 0, maxLength = Infinity }: Schema, value: string): string | undefined {
  if (minLength === 0 && maxLength === Infinity && pattern === undefined) { return undefined; }
  const { length } = [...value];
  if (length < minLength) { return minLength === 1 ? 'which is empty' : `which is shorter than ${minLength} characters`; }
  if (length > maxLength) { return `which has ${length} characters, at most ${maxLength} are allowed`; }
  return pattern === undefined || isOfForm(pattern, value) ? undefined : `which does not match ${pattern}`;
}

function outOfRange({ minimum = -Infinity, maximum = Infinity }: Schema, value: number): string | undefined {
  return value < minimum || value > maximum ? `which is not from ${minimum} to ${maximum}` : undefined;
}

/** A value as a message shows it: shortened, and without the contents of lists and mappings. */
function described(value: unknown): string {
  if (value === null) { return 'null'; }
  if (Array.isArray(value)) { return 'a list'; }
  if (typeof value === 'object') { return 'a mapping'; }
  const shown = String(value).length > 60 ? `${String(value).slice(0, 60)}…` : String(value);
  return typeof value === 'string' ? `'${shown}'` : `the ${typeof value} ${shown}`;
}

function instead(given: string, known: ReadonlyArray<string>): string {
  const near = nearest(given, known);
  return near === undefined ? `, expected one of ${listed(known)}` : ` (did you mean '${near}'?)`;
}

function listed(words: ReadonlyArray<string>): string {
  return words.length > 12 ? `${words.slice(0, 12).join(', ')} and ${words.length - 12} more` : words.join(', ');
}
