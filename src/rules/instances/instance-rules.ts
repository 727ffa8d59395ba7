import { databaseAutoscaler } from './database-autoscaler';
import { databaseReplicas } from './database-replicas';
import { type InstanceTarget, limitOf, replicasOf } from './instance-target';
import { postgresPodsWithoutReplication } from './postgres-pods-without-replication';
import { isGiven, mapping, text } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { isOwnPod, Workloads } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for the number of instances: pods without replication are unrelated databases behind one Service. */
export const INSTANCE_RULES = ruleTable(instances, [
  databaseReplicas,
  databaseAutoscaler,
  postgresPodsWithoutReplication,
]);

function instances(manifests: IssuanceGraph): InstanceTarget[] {
  const scalers = manifests.objects.filter(scalesOut);
  const workloads = manifests.pods.filter(({ at: { group, kind } }) => group === 'apps' && (kind === 'StatefulSet' || kind === 'Deployment'));
  return workloads.flatMap((pod) => {
    const isOurs = pod.at.kind === 'StatefulSet' && isOwnPod(pod);
    const mine = scalers.filter((scaler) => targets(scaler, pod.at));
    const isConcerned = isOurs || mine.length > 0 || replicasOf(pod.at) > 1;
    // An image that is not known may set up replication itself.
    const isServer = isConcerned && (isOurs || Workloads.of(manifests).serversOf(pod).some(({ isKnownImage, isPooler }) => isKnownImage && !isPooler));
    return isServer ? [{ at: pod.at, pod, manifests, isOurs, scalers: mine }] : [];
  });
}

/**
 * Autoscalers of any kind (HorizontalPodAutoscaler, KEDA's ScaledObject, …) name what they scale in `scaleTargetRef`; a vertical one has
 * `targetRef`.
 */
function scalesOut(object: Manifest): boolean {
  return isGiven(object.spec['scaleTargetRef']) && limitOf(object) !== 1;
}

function targets({ namespace, spec }: Manifest, workload: Manifest): boolean {
  const { kind, name } = mapping(spec['scaleTargetRef']);
  return namespace === workload.namespace && text(name) === workload.name && (text(kind) || 'Deployment') === workload.kind;
}
