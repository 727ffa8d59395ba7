import { canonical } from './canonical';
import { type Mapping, valueAt } from '../../data';
import type { Located, Manifest } from '../../kubernetes';

/** An object that is currently applied and in the new manifests. */
export interface ObjectChange extends Located {
  readonly before: Manifest;
}

/** Whether the values at a path differ. */
export function differs(before: Mapping, after: Mapping, path: string): boolean {
  return canonical(valueAt(before, path)) !== canonical(valueAt(after, path));
}
