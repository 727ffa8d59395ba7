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
export function limitOf(scaler: Manifest): number | undefined {
  const name = maximumOf(scaler);
  return name === undefined ? undefined : Number(scaler.spec[name]);
}

/** The place of its maximum, or of what it scales. */
export function maximumField(scaler: Manifest): string {
  return `spec.${maximumOf(scaler) ?? 'scaleTargetRef'}`;
}

/** A HorizontalPodAutoscaler and a ScaledObject of KEDA have different names for it. */
function maximumOf({ spec }: Manifest): string | undefined {
  return ['maxReplicas', 'maxReplicaCount'].find((name) => isGiven(spec[name]));
}

export function mostOf(scaler: Manifest): string {
  const limit = limitOf(scaler);
  return limit === undefined ? 'more than one pod' : `up to ${limit} pods`;
}
