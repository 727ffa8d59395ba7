import { Construct, IConstruct } from 'constructs';
import { CLASSES, MAKERS } from './shapes';

/** Whether a value is an instance of the class of that name, of this copy of the package or of another one. */
export function isInstance(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null || isPlain(value)) { return false; }
  const made = value.constructor?.name;
  const own = ownClass(name);
  if (own === undefined) { return missingMembers(value, name).length === 0 && ownClass(made) === undefined; }
  return (value instanceof own || made === name) && missingMembers(value, name).length === 0;
}

/** The members that an instance of the class has and a value lacks: it was never constructed, or is of another release of the package. */
export function missingMembers(value: object, name: string): string[] {
  return (CLASSES[name as keyof typeof CLASSES] ?? []).filter((member) => !(member in value));
}

/** Whether a value is a construct that stands in a tree: what inherits from one, and was never constructed, has no node. */
export function isConstruct(value: unknown): value is IConstruct {
  try {
    return Construct.isConstruct(value) && typeof (value as { readonly node?: { readonly path?: unknown } }).node?.path === 'string';
  } catch {
    return false; // a proxy that answers nothing
  }
}

/** Whether a value is an object that no class made. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return false; }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Found when it is needed: the classes check their arguments, and could not be loaded before they are. */
function ownClass(name: string | undefined): (abstract new () => object) | undefined {
  if (name === undefined || !Object.hasOwn(MAKERS, name)) { return undefined; }
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('../index') as Record<string, abstract new () => object>)[name];
}
