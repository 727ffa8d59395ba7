import { isDeepStrictEqual } from 'node:util';
import type { BitnamiContext } from './bitnami-context';
import { type Answer, changed, FieldRule, FieldRules, FLAG, LIST, MAPPING, same, unsupported, ValueType } from '../field-rule';

export type BitnamiRule = FieldRule<BitnamiContext>;

export type BitnamiRules = FieldRules<BitnamiContext>;

/** Values that the chart writes as texts, and people as numbers. */
export const SCALAR: ValueType = { name: 'a text or a number', accepts: (value) => typeof value === 'string' || typeof value === 'number' };

/** Many people keep a copy of all values of the chart: what is its default, or empty, has no entry of its own in the result. */
export function unlessDefault(is: ValueType, byDefault: unknown, take: (value: unknown, context: BitnamiContext) => Answer): BitnamiRule {
  return { is, take: (value, context) => (isEmpty(value) || isDeepStrictEqual(value, byDefault) ? same('the default of the chart') : take(value, context)) };
}

/** A value that is not supported unless it is the default of the chart. */
export function left(byDefault: unknown, note: string, partOf?: string): BitnamiRule {
  return unlessDefault(typeOf(byDefault), byDefault, () => unsupported(note, partOf));
}

/** A value without an effect here. */
export function ignored(byDefault: unknown, note: string): BitnamiRule {
  return unlessDefault(typeOf(byDefault), byDefault, () => changed(note));
}

/** Rules of values by name, with their defaults. */
export function each(prefix: string, defaults: Readonly<Record<string, unknown>>, rule: (byDefault: unknown) => BitnamiRule): BitnamiRules {
  return Object.fromEntries(Object.entries(defaults).map(([name, byDefault]) => [`${prefix}.${name}`, rule(byDefault)]));
}

function isEmpty(value: unknown): boolean {
  return value === '' || (LIST.accepts(value) && (value as unknown[]).length === 0) || (MAPPING.accepts(value) && Object.keys(value as object).length === 0);
}

function typeOf(value: unknown): ValueType {
  if (typeof value === 'boolean') { return FLAG; }
  return Array.isArray(value) ? LIST : MAPPING.accepts(value) ? MAPPING : SCALAR;
}
