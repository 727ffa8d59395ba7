import { isConstruct, isInstance, isPlain, missingMembers } from './classes';
import { isBuiltIn, unwritable } from './unwritable';
import { described, expected } from './descriptions';
import { Field, OTHERS, propertiesOf, Shape } from './shape';
import { ENUMS, INTERFACES } from './shapes';
import { entryPath } from '../data';
import { nearest } from '../formats';

/** All faults of a value, each as `path fault`. Nothing is allocated for valid values. */
export function faultsOf(value: unknown, shape: Shape, path: string, faults: string[]): void {
  try {
    shapeFaults(value, shape, path, faults);
  } catch (error) {
    // A getter or a proxy has thrown; its message is quoted.
    faults.push(`${path} cannot be read (${error instanceof Error ? error.message : String(error)}); give ${expected(shape)}`);
  }
}

function shapeFaults(value: unknown, shape: Shape, path: string, faults: string[]): void {
  switch (shape.kind) {
    case 'any': return contentFaults(value, path, faults);
    case 'object': return isObject(value) ? contentFaults(value, path, faults) : mismatch(value, shape, path, faults);
    case 'list': return Array.isArray(value) ? itemFaults(value, shape.of, path, faults) : mismatch(value, shape, path, faults);
    case 'mapping': return isPlain(value) ? entryFaults(value as object, shape.of, path, faults) : mismatch(value, shape, path, faults);
    case 'named': return namedFaults(value, shape, path, faults);
    case 'union': return unionFaults(value, shape, path, faults);
    default: if (!isPrimitive(value, shape.kind)) { mismatch(value, shape, path, faults); }
  }
}

/** Faults of named values: parameters, or the properties of a struct. */
export function fieldFaults(fields: ReadonlyArray<Field>, valueOf: (name: string, index: number) => unknown, pathOf: (name: string) => string, faults: string[]): void {
  for (const [index, { name, isOptional, shape }] of fields.entries()) {
    if (name === OTHERS) { continue; }
    const value = valueOf(name, index);
    if (value !== undefined) { faultsOf(value, shape, pathOf(name), faults); }
    else if (!isOptional) { faults.push(`${pathOf(name)} is missing; give ${expected(shape)}`); }
  }
}

function isPrimitive(value: unknown, kind: string): boolean {
  return kind === 'number' ? Number.isFinite(value) : typeof value === kind;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isLazy(value);
}

function contentFaults(value: unknown, path: string, faults: string[]): void {
  const fault = unwritable(value, path);
  if (fault !== undefined) { faults.push(`${fault}, which a manifest cannot contain; give strings, finite numbers, booleans, lists and objects of them`); }
}

/** Faults of an object are those of the struct of the union; of any other value, that it is none of them. */
function unionFaults(value: unknown, shape: Shape & { readonly kind: 'union' }, path: string, faults: string[]): void {
  const alternatives = shape.of.map((of) => {
    const found: string[] = [];
    faultsOf(value, of, path, found);
    return { of, found };
  });
  if (alternatives.some(({ found }) => found.length === 0)) { return; }
  const struct = isStruct(value) && isPlain(value) ? alternatives.find(({ of }) => of.kind === 'named' && propertiesOf(of.name) !== undefined) : undefined;
  if (struct === undefined) { mismatch(value, shape, path, faults); } else { faults.push(...struct.found); }
}

function itemFaults(items: unknown[], shape: Shape, path: string, faults: string[]): void {
  for (let index = 0; index < items.length; index++) { faultsOf(items[index], shape, `${path}[${index}]`, faults); }
}

function entryFaults(entries: object, shape: Shape, path: string, faults: string[]): void {
  for (const [name, value] of Object.entries(entries)) { faultsOf(value, shape, entryPath(path, name), faults); }
}

function namedFaults(value: unknown, shape: Shape & { readonly kind: 'named' }, path: string, faults: string[]): void {
  const { name } = shape;
  const properties = propertiesOf(name);
  if (properties !== undefined) {
    if (isStruct(value)) { structFaults(value, name, properties, path, faults); } else { mismatch(value, shape, path, faults); }
    return;
  }
  if (Object.hasOwn(ENUMS, name)) { return enumFaults(value, name as keyof typeof ENUMS, path, faults); }
  if (isOf(value, name)) { return; }
  // The right class, but incomplete: the missing members show why.
  if (isNamesake(value, name)) {
    faults.push(`${path} is a ${name} without ${missingMembers(value as object, name).join(', ')}, from another release of its package or never constructed; give ${expected(shape)}`);
  } else {
    mismatch(value, shape, path, faults);
  }
}

function isNamesake(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && value.constructor?.name === name && missingMembers(value, name).length > 0;
}

function isOf(value: unknown, name: string): boolean {
  if (name === 'IConstruct') { return isConstruct(value); }
  return Object.hasOwn(INTERFACES, name) ? implementsIt(value, name as keyof typeof INTERFACES) : isInstance(value, name);
}

/** Kinds of cdk8s-plus constructs: the Secret of an `ISecret` is not a ConfigMap. */
const KINDS: Readonly<Record<string, string>> = { IConfigMap: 'ConfigMap', ISecret: 'Secret', IServiceAccount: 'ServiceAccount' };

/** Interfaces that any object implements, not constructs alone. */
const OF_ANY_OBJECT: ReadonlySet<string> = new Set(['IResolver']);

function implementsIt(value: unknown, name: keyof typeof INTERFACES): boolean {
  if (!isConstruct(value) && !(OF_ANY_OBJECT.has(name) && typeof value === 'object' && value !== null)) { return false; }
  const construct = value as unknown as Readonly<Record<string, unknown>>;
  const { kind } = construct;
  return INTERFACES[name].every((member) => construct[member] !== undefined) && (kind === undefined || KINDS[name] === undefined || kind === KINDS[name]);
}

/** Any object with properties is a struct, except a list, a built-in such as Map or Date, a construct and a lazy value. */
function isStruct(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBuiltIn(value) && !isLazy(value) && !isConstruct(value);
}

function structFaults(value: Record<string, unknown>, name: string, fields: ReadonlyArray<Field>, path: string, faults: string[]): void {
  const prefix = path === '' ? '' : `${path}.`;
  const isOpen = fields.some((field) => field.name === OTHERS);
  for (const property of Object.keys(value)) {
    if (fields.some((field) => field.name === property)) { continue; }
    if (isOpen) { contentFaults(value[property], `${prefix}${property}`, faults); } else { faults.push(`${prefix}${property} ${unknownProperty(property, name, fields)}`); }
  }
  fieldFaults(fields, (property) => value[property], (property) => `${prefix}${property}`, faults);
}

function unknownProperty(property: string, struct: string, fields: ReadonlyArray<Field>): string {
  const known = fields.map((field) => field.name);
  const near = nearest(property, known);
  return `is not a property of ${struct}; ${near === undefined ? `its properties are ${known.join(', ')}` : `did you mean ${near}?`}`;
}

function enumFaults(value: unknown, name: keyof typeof ENUMS, path: string, faults: string[]): void {
  const known: ReadonlyArray<unknown> = ENUMS[name];
  if (known.includes(value)) { return; }
  const near = typeof value === 'string' ? nearest(value, known.filter((word) => typeof word === 'string')) : undefined;
  faults.push(`${path} is ${described(value)}, not a value of ${name}; give one of ${known.map(described).join(', ')}`
    + (near === undefined ? '' : ` (did you mean '${near}'?)`));
}

function mismatch(value: unknown, shape: Shape, path: string, faults: string[]): void {
  faults.push(isLazy(value)
    ? `${path} is a lazy value, which is not supported; give ${expected(shape)}`
    : `${path} is ${isSecret(shape) && typeof value === 'string' ? 'a string' : described(value)}; give ${expected(shape)}`);
}

/** Where a Secret is expected, a string is probably a secret value, and is not shown. */
function isSecret(shape: Shape): boolean {
  return shape.kind === 'named' && (shape.name === 'ISecret' || shape.name === 'SecretValue');
}

/** `Lazy` of cdk8s, by the only member that it has. */
function isLazy(value: unknown): boolean {
  return typeof value === 'object' && value !== null && value.constructor?.name === 'Lazy';
}
