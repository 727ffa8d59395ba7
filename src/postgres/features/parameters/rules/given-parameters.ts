import type { DatabaseContext } from '../../../plan/database-context';
import { entryPath } from '../../../../data';

/** The parameters in the properties, by the names that the user gives. */
export function givenParameters({ props }: DatabaseContext): Array<[string, string]> {
  return Object.entries(props.parameters ?? {});
}

/** The value of a parameter in the properties; empty if it is not set. */
export function givenValue(database: DatabaseContext, name: string): string {
  return find(database, name)?.[1] ?? '';
}

/** The property of a parameter that a problem is about: that of the first one that the user gives, otherwise that of the first one. */
export function parameterField(database: DatabaseContext, ...names: readonly [string, ...string[]]): string {
  const given = names.map((name) => find(database, name)).find((entry) => entry !== undefined);
  return fieldOfParameter(given?.[0] ?? names[0]);
}

/** The property of a parameter by the name that the user gives. */
export function fieldOfParameter(name: string): string {
  return entryPath('parameters', name);
}

function find(database: DatabaseContext, name: string): [string, string] | undefined {
  return givenParameters(database).find(([other]) => other.toLowerCase() === name);
}
