/** A mapping of a manifest. Its values may have any type: the functions below assume nothing and never throw. */
export interface Mapping {
  readonly [field: string]: unknown;
}

/** A scalar as text; empty where there is none. */
export function text(value: unknown): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** A list of scalars; empty where there is none. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

/** A mapping; empty where there is none. */
export function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Mapping : {};
}

/** A list of mappings; empty where there is none. */
export function mappings(value: unknown): Mapping[] {
  return Array.isArray(value) ? value.map(mapping) : [];
}

/** The value at a dotted path of mappings. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, field) => mapping(inner)[field], value);
}

/** Whether a field is set: the API server treats null as unset. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Those of the given fields that are set. */
export function givenOf(fields: ReadonlyArray<string>, source: Mapping): string[] {
  return fields.filter((field) => isGiven(source[field]));
}

/** What is wrong if exactly one of the fields must be set: none is set, or several are; undefined if one is. */
export function exactlyOneError(fields: ReadonlyArray<string>, source: Mapping): string | undefined {
  const given = givenOf(fields, source);
  if (given.length === 1) { return undefined; }
  return given.length === 0 ? `has none of ${fields.join(', ')}` : `has ${given.join(' and ')}`;
}

/** The path of an entry of a mapping or of an item of a list: `labels.team`, `annotations['example.com/team']`, `dnsNames[0]`; at the top `spec`. */
export function entryPath(path: string, name: string | number): string {
  if (typeof name === 'number') { return `${path}[${name}]`; }
  if (!/^[\w$]+$/.test(name)) { return `${path}['${name.replaceAll("'", "''")}']`; }
  return path === '' ? name : `${path}.${name}`;
}

/** Every value that occurs more than once, once. */
export function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** A value and its exact path. */
export interface PlacedValue {
  /** For example `spec.acme.solvers[1].dns01`. */
  readonly path: string;
  readonly value: unknown;
}

/** Every value at a dotted path, in which `[]` stands for each item of a list; fields that are null are left out, as the API server does. */
export function valuesAt(manifest: unknown, path: string): PlacedValue[] {
  const found: PlacedValue[] = [];
  collect(manifest, path.split('.'), 0, '', found);
  return found;
}

function collect(value: unknown, steps: ReadonlyArray<string>, depth: number, path: string, found: PlacedValue[]): void {
  if (value === undefined || value === null) { return; }
  const step = steps[depth];
  if (step === undefined) {
    found.push({ path, value });
    return;
  }
  const field = step.replace('[]', '');
  const inner = mapping(value)[field];
  const here = path === '' ? field : `${path}.${field}`;
  if (step === field) { collect(inner, steps, depth + 1, here, found); } else {
    items(inner).forEach((item, index) => { collect(item, steps, depth + 1, `${here}[${index}]`, found); });
  }
}

/** Uses every string of a list, with its index; other items are omitted. */
export function forEachString(list: unknown, use: (item: string, index: number) => void): void {
  items(list).forEach((item, index) => { if (typeof item === 'string') { use(item, index); } });
}

/** The strings of a list; other items are omitted. */
export function strings(value: unknown): string[] {
  return items(value).filter((item) => typeof item === 'string');
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value as unknown[] : [];
}
