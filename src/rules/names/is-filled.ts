import { text } from '../../data';

/** Whether a field is set: the API server removes nulls, and cert-manager treats empty values as unset. */
export function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : text(value) !== '';
}
