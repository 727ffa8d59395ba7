import type { AbstractPod, Container, k8s } from 'cdk8s-plus-27';
import type { WiredVariable, WiredVolume } from './client-wiring';

/** What a container has, in either form of a pod. */
export interface ContainerFacts {
  readonly name: string;
  readonly variables: ReadonlyMap<string, unknown>;
  /** Names of volumes by mount path. */
  readonly mounts: ReadonlyMap<string, string>;
  readonly group?: number;
}

/** What a pod has that a connection could collide with. */
export interface PodFacts {
  /** Init containers too. */
  readonly containers: ReadonlyArray<ContainerFacts>;
  /** Contents of volumes by name. */
  readonly volumes: ReadonlyMap<string, unknown>;
  readonly fsGroup?: number;
  /** Whether it is in the network of its node, where NetworkPolicies cannot select it. */
  readonly isInHostNetwork: boolean;
}

/** The facts of a workload of cdk8s-plus. */
export function factsOfWorkload(workload: AbstractPod): PodFacts {
  const all = containersOf(workload);
  const volumes = [...workload.volumes, ...all.flatMap(({ mounts }) => mounts.map(({ volume }) => volume))];
  return {
    containers: all.map((container) => factsOfContainer(container, workload.securityContext.group)),
    volumes: new Map(volumes.map((volume) => [volume.name, plain(volume._toKube())])),
    fsGroup: workload.securityContext.fsGroup,
    isInHostNetwork: workload.hostNetwork ?? false,
  };
}

/** All containers of a workload. */
export function containersOf({ initContainers, containers }: AbstractPod): Container[] {
  return [...initContainers, ...containers];
}

/** The facts of one container of a workload. */
export function factsOfContainer({ name, env, mounts, securityContext }: Container, groupOfPod?: number): ContainerFacts {
  return {
    name,
    variables: new Map(Object.entries(env.variables).map(([variable, { value, valueFrom }]) => [variable, plain({ value, valueFrom })])),
    mounts: new Map(mounts.map(({ path, volume }) => [path, volume.name])),
    group: securityContext.group ?? groupOfPod,
  };
}

/** The facts of a plain specification. */
export function factsOfPodSpec({ containers, initContainers = [], volumes = [], securityContext, hostNetwork = false }: k8s.PodSpec): PodFacts {
  return {
    containers: [...initContainers, ...containers].map(({ name, env = [], volumeMounts = [], securityContext: own }) => ({
      name,
      variables: new Map(env.map(({ name: variable, value, valueFrom }) => [variable, plain({ value, valueFrom })])),
      mounts: new Map(volumeMounts.map(({ mountPath, name: volume }) => [mountPath, volume])),
      group: own?.runAsGroup ?? securityContext?.runAsGroup,
    })),
    volumes: new Map(volumes.map((volume) => [volume.name, plain(volume)])),
    fsGroup: securityContext?.fsGroup,
    isInHostNetwork: hostNetwork,
  };
}

/** A variable of a wiring, as the API has it. */
export function toEnvVar({ name, value, secretKey }: WiredVariable): k8s.EnvVar {
  return secretKey === undefined ? { name, value } : { name, valueFrom: { secretKeyRef: { name: secretKey.name, key: secretKey.key } } };
}

/** A volume of a wiring, as the API has it. */
export function toVolume({ name, kind, objectName, mode, items }: WiredVolume): k8s.Volume {
  const content = { defaultMode: mode, items: items.map((item) => ({ ...item })) };
  return kind === 'Secret' ? { name, secret: { secretName: objectName, ...content } } : { name, configMap: { name: objectName, ...content } };
}

/** A value without undefined properties, as it is written. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
