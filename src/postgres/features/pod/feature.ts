import type { IStorage, k8s } from 'cdk8s-plus-27';
import type { PostgresPodTemplate } from './pod-template';
import { podRules } from './validation';
import type { Feature } from '../../plan/feature';
import type { PodAdditions } from '../../plan/parts';
import { memoizeByObject } from '../../../data';

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

/** A PersistentVolume makes a claim, and so may be asked once; a plan is resolved again after each declaration. */
const volumeOf = memoizeByObject((storage: IStorage): k8s.Volume => storage.asVolume()._toKube());

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
    volumes: (template.volumes ?? []).map((volume) => ('asVolume' in volume ? volumeOf(volume) : volume)),
    volumeMounts: template.volumeMounts ?? [],
    containers: template.containers ?? [],
    initContainers: template.initContainers ?? [],
  };
}
