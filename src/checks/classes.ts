import { CLASSES, MAKERS } from './shapes';

/** Whether a value is an instance of the class of that name, of this copy of the package or of another one. */
export function isInstance(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null || isPlain(value)) { return false; }
  const made = value.constructor?.name;
  const own = ownClass(name);
  if (own !== undefined && value instanceof own) { return true; }
  if (own === undefined) { return hasMembers(value, name) && ownClass(made) === undefined; }
  return made === name && hasMembers(value, name);
}

/** Whether a value is an object that no class made. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return false; }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function hasMembers(value: object, name: string): boolean {
  return (CLASSES[name as keyof typeof CLASSES] ?? []).every((member) => member in value);
}

/** Found when it is needed: the classes check their arguments, and could not be loaded before they are. */
function ownClass(name: string | undefined): (abstract new () => object) | undefined {
  if (name === undefined || !Object.hasOwn(MAKERS, name)) { return undefined; }
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('../index') as Record<string, abstract new () => object>)[name];
}
