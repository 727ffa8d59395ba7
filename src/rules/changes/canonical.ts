import { isGiven, mapping } from '../../data';

/** A value as text that does not depend on the order of its fields; a field with the value null is left out, as in the API server. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) { return `[${value.map(canonical).join(',')}]`; }
  if (!isGiven(value)) { return ''; }
  if (typeof value !== 'object') { return JSON.stringify(value); }
  const fields = Object.entries(mapping(value)).filter(([, inner]) => isGiven(inner)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${name}:${canonical(inner)}`).join(',')}}`;
}
