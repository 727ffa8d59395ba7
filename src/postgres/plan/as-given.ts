type Fields = Readonly<Record<string, unknown>>;

/**
 * A part of a pod as it was given. The classes of cdk8s-plus write the fields that their release of Kubernetes knows and drop the
 * others without a word, such as `restartPolicy` of an init container in cdk8s-plus-27. What they make of numbers that may be texts
 * (`Quantity`, `IntOrString`) is written as its value, whichever cdk8s-plus it comes from.
 *
 * @param rendered what cdk8s-plus writes: it knows the order of the fields, and those that it calls otherwise (`hostIp` is `hostIP`)
 */
export function asGiven(rendered: unknown, given: unknown): unknown {
  if (Array.isArray(given)) { return given.map((item, index) => asGiven(Array.isArray(rendered) ? rendered[index] : undefined, item)); }
  if (!isObject(given)) { return given; }
  if (isValue(given)) { return given.value; }
  const known = isObject(rendered) ? rendered : {};
  return hasNamesOf(given, known) ? inOrderOf(known, given) : withOtherNames(known, given);
}

/** Whether all names are written as they are given: the case of nearly every object. */
function hasNamesOf(given: Fields, known: Fields): boolean {
  for (const name of Object.keys(given)) { if (given[name] !== undefined && !Object.hasOwn(known, name)) { return false; } }
  return true;
}

function inOrderOf(known: Fields, given: Fields): Fields {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(known)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) { result[name] = asGiven(known[name], value); }
  }
  return result;
}

function withOtherNames(known: Fields, given: Fields): Fields {
  const names = new Map(Object.keys(given).map((name) => [writtenName(name, known, given), name]));
  return Object.fromEntries([...new Set([...Object.keys(known), ...names.keys()])]
    .filter((name) => names.has(name) && given[names.get(name)!] !== undefined)
    .map((name) => [name, asGiven(known[name], given[names.get(name)!])]));
}

function writtenName(name: string, known: Fields, given: object): string {
  if (name in known) { return name; }
  return Object.keys(known).find((other) => other.toLowerCase() === name.toLowerCase() && !(other in given)) ?? name;
}

function isObject(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null;
}

/** An object of a class whose only field is its value: by its shape, since every cdk8s-plus has classes of its own. */
function isValue(part: object): part is { readonly value: unknown } {
  return Object.getPrototypeOf(part) !== Object.prototype && Object.getPrototypeOf(part) !== null && Object.keys(part).join() === 'value';
}
