import { isOwnMember, isOwnPod } from './own-marks';
import type { PodView } from '../kubernetes';
import type { IssuanceGraph } from '../pki';

/** Words of replication setups: high-availability managers, PostgreSQL settings, variables of images. A pg_hba.conf row does not count. */
const MANAGER = /patroni|repmgr|stolon|spilo|pg_auto|autofailover|basebackup|standby|primary|citus|run-postgresql-(master|slave)/i;
const VARIABLE = /REPLICATION/;

/** Whether anything in a pod, or in the ConfigMaps that it mounts, sets up replication. */
export function replicates(pod: PodView, manifests: IssuanceGraph): boolean {
  // A database of this package without Patroni is one instance, although its scripts contain the word standby.
  if (isOwnPod(pod)) { return isOwnMember(pod); }
  const files = pod.sources.filter(({ kind }) => kind === 'ConfigMap')
    .map(({ name }) => manifests.find('', 'ConfigMap', pod.at.namespace, name, pod.at)?.manifest['data']);
  return [pod.spec, ...files].map((part) => JSON.stringify(part ?? '')).some((part) => MANAGER.test(part) || VARIABLE.test(part));
}
