import { isGiven } from '../../data';
import type { Located, Manifest, PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { kubernetesPage } from '../engine/sources';

/** A StatefulSet or Deployment that runs PostgreSQL, and what scales it. */
export interface InstanceTarget extends Located {
  readonly pod: PodView;
  readonly manifests: IssuanceGraph;
  /** Whether this package has written it. */
  readonly isOurs: boolean;
  /** Objects that may give it more than one pod. */
  readonly scalers: ReadonlyArray<Manifest>;
}

export const EACH_ITS_OWN = kubernetesPage('concepts/workloads/controllers/statefulset/', 'StatefulSets',
  'every pod has its own volumes, and a Service leads to all pods (tried: logins went to two databases)');

export function replicasOf({ spec }: Manifest): number {
  return isGiven(spec['replicas']) ? Number(spec['replicas']) : 1;
}

/** The maximum replicas of an autoscaler; undefined where it has no maximum. */
export function limitOf({ spec }: Manifest): number | undefined {
  const limit = spec['maxReplicas'] ?? spec['maxReplicaCount'];
  return isGiven(limit) ? Number(limit) : undefined;
}

export function mostOf(scaler: Manifest): string {
  const limit = limitOf(scaler);
  return limit === undefined ? 'more than one pod' : `up to ${limit} pods`;
}
