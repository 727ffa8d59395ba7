import { canonical } from './canonical';
import { Mapping, valueAt } from '../../data';
import { Located, Manifest } from '../../kubernetes';

/** An object that is currently applied and in the new manifests. */
export interface ObjectChange extends Located {
  readonly before: Manifest;
}

export function differs(before: Mapping, after: Mapping, path: string): boolean {
  return canonical(valueAt(before, path)) !== canonical(valueAt(after, path));
}
