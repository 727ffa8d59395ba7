import type { PostgresPodTemplate } from './pod-template';
import { podRules } from './validation';
import type { Feature } from '../../plan/feature';
import type { PodAdditions } from '../../plan/parts';

/** What a platform adds to the pod: `podTemplate`. */
export const pod: Feature = {
  name: 'pod',
  resolve: ({ podTemplate: template }) => (template === undefined ? {} : {
    pod: podAdditions(template),
    given: {
      labels: [['podTemplate.labels', template.labels], ['podTemplate.nodeSelector', template.nodeSelector]],
      annotations: [['podTemplate.annotations', template.annotations]],
    },
  }),
  rules: podRules,
};

function podAdditions(template: PostgresPodTemplate): PodAdditions {
  const { nodeSelector, tolerations, affinity, topologySpreadConstraints, priorityClassName, runtimeClassName, schedulerName, imagePullSecrets, terminationGracePeriod } = template;
  return {
    labels: template.labels,
    annotations: template.annotations,
    spec: {
      nodeSelector, tolerations, affinity, topologySpreadConstraints, priorityClassName, runtimeClassName, schedulerName,
      imagePullSecrets: imagePullSecrets?.map(({ name }) => ({ name })),
      ...(terminationGracePeriod ? { terminationGracePeriodSeconds: Math.ceil(terminationGracePeriod.toSeconds({ integral: false })) } : {}),
    },
    volumes: (template.volumes ?? []).map((volume) => ('asVolume' in volume ? volume.asVolume()._toKube() : volume)),
    volumeMounts: template.volumeMounts ?? [],
    containers: template.containers ?? [],
    initContainers: template.initContainers ?? [],
  };
}
