import { Located, Manifest } from '../../kubernetes';

/** Output files of one synthesis to which more than one object is written. */
export interface FileCollisions extends Located {
  readonly collisions: ReadonlyArray<{ readonly path: string; readonly objects: ReadonlyArray<Manifest> }>;
}
