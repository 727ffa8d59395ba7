/* eslint-disable @typescript-eslint/no-require-imports -- the command line checks arguments as well, and loads no constructs */
import type { IConstruct } from 'constructs';
import { CLASSES, MAKERS } from './shapes';
import { once } from '../data';

// Node.js looks for a package that another one has loaded in the file system again, at every call of `require`.
const constructs = once(() => require('constructs') as typeof import('constructs'));
const cdk8s = once(() => require('cdk8s') as typeof import('cdk8s'));
/** Loaded lazily, because of the circular import: the classes check their arguments. */
const ownClasses = once(() => require('../index') as Record<string, abstract new () => object>);

/** Whether a value is an instance of the class of that name, of this copy of the package or of another one. */
export function isInstance(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null || isPlain(value)) { return false; }
  const made = value.constructor?.name;
  const own = ownClass(name);
  if (own === undefined) { return missingMembers(value, name).length === 0 && ownClass(made) === undefined; }
  return (value instanceof own || made === name) && missingMembers(value, name).length === 0;
}

/** The members of the class that a value lacks: it was never constructed, or is from another release of the package. */
export function missingMembers(value: object, name: string): string[] {
  return (CLASSES[name as keyof typeof CLASSES] ?? []).filter((member) => !(member in value));
}

/** Whether a value is a construct in a tree: an object that was never constructed has no node. */
export function isConstruct(value: unknown): value is IConstruct {
  try {
    return constructs().Construct.isConstruct(value) && typeof (value as { readonly node?: { readonly path?: unknown } }).node?.path === 'string';
  } catch {
    return false; // a proxy that throws
  }
}

/** Whether a construct is a chart. */
export function isChart(value: IConstruct): boolean {
  return cdk8s().Chart.isChart(value);
}

/** Whether a value is a plain object, not an instance of a class. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return false; }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function ownClass(name: string | undefined): (abstract new () => object) | undefined {
  if (name === undefined || !Object.hasOwn(MAKERS, name)) { return undefined; }
  return ownClasses()[name];
}
