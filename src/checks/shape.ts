import { ENTRIES, STRUCTS } from './shapes';

/** A parameter or a property, and its expected shape. */
export interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly shape: Shape;
}

/**
 * The expected shape of a value. In the tables: `string`, `number`, `boolean`, `object` (of the Kubernetes API), `any`, the name of a struct, an enum,
 * a class or an interface; `shape[]` for lists, `shape{}` for mappings and `(shape|shape)` for one of several.
 */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'object' | 'any' }
  | { readonly kind: 'list' | 'mapping'; readonly of: Shape }
  | { readonly kind: 'union'; readonly of: ReadonlyArray<Shape> }
  | { readonly kind: 'named'; readonly name: string };

/** A struct that allows other properties, of which only the contents are checked. */
export const OTHERS = '*';

const parsed = new Map<string, ReadonlyArray<Field>>();

/** The parameters of a public entry. */
export function parametersOf(entry: keyof typeof ENTRIES): ReadonlyArray<Field> {
  return fieldsOf(ENTRIES[entry]);
}

/** The properties of a struct; undefined if the name is not that of a struct. */
export function propertiesOf(struct: string): ReadonlyArray<Field> | undefined {
  return isStruct(struct) ? fieldsOf(STRUCTS[struct]) : undefined;
}

function isStruct(name: string): name is keyof typeof STRUCTS {
  return Object.hasOwn(STRUCTS, name);
}

/** Texts are parsed once, on first use: most programs need few of them. */
function fieldsOf(text: string): ReadonlyArray<Field> {
  const known = parsed.get(text);
  if (known !== undefined) { return known; }
  const fields = text === '' ? [] : text.split(', ').map(fieldOf);
  parsed.set(text, fields);
  return fields;
}

function fieldOf(text: string): Field {
  const [name = '', shape = ''] = text.split(': ');
  return { name: name.replace('?', ''), isOptional: name.endsWith('?'), shape: shapeOf(shape) };
}

function shapeOf(text: string): Shape {
  if (text.endsWith('[]')) { return { kind: 'list', of: shapeOf(text.slice(0, -2)) }; }
  if (text.endsWith('{}')) { return { kind: 'mapping', of: shapeOf(text.slice(0, -2)) }; }
  if (text.startsWith('(')) { return { kind: 'union', of: text.slice(1, -1).split('|').map(shapeOf) }; }
  switch (text) {
    case 'string': case 'number': case 'boolean': case 'object': case 'any': return { kind: text };
    default: return { kind: 'named', name: text };
  }
}
