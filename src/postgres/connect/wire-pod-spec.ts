import type { k8s } from 'cdk8s-plus-27';
import type { ClientWiring } from './client-wiring';
import { toEnvVar, toVolume } from './pod-facts';

/** A copy of a specification with a wiring. */
export function wirePodSpec(podSpec: k8s.PodSpec, { variables, volumes, group }: ClientWiring, isWired: (container: string) => boolean): k8s.PodSpec {
  const wire = (container: k8s.Container): k8s.Container => {
    if (!isWired(container.name)) { return container; }
    const { env = [], volumeMounts = [] } = container;
    return {
      ...container,
      env: [...env, ...without(variables.map(toEnvVar), env)],
      volumeMounts: [...volumeMounts, ...volumes.filter(({ mountPath }) => !volumeMounts.some((mount) => mount.mountPath === mountPath))
        .map(({ name, mountPath }) => ({ name, mountPath, readOnly: true }))],
    };
  };
  return {
    ...podSpec,
    ...(group === undefined ? {} : { securityContext: { ...podSpec.securityContext, fsGroup: group } }),
    ...(podSpec.initContainers && { initContainers: podSpec.initContainers.map(wire) }),
    containers: podSpec.containers.map(wire),
    volumes: [...podSpec.volumes ?? [], ...without(volumes.map(toVolume), podSpec.volumes ?? [])],
  };
}

/** Parts whose names are not there yet. */
function without<Part extends { readonly name: string }>(parts: Part[], known: ReadonlyArray<Part>): Part[] {
  return parts.filter(({ name }) => !known.some((other) => other.name === name));
}
