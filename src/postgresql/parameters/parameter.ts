/** A server parameter and its value, in the order of the file. */
export type Parameter = readonly [name: string, value: string | number | boolean];
