import { identity, Manifest } from '../../kubernetes';
import type { RuleContext } from '../engine/rule-context';
import { objectsOf, ruleTable } from '../engine/rule-table';
import { FileCollisions } from './object-shared';
import { objectNameInvalid } from './object-name-invalid';
import { objectDuplicate } from './object-duplicate';
import { documentWithoutKind } from './document-without-kind';
import { outputFileDuplicate } from './output-file-duplicate';

/** Rules about every object, from any source. */
export const OBJECT_RULES = ruleTable(objectsOf, [
  objectNameInvalid,
  objectDuplicate,
  documentWithoutKind,
]);

/** Rules about the output files of a synthesis. */
export const OUTPUT_RULES = ruleTable(collisions, [
  outputFileDuplicate,
]);

/** One finding for all files, since one setting of the app causes all of them. Duplicate objects are covered by PGTLS-N02. */
function collisions({ outputFiles }: RuleContext): FileCollisions[] {
  const files = new Map<string, { readonly path: string; readonly objects: Map<string, Manifest> }>();
  for (const [object, { chart, name }] of outputFiles ?? []) {
    const file = files.get(`${chart ?? ''}/${name}`) ?? { path: name, objects: new Map<string, Manifest>() };
    files.set(`${chart ?? ''}/${name}`, file);
    file.objects.set(identity(object), object);
  }
  const shared = [...files.values()].filter(({ objects }) => objects.size > 1).map(({ path, objects }) => ({ path, objects: [...objects.values()] }));
  return shared.length === 0 ? [] : [{ at: shared[0]!.objects[1]!, collisions: shared }];
}
