import type { Judged, Located } from './judged';
import { at, mapping, Mapping, mappings, text } from './reading';

/** Where the pod template of a workload stands. */
const TEMPLATES: Readonly<Record<string, string>> = {
  'apps/Deployment': 'spec.template',
  'apps/StatefulSet': 'spec.template',
  'apps/DaemonSet': 'spec.template',
  'apps/ReplicaSet': 'spec.template',
  'batch/Job': 'spec.template',
  'batch/CronJob': 'spec.jobTemplate.spec.template',
};

/** The pod template of a workload, a pod itself, or undefined for any other object. */
export function podTemplateOf({ group, kind, manifest }: Judged): Mapping | undefined {
  if (group === '' && kind === 'Pod') { return manifest; }
  const path = TEMPLATES[`${group}/${kind}`];
  return path === undefined ? undefined : mapping(at(manifest, path));
}

/** A container of a pod and where it sees the volumes. */
export interface ContainerView {
  readonly name: string;
  readonly isInit: boolean;
  readonly image: string;
  readonly spec: Mapping;
  readonly mounts: ReadonlyArray<MountView>;
}

/** A volume in a container. */
export interface MountView {
  readonly volume: string;
  readonly mountPath: string;
  /** Empty where the whole volume is mounted. */
  readonly subPath: string;
}

/** A Secret as a pod sees it: a volume of its own or a part of a projected one. */
export interface SecretSource {
  readonly volume: string;
  readonly secretName: string;
  /** Undefined for a projected source, which takes the volume's. */
  readonly defaultMode: unknown;
  readonly optional: boolean;
  /** The keys that are shown, with their paths; undefined for all. */
  readonly items?: ReadonlyArray<{ readonly key: string; readonly path: string; readonly mode: unknown }>;
}

/** A pod, or the pods that a workload makes. */
export class PodView implements Located {
  public readonly spec: Mapping;
  public readonly labels: Mapping;
  public readonly containers: ReadonlyArray<ContainerView>;

  public constructor(public readonly at: Judged, template: Mapping) {
    this.spec = mapping(template['spec']);
    this.labels = mapping(mapping(template['metadata'])['labels']);
    this.containers = [
      ...mappings(this.spec['initContainers']).map((container) => containerView(container, true)),
      ...mappings(this.spec['containers']).map((container) => containerView(container, false)),
    ];
  }

  /** Group that kubelet gives the files of the pod's volumes. */
  public get fsGroup(): unknown {
    return mapping(this.spec['securityContext'])['fsGroup'];
  }

  /** Every Secret that the pod sees as files. */
  public get secrets(): SecretSource[] {
    return mappings(this.spec['volumes']).flatMap((volume) => {
      const name = text(volume['name']);
      const secret = mapping(volume['secret']);
      const projected = mapping(volume['projected']);
      return [
        ...(volume['secret'] === undefined ? [] : [secretSource(name, text(secret['secretName']), secret['defaultMode'], secret)]),
        ...mappings(projected['sources']).filter((source) => source['secret'] !== undefined)
          .map((source) => secretSource(name, text(mapping(source['secret'])['name']), projected['defaultMode'], mapping(source['secret']))),
      ];
    });
  }
}

function secretSource(volume: string, secretName: string, defaultMode: unknown, { items, optional }: Mapping): SecretSource {
  return {
    volume,
    secretName,
    defaultMode,
    optional: optional === true,
    items: items === undefined ? undefined : mappings(items).map(({ key, path, mode }) => ({ key: text(key), path: text(path), mode })),
  };
}

function containerView(spec: Mapping, isInit: boolean): ContainerView {
  return {
    name: text(spec['name']),
    isInit,
    image: text(spec['image']),
    spec,
    mounts: mappings(spec['volumeMounts']).map(({ name, mountPath, subPath, subPathExpr }) => ({
      volume: text(name), mountPath: text(mountPath), subPath: text(subPath) || text(subPathExpr),
    })),
  };
}
