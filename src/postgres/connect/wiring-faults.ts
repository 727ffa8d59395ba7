import { isDeepStrictEqual } from 'node:util';
import type { ClientWiring } from './client-wiring';
import { type ContainerFacts, plain, type PodFacts, toEnvVar, toVolume } from './pod-facts';

/** What a pod has already that a wiring adds with another content; the same content is the same connection. */
export function wiringFaults(wiring: ClientWiring, pod: PodFacts, isWired: (container: string) => boolean): string[] {
  return [
    ...pod.containers.filter(({ name }) => isWired(name)).flatMap((container) => containerFaults(wiring, container)),
    ...wiring.volumes.filter((volume) => pod.volumes.has(volume.name) && !isDeepStrictEqual(pod.volumes.get(volume.name), plain(toVolume(volume))))
      .map(({ name }) => `the pod has another volume '${name}'; give name`),
  ];
}

/** The same for one container. */
export function containerFaults(wiring: ClientWiring, container: ContainerFacts): string[] {
  return [...variableFaults(wiring, container), ...mountFaults(wiring, container)];
}

/** Variables that a container has with other values. */
export function variableFaults({ variables }: ClientWiring, { name: container, variables: own }: ContainerFacts): string[] {
  const taken = variables.map(toEnvVar).filter(({ name, ...value }) => own.has(name) && !isDeepStrictEqual(own.get(name), plain(value))).map(({ name }) => name);
  return taken.length === 0 ? [] : [`container '${container}' has other values for ${taken.join(', ')}; give envPrefix, or remove these variables from the container`];
}

function mountFaults({ volumes }: ClientWiring, { name: container, mounts }: ContainerFacts): string[] {
  return volumes.filter(({ name, mountPath }) => mounts.has(mountPath) && mounts.get(mountPath) !== name)
    .map(({ mountPath }) => `container '${container}' mounts volume '${mounts.get(mountPath)!}' at ${mountPath}; give name`);
}
