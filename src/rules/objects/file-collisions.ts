import { identity, type Located, type Manifest } from '../../kubernetes';
import type { RuleContext } from '../engine/rule-context';

/** Output files of one synthesis to which more than one object is written. */
export interface FileCollisions extends Located {
  readonly collisions: ReadonlyArray<{ readonly path: string; readonly objects: ReadonlyArray<Manifest> }>;
}

/** One finding for all files, since one setting of the app causes all of them. Duplicate objects are covered by PGTLS-N02. */
export function fileCollisions({ outputFiles }: RuleContext): FileCollisions[] {
  const files = new Map<string, { readonly path: string; readonly objects: Map<string, Manifest> }>();
  for (const [object, { chart, name }] of outputFiles ?? []) {
    const file = files.get(`${chart ?? ''}/${name}`) ?? { path: name, objects: new Map<string, Manifest>() };
    files.set(`${chart ?? ''}/${name}`, file);
    file.objects.set(identity(object), object);
  }
  const shared = [...files.values()].filter(({ objects }) => objects.size > 1).map(({ path, objects }) => ({ path, objects: [...objects.values()] }));
  return shared.length === 0 ? [] : [{ at: shared[0]!.objects[1]!, collisions: shared }];
}
