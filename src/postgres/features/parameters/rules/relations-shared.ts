import { booleanIn, lookUpParameter, numberIn, startFault, ValueContext } from '../../../../postgresql';
import { parameterValue } from '../../../plan/parameters';
import type { DatabaseContext } from '../../../plan/database-context';

export const own = ({ props }: DatabaseContext): Array<[string, string]> => Object.entries(props.parameters ?? {});

/** The value of a parameter in the properties; empty if it is not set. */
export function given(database: DatabaseContext, name: string): string {
  return own(database).find(([other]) => other.toLowerCase() === name)?.[1] ?? '';
}

/** The effective values of the parameters. */
export function valuesOf({ plan }: DatabaseContext) {
  const of = (name: string): string => parameterValue(plan, name);
  return {
    of,
    amount: (name: string, unit: string): number => numberIn(of(name), unit) ?? 0,
    isOn: (name: string): boolean => booleanIn(of(name)) === true,
  };
}

export function faults(database: DatabaseContext) {
  const { props: { podTemplate }, plan } = database;
  const { layout, major, image } = plan;
  const context: ValueContext = {
    major,
    image,
    writable: [
      layout.dataMount, layout.walMount, layout.temporary, layout.socket, layout.sharedMemory,
      ...(podTemplate?.volumeMounts ?? []).filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath),
    ],
    collectsLog: valuesOf(database).isOn('logging_collector'),
    encoding: database.props.init?.encoding ?? 'UTF8',
    archives: booleanIn(valuesOf(database).of('archive_mode')) !== false,
    servesTls: valuesOf(database).isOn('ssl'),
    groupId: plan.arbitraryUserId ? undefined : plan.groupId,
  };
  return own(database).filter(([name]) => lookUpParameter(major, name) !== undefined).flatMap(([name, value]) => {
    const found = startFault(name, value, context);
    return found === undefined ? [] : [{ name, value, ...found }];
  });
}
