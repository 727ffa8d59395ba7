import { Mapping } from './reading';

/** Whether a field says anything: cert-manager reads `null` as left out. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The fields of a mapping that say anything, of those asked for. */
export function givenOf(fields: ReadonlyArray<string>, source: Mapping): string[] {
  return fields.filter((field) => isGiven(source[field]));
}

/** `neither a nor b`, or `both a and b`: what is wrong where exactly one of the fields should be given; undefined where one is. */
export function notExactlyOne(fields: ReadonlyArray<string>, source: Mapping): string | undefined {
  const given = givenOf(fields, source);
  if (given.length === 1) { return undefined; }
  return given.length === 0 ? `names none of ${fields.join(', ')}` : `names ${given.join(' and ')}`;
}
