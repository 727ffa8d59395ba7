import { k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { objectLabels, selectorLabels } from './names';
import type { PostgresPlan } from './plan';
import { CONTAINER_SECURITY, renderPod } from './pod';
import { applyPodTemplate } from './pod-template';
import { formatQuantity } from './quantity';
import { restartChecksum } from './restart-checksum';
import { volumePlans } from './volumes';
import { asGiven } from './written-parts';
import type { PostgresProps } from '../postgres-props';
import { DeletionPolicy } from '../deletion-policy';
import type { VolumeClaimOptions } from '../storage';
import { RESTART_CHECKSUM } from '../../workloads';

/** The StatefulSet, as it is written: cdk8s's own class would drop every field that its schema does not know. */
export function renderStatefulSet(plan: PostgresPlan, props: Pick<PostgresProps, 'storage' | 'resources' | 'hugePages' | 'monitor' | 'podTemplate' | 'deletionPolicy'>): Record<string, unknown> {
  const volumes = volumePlans(plan, props.storage);
  const { podTemplate = {} } = props;
  const pod = applyPodTemplate(renderPod(plan, volumes, props), podTemplate, CONTAINER_SECURITY);
  const { spec, ...object } = k8s.KubeStatefulSet.manifest({
    metadata: { name: plan.names.statefulSet, labels: objectLabels(plan.name) },
    spec: {
      serviceName: plan.names.headlessService,
      replicas: 1,
      // There is no order to keep. The default would wait for a pod that a mistake keeps from becoming ready before it mends the mistake
      // (Kubernetes issue 67250).
      podManagementPolicy: 'Parallel',
      persistentVolumeClaimRetentionPolicy: retention(props),
      selector: { matchLabels: selectorLabels(plan.name) },
      template: {
        metadata: {
          labels: { ...objectLabels(plan.name), ...podTemplate.labels },
          annotations: { [RESTART_CHECKSUM]: restartChecksum(plan), ...podTemplate.annotations },
        },
        spec: pod,
      },
    },
  });
  spec.template.spec = asGiven(spec.template.spec, pod);
  const { durableOptions: data } = props.storage ?? {};
  const claims = data && [claim('data', data), ...(data.wal ? [claim('wal', data.wal)] : [])];
  return { ...object, spec: claims ? { ...spec, volumeClaimTemplates: claims } : spec };
}

/** Undefined keeps the claim, which is Kubernetes' own default. */
function retention({ deletionPolicy, storage }: Pick<PostgresProps, 'storage' | 'deletionPolicy'>): k8s.StatefulSetPersistentVolumeClaimRetentionPolicy | undefined {
  const removed = deletionPolicy === DeletionPolicy.DELETE || deletionPolicy === DeletionPolicy.WIPE_OUT;
  return removed && storage?.isDurable ? { whenDeleted: 'Delete', whenScaled: 'Retain' } : undefined;
}

/** Kind and version are written although the API does not ask for them: without them Argo CD reports eternal drift (issue 11143). */
function claim(name: string, { size, storageClassName, accessMode, dataSource }: VolumeClaimOptions): unknown {
  return k8s.KubePersistentVolumeClaim.manifest({
    metadata: { name },
    spec: {
      accessModes: [accessMode ?? PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storageClassName,
      dataSource: dataSource && { kind: dataSource.kind, name: dataSource.name, apiGroup: dataSource.apiGroup },
      resources: { requests: { storage: k8s.Quantity.fromString(formatQuantity(size)) } },
    },
  });
}
