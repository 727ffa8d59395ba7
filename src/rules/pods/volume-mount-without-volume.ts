import { mapping, mappings, text } from '../../data';
import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const volumeMountWithoutVolume: Rule<PodContext> = {
  id: 'volume-mount-without-volume',
  code: 'PGTLS-W01',
  title: 'volumeMount without a volume',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes pkg/apis/core/validation/validation.go, ValidateVolumeMounts; the volume claims of a StatefulSet are volumes of its pods',
  check: ({ pod }) => {
    const volumes = new Set([
      ...mappings(pod.spec['volumes']).map(({ name }) => text(name)),
      ...mappings(mapping(pod.at.manifest['spec'])['volumeClaimTemplates']).map(({ metadata }) => text(mapping(metadata)['name'])),
    ]);
    return pod.containers.flatMap(({ name, mounts }) => mounts.filter(({ volume }) => !volumes.has(volume))
      .map(({ volume, mountPath }) => `container '${name}' mounts volume '${volume}' at '${mountPath}', but the pod has no such volume`));
  },
  fix: 'add the volume to the pod, or remove the mount',
};
