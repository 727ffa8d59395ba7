/** What stands in a manifest may be anything: these readers take nothing for granted and throw nothing. */
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

/** What stands at a dotted path of mappings. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, field) => mapping(inner)[field], value);
}

/** Whether anything is said at all: the API server reads null as nothing. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Every value that occurs more than once, once. */
export function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
