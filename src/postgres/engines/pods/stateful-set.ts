import { k8s } from 'cdk8s-plus-27';
import { CONTAINER_SECURITY } from '../../plan/container-security';
import { addToPod } from './pod-additions';
import { restartChecksum } from './restart-checksum';
import type { DatabasePlan } from '../../plan/database-plan';
import type { ClaimPlan } from '../../plan/parts';
import { objectLabels, objectMetadata, selectorLabels } from '../../plan/names';
import { formatQuantity } from '../../plan/quantity';
import { asGiven } from '../../plan/as-given';
import { RESTART_CHECKSUM } from '../../../workloads';

/**
 * The StatefulSet, as it is written: cdk8s's own class would drop every field that its schema does not know.
 *
 * @param labels of the pods, beside those of every object
 */
export function renderStatefulSet(plan: DatabasePlan, podOfEngine: k8s.PodSpec, labels: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  const pod = addToPod(podOfEngine, plan.pod, CONTAINER_SECURITY);
  const { spec, ...object } = k8s.KubeStatefulSet.manifest({
    metadata: statefulSetMetadata(plan),
    spec: {
      serviceName: plan.names.headlessService,
      replicas: plan.members,
      // The default, OrderedReady, would not replace a pod that never becomes ready with one of a corrected template (Kubernetes issue 67250), and
      // would wait with the return of a leader for a pod that is not ready.
      podManagementPolicy: 'Parallel',
      persistentVolumeClaimRetentionPolicy: retention(plan),
      selector: { matchLabels: selectorLabels(plan.name) },
      template: {
        metadata: {
          labels: { ...objectLabels(plan.name), ...labels, ...plan.pod?.labels },
          annotations: { [RESTART_CHECKSUM]: restartChecksum(plan), ...plan.pod?.annotations },
        },
        spec: pod,
      },
    },
  });
  spec.template.spec = asGiven(spec.template.spec, pod);
  return { ...object, spec: plan.claims.length > 0 ? { ...spec, volumeClaimTemplates: plan.claims.map(claim) } : spec };
}

export function statefulSetMetadata({ name, names }: DatabasePlan): k8s.ObjectMeta {
  return objectMetadata(name, names.statefulSet);
}

/** Undefined keeps the claim, which is Kubernetes' own default. */
function retention({ claims }: DatabasePlan): k8s.StatefulSetPersistentVolumeClaimRetentionPolicy | undefined {
  return claims.some(({ isDeleted }) => isDeleted) ? { whenDeleted: 'Delete', whenScaled: 'Retain' } : undefined;
}

/** Kind and version are written although the API does not ask for them: without them Argo CD reports eternal drift (issue 11143). */
function claim({ name, size, storageClassName, accessMode, dataSource }: ClaimPlan): unknown {
  return k8s.KubePersistentVolumeClaim.manifest({
    metadata: { name },
    spec: {
      accessModes: [accessMode],
      storageClassName,
      dataSource,
      resources: { requests: { storage: k8s.Quantity.fromString(formatQuantity(size)) } },
    },
  });
}
