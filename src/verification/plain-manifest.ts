/** Left to cdk8s. */
const NOT_PLAIN = new Error('no plain data');

/**
 * What `ApiObject.toJson` makes of properties that are plain data: no fields that are null or undefined, fields sorted, but API version, kind and metadata first. cdk8s
 * asks each of its resolvers about each value and copies all of it twice. An object without a prototype, which parsers make, is as good as any.
 *
 * Source: cdk8s src/api-object.ts, `toJson`; src/_util.ts, `sanitizeValue`; src/resolve.ts.
 *
 * @param properties the metadata among them is already rendered
 * @throws if there is more than plain data: a lazy value, an object of a class, a function
 */
export function plainManifest(properties: Readonly<Record<string, unknown>>, isSorted: boolean): Record<string, unknown> {
  const manifest: Record<string, unknown> = {};
  for (const name of new Set(['apiVersion', 'kind', 'metadata', ...namesOf(properties, isSorted)])) { put(manifest, name, plain(properties[name], isSorted)); }
  return manifest;
}

function plain(value: unknown, isSorted: boolean): unknown {
  switch (typeof value) {
    case 'string': case 'number': case 'boolean': case 'undefined': return value;
    case 'object': return value === null ? undefined : Array.isArray(value) ? plainArray(value, isSorted) : plainObject(value as Record<string, unknown>, isSorted);
    default: throw NOT_PLAIN;
  }
}

function plainArray(values: readonly unknown[], isSorted: boolean): unknown[] {
  if (Object.getPrototypeOf(values) !== Array.prototype) { throw NOT_PLAIN; }
  return values.map((value) => plain(value, isSorted));
}

function plainObject(value: Readonly<Record<string, unknown>>, isSorted: boolean): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) { throw NOT_PLAIN; }
  const result: Record<string, unknown> = {};
  for (const name of namesOf(value, isSorted)) { put(result, name, plain(value[name], isSorted)); }
  return result;
}

function namesOf(value: object, isSorted: boolean): string[] {
  const names = Object.keys(value);
  return isSorted && !isInOrder(names) ? names.sort() : names;
}

function isInOrder(names: readonly string[]): boolean {
  for (let index = 1; index < names.length; index += 1) { if (names[index - 1]! > names[index]!) { return false; } }
  return true;
}

function put(result: Record<string, unknown>, name: string, value: unknown): void {
  // cdk8s reads the first as the class of the object, and assigns the prototype by the second.
  if (name === 'constructor' || name === '__proto__') { throw NOT_PLAIN; }
  if (value !== undefined) { result[name] = value; }
}
