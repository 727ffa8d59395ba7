import { mapping, mappings, text } from '../../data';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const volumeMountWithoutVolume: Rule<PodContext> = {
  id: 'volume-mount-without-volume',
  code: 'PGTLS-W01',
  title: 'volumeMount without a volume',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesFile('pkg/apis/core/validation/validation.go', 'ValidateVolumeMounts'),
    kubernetesFile('pkg/controller/statefulset/stateful_set_utils.go', 'the volume claims of a StatefulSet are volumes of its pods'),
  ],
  check: ({ pod }, report) => {
    const volumes = new Set([
      ...mappings(pod.spec['volumes']).map(({ name }) => text(name)),
      ...mappings(mapping(pod.at.manifest['spec'])['volumeClaimTemplates']).map(({ metadata }) => text(mapping(metadata)['name'])),
    ]);
    for (const { name, mounts } of pod.containers) {
      for (const { field, volume, mountPath } of mounts) {
        if (!volumes.has(volume)) { report(`${field}.name`, `container '${name}' mounts volume '${volume}' at '${mountPath}', but the pod has no such volume`); }
      }
    }
  },
  fix: 'add the volume to the pod, or remove the mount',
};
