import { effectiveValues } from './effective-values';
import { givenParameters } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { booleanIn, lookUpParameter, startFault, type ValueContext } from '../../../../postgresql';

/** Values of the properties that the server, each session or the archiver rejects when it starts. */
export function startFaults(database: DatabaseContext) {
  const { props: { podTemplate, init }, plan: { layout, major, image, arbitraryUserId, groupId } } = database;
  const { of, isOn } = effectiveValues(database);
  const context: ValueContext = {
    major,
    image,
    writable: [
      layout.dataMount, layout.walMount, layout.temporary, layout.socket, layout.sharedMemory,
      ...(podTemplate?.volumeMounts ?? []).filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath),
    ],
    collectsLog: isOn('logging_collector'),
    encoding: init?.encoding ?? 'UTF8',
    archives: booleanIn(of('archive_mode')) !== false,
    servesTls: isOn('ssl'),
    groupId: arbitraryUserId ? undefined : groupId,
  };
  return givenParameters(database).filter(([name]) => lookUpParameter(major, name) !== undefined).flatMap(([name, value]) => {
    const found = startFault(name, value, context);
    return found === undefined ? [] : [{ name, value, ...found }];
  });
}
