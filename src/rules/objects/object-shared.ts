import { isGiven, mapping, Mapping, text } from '../../data';
import { Located, Manifest } from '../../kubernetes';

/** Output files of one synthesis to which more than one object is written. */
export interface FileCollisions extends Located {
  readonly collisions: ReadonlyArray<{ readonly path: string; readonly objects: ReadonlyArray<Manifest> }>;
}

/** `kubectl create` and hooks of Argo CD: the API server adds a random end to generateName. */
export function isNamedByServer(manifest: Mapping): boolean {
  const { name, generateName } = mapping(manifest['metadata']);
  return !isGiven(name) && text(generateName) !== '';
}
