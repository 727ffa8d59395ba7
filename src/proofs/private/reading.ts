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

/** Every value that occurs more than once, once. */
export function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** A value and where exactly it stands. */
export interface Placed {
  /** For example `spec.acme.solvers[1].dns01`. */
  readonly path: string;
  readonly value: unknown;
}

/** Every value at a dotted path, in which `[]` stands for each item of a list; fields that are null are left out, as the API server does. */
export function valuesAt(manifest: unknown, path: string): Placed[] {
  return path.split('.').reduce<Placed[]>((places, step) => places.flatMap(({ path: above, value }) => {
    const field = step.replace('[]', '');
    const inner = mapping(value)[field];
    const here = above === '' ? field : `${above}.${field}`;
    const found = step === field ? [{ path: here, value: inner }] : items(inner).map((item, index) => ({ path: `${here}[${index}]`, value: item }));
    return found.filter((place) => place.value !== undefined && place.value !== null);
  }), [{ path: '', value: manifest }]);
}

/** The texts of a list; what is no text is left out. */
export function strings(value: unknown): string[] {
  return items(value).filter((item) => typeof item === 'string');
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value as unknown[] : [];
}
