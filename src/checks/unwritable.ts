import { isConstruct } from './classes';

/** A part of an otherwise unchecked value that a manifest cannot contain: its path and what it is; undefined if there is none. */
export function unwritable(value: unknown, path: string, holders: ReadonlyArray<object> = []): string | undefined {
  switch (typeof value) {
    case 'function': return `${path} is a function`;
    case 'symbol': return `${path} is a symbol`;
    case 'bigint': return `${path} is a bigint`;
    case 'number': return Number.isFinite(value) ? undefined : `${path} is ${value}`;
    case 'object': return value === null ? undefined : unwritableObject(value, path, holders);
    default: return undefined;
  }
}

function unwritableObject(value: object, path: string, holders: ReadonlyArray<object>): string | undefined {
  if (holders.includes(value)) { return `${path} is an object that contains itself`; }
  if (isConstruct(value)) { return `${path} is the construct ${value.node.path}`; }
  if (isBuiltIn(value)) { return `${path} is an instance of ${value.constructor.name}`; }
  const within = [...holders, value];
  for (const [name, item] of Object.entries(value)) {
    const fault = unwritable(item, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, within);
    if (fault !== undefined) { return fault; }
  }
  return undefined;
}

/** Built-in objects whose contents are not properties: a Map, a Date, a Promise. */
export function isBuiltIn(value: object): boolean {
  return !['[object Object]', '[object Module]', '[object Array]'].includes(Object.prototype.toString.call(value));
}
