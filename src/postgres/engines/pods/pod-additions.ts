import { k8s } from 'cdk8s-plus-27';
import type { PodAdditions } from '../../plan/parts';

/** Puts what a platform adds around the pod that the database needs. */
export function addToPod(pod: k8s.PodSpec, additions: PodAdditions | undefined, security: k8s.SecurityContext): k8s.PodSpec {
  if (additions === undefined) { return pod; }
  const secured = (containers: ReadonlyArray<k8s.Container>) => containers.map((container) => ({ securityContext: security, ...container }));
  return {
    ...pod,
    // What the user leaves out must not take the place of what an engine has.
    ...Object.fromEntries(Object.entries(additions.spec).filter(([, value]) => value !== undefined)),
    volumes: [...(pod.volumes ?? []), ...additions.volumes],
    initContainers: [...secured(additions.initContainers), ...(pod.initContainers ?? [])],
    containers: [
      ...pod.containers.map((container) => (container.name === 'postgres' ? withMounts(container, additions.volumeMounts) : container)),
      ...secured(additions.containers),
    ],
  };
}

function withMounts(container: k8s.Container, mounts: ReadonlyArray<k8s.VolumeMount>): k8s.Container {
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), ...mounts] };
}
