import type { ConnectOptions } from './connect-options';
import type { PodFacts } from './pod-facts';

/** The group of users without a name in images that are made for them, such as distroless; any group would do. */
const DEFAULT_GROUP = 65_532;

const LARGEST_GROUP = 2 ** 31 - 1;

/** The group that is to be set as fsGroup, or why there is none that can read the key. */
export function keyGroup({ fsGroup, arbitraryUserId = false }: Pick<ConnectOptions, 'fsGroup' | 'arbitraryUserId'>, pod: PodFacts): { readonly group?: number; readonly fault?: string } {
  if (fsGroup !== undefined && (!Number.isInteger(fsGroup) || fsGroup < 0 || fsGroup > LARGEST_GROUP)) {
    return { fault: `fsGroup is ${fsGroup}, which is not a group ID; give a whole number from 0 to ${LARGEST_GROUP}` };
  }
  if (arbitraryUserId) {
    return fsGroup === undefined ? {} : { fault: `fsGroup is ${fsGroup}, but with arbitraryUserId the platform sets it; give one of them` };
  }
  if (pod.fsGroup !== undefined) {
    return fsGroup === undefined || fsGroup === pod.fsGroup ? {} : { fault: `fsGroup is ${fsGroup}, but the pod has fsGroup ${pod.fsGroup}, which reads the key; leave fsGroup out` };
  }
  const groups = new Set(pod.containers.flatMap(({ group }) => (group === undefined ? [] : [group])));
  const [group] = groups;
  return { group: fsGroup ?? (groups.size === 1 ? group : DEFAULT_GROUP) };
}
