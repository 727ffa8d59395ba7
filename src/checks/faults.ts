import { Construct } from 'constructs';
import { isInstance, isPlain } from './classes';
import { described, expected } from './descriptions';
import { nearest } from './nearest';
import { Field, OTHERS, propertiesOf, Shape } from './shape';
import { ENUMS, INTERFACES } from './shapes';

/** Everything that is wrong with a value, each as `path: fault`. Nothing is allocated where nothing is wrong. */
export function faultsOf(value: unknown, shape: Shape, path: string, faults: string[]): void {
  switch (shape.kind) {
    case 'any': return;
    case 'list': return Array.isArray(value) ? itemFaults(value, shape.of, path, faults) : mismatch(value, shape, path, faults);
    case 'mapping': return isPlain(value) ? entryFaults(value as object, shape.of, path, faults) : mismatch(value, shape, path, faults);
    case 'named': return namedFaults(value, shape, path, faults);
    default: if (!isPrimitive(value, shape.kind)) { mismatch(value, shape, path, faults); }
  }
}

/** What is wrong with values that have names: parameters, or the properties of a struct. */
export function fieldFaults(fields: ReadonlyArray<Field>, valueOf: (name: string, index: number) => unknown, pathOf: (name: string) => string, faults: string[]): void {
  for (const [index, { name, isOptional, shape }] of fields.entries()) {
    if (name === OTHERS) { continue; }
    const value = valueOf(name, index);
    if (value !== undefined) { faultsOf(value, shape, pathOf(name), faults); }
    else if (!isOptional) { faults.push(`${pathOf(name)} is missing; give ${expected(shape)}`); }
  }
}

function isPrimitive(value: unknown, kind: string): boolean {
  if (kind === 'number') { return Number.isFinite(value); }
  return kind === 'object' ? typeof value === 'object' && value !== null && !isLazy(value) : typeof value === kind;
}

function itemFaults(items: unknown[], shape: Shape, path: string, faults: string[]): void {
  for (let index = 0; index < items.length; index++) { faultsOf(items[index], shape, `${path}[${index}]`, faults); }
}

function entryFaults(entries: object, shape: Shape, path: string, faults: string[]): void {
  for (const [name, value] of Object.entries(entries)) { faultsOf(value, shape, /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}['${name}']`, faults); }
}

function namedFaults(value: unknown, shape: Shape & { readonly kind: 'named' }, path: string, faults: string[]): void {
  const { name } = shape;
  const properties = propertiesOf(name);
  if (properties !== undefined) {
    if (isStruct(value)) { structFaults(value, name, properties, path, faults); } else { mismatch(value, shape, path, faults); }
    return;
  }
  if (Object.hasOwn(ENUMS, name)) { return enumFaults(value, name as keyof typeof ENUMS, path, faults); }
  if (!isOf(value, name)) { mismatch(value, shape, path, faults); }
}

function isOf(value: unknown, name: string): boolean {
  if (name === 'IConstruct') { return Construct.isConstruct(value); }
  return Object.hasOwn(INTERFACES, name) ? implementsIt(value, name as keyof typeof INTERFACES) : isInstance(value, name);
}

/** What constructs of cdk8s-plus stand for: the Secret of an `ISecret` is no ConfigMap. */
const KINDS: Readonly<Record<string, string>> = { IConfigMap: 'ConfigMap', ISecret: 'Secret', IServiceAccount: 'ServiceAccount' };

function implementsIt(value: unknown, name: keyof typeof INTERFACES): boolean {
  if (!Construct.isConstruct(value)) { return false; }
  const construct = value as unknown as Record<string, unknown>;
  const { kind } = construct;
  return INTERFACES[name].every((member) => construct[member] !== undefined) && (kind === undefined || KINDS[name] === undefined || kind === KINDS[name]);
}

/** A struct is asked for its properties, whatever made it; a list, a construct or a lazy value is none. */
function isStruct(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLazy(value) && !Construct.isConstruct(value);
}

function structFaults(value: Record<string, unknown>, name: string, fields: ReadonlyArray<Field>, path: string, faults: string[]): void {
  const prefix = path === '' ? '' : `${path}.`;
  if (!fields.some((field) => field.name === OTHERS)) {
    for (const property of Object.keys(value)) {
      if (fields.every((field) => field.name !== property)) { faults.push(`${prefix}${property} ${unknownProperty(property, name, fields)}`); }
    }
  }
  fieldFaults(fields, (property) => value[property], (property) => `${prefix}${property}`, faults);
}

function unknownProperty(property: string, struct: string, fields: ReadonlyArray<Field>): string {
  const known = fields.map((field) => field.name);
  const near = nearest(property, known);
  return `is not a property of ${struct}; ${near === undefined ? `its properties are ${known.join(', ')}` : `did you mean ${near}?`}`;
}

function enumFaults(value: unknown, name: keyof typeof ENUMS, path: string, faults: string[]): void {
  const known: ReadonlyArray<string> = ENUMS[name];
  if (typeof value === 'string' && known.includes(value)) { return; }
  const near = typeof value === 'string' ? nearest(value, known) : undefined;
  faults.push(`${path} is ${described(value)}, which ${name} does not have; give one of ${known.map((word) => `'${word}'`).join(', ')}`
    + (near === undefined ? '' : ` (did you mean '${near}'?)`));
}

function mismatch(value: unknown, shape: Shape, path: string, faults: string[]): void {
  faults.push(isLazy(value)
    ? `${path} is a lazy value, which is not supported; give ${expected(shape)}`
    : `${path} is ${isSecret(shape) && typeof value === 'string' ? 'a string' : described(value)}; give ${expected(shape)}`);
}

/** Where a Secret is expected, a text is probably what should be in it. */
function isSecret(shape: Shape): boolean {
  return shape.kind === 'named' && (shape.name === 'ISecret' || shape.name === 'SecretValue');
}

/** `Lazy` of cdk8s, by the only member that it has. */
function isLazy(value: unknown): boolean {
  return typeof value === 'object' && value !== null && value.constructor?.name === 'Lazy';
}
