import { k8s } from 'cdk8s-plus-27';
import type { PostgresPodTemplate } from '../pod-template';

/** Puts what a platform adds around the pod that the database needs. */
export function applyPodTemplate(pod: k8s.PodSpec, template: PostgresPodTemplate, security: k8s.SecurityContext): k8s.PodSpec {
  const secured = (containers: k8s.Container[] = []) => containers.map((container) => ({ securityContext: security, ...container }));
  return {
    ...pod,
    nodeSelector: template.nodeSelector,
    tolerations: template.tolerations,
    affinity: template.affinity,
    topologySpreadConstraints: template.topologySpreadConstraints,
    priorityClassName: template.priorityClassName,
    runtimeClassName: template.runtimeClassName,
    schedulerName: template.schedulerName,
    imagePullSecrets: template.imagePullSecrets?.map(({ name }) => ({ name })),
    terminationGracePeriodSeconds: template.terminationGracePeriod === undefined 
      ? pod.terminationGracePeriodSeconds
      : Math.ceil(template.terminationGracePeriod.toSeconds({ integral: false })),
    volumes: [...(pod.volumes ?? []), ...(template.volumes ?? [])],
    initContainers: [...secured(template.initContainers), ...(pod.initContainers ?? [])],
    containers: [
      ...pod.containers.map((container) => (container.name === 'postgres' ? withMounts(container, template.volumeMounts) : container)),
      ...secured(template.containers),
    ],
  };
}

function withMounts(container: k8s.Container, mounts: k8s.VolumeMount[] = []): k8s.Container {
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), ...mounts] };
}
