import { posix } from 'node:path';
import type { Located, Manifest } from './manifest';
import { mapping, Mapping, mappings, text, texts, valueAt } from '../data';

/** The field of the pod template in a workload. */
const TEMPLATES: Readonly<Record<string, string>> = {
  'apps/Deployment': 'spec.template',
  'apps/StatefulSet': 'spec.template',
  'apps/DaemonSet': 'spec.template',
  'apps/ReplicaSet': 'spec.template',
  'batch/Job': 'spec.template',
  'batch/CronJob': 'spec.jobTemplate.spec.template',
};

/** The pod template of a workload, a pod itself, or undefined for any other object. */
export function podTemplateOf({ group, kind, manifest }: Manifest): Mapping | undefined {
  if (group === '' && kind === 'Pod') { return manifest; }
  const path = TEMPLATES[`${group}/${kind}`];
  return path === undefined ? undefined : mapping(valueAt(manifest, path));
}

/** A container of a pod and where it sees the volumes. */
export interface ContainerView {
  /** Its place in the manifest, for example `spec.template.spec.containers[0]`. */
  readonly field: string;
  readonly name: string;
  /** Whether it ends before the others start; a sidecar with restartPolicy Always does not. */
  readonly isInit: boolean;
  readonly image: string;
  readonly spec: Mapping;
  readonly command: ReadonlyArray<string>;
  readonly args: ReadonlyArray<string>;
  readonly mounts: ReadonlyArray<MountView>;
  /** The ports that it declares. */
  readonly ports: ReadonlyArray<Mapping>;
}

/** A volume in a container. */
export interface MountView {
  /** Its place in the manifest, for example `spec.template.spec.containers[0].volumeMounts[1]`. */
  readonly field: string;
  readonly volume: string;
  readonly mountPath: string;
  /** The path in one spelling, with a slash at its end. */
  readonly folder: string;
  /** Empty where the whole volume is mounted. */
  readonly subPath: string;
}

/** A Secret or ConfigMap as a pod sees it: a volume of its own or a part of a projected one. */
export interface FileSource {
  /** Its place in the manifest, for example `spec.template.spec.volumes[0].secret`. */
  readonly field: string;
  readonly volume: string;
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** The place of the name in the manifest. */
  readonly nameField: string;
  /** Undefined if it is not set. */
  readonly defaultMode: unknown;
  readonly optional: boolean;
  /** The keys that are shown, with their paths; undefined for all. */
  readonly items?: ReadonlyArray<{ readonly key: string; readonly path: string; readonly mode: unknown }>;
}

/** A pod, or the pods that a workload makes. */
export class PodView implements Located {
  /** The place of the template in the manifest, with a dot at its end: `spec.template.`; empty for a pod itself. */
  public readonly template: string;
  public readonly spec: Mapping;
  public readonly labels: Mapping;
  public readonly annotations: Mapping;
  public readonly containers: ReadonlyArray<ContainerView>;
  /** Every Secret and ConfigMap that the pod sees as files. */
  public readonly sources: ReadonlyArray<FileSource>;

  public constructor(public readonly at: Manifest, template: Mapping) {
    const path = TEMPLATES[`${at.group}/${at.kind}`];
    this.template = path === undefined ? '' : `${path}.`;
    this.spec = mapping(template['spec']);
    this.labels = mapping(mapping(template['metadata'])['labels']);
    this.annotations = mapping(mapping(template['metadata'])['annotations']);
    this.containers = [
      ...mappings(this.spec['initContainers']).map((container, index) => containerView(container, this.fieldOf(`initContainers[${index}]`), container['restartPolicy'] !== 'Always')),
      ...mappings(this.spec['containers']).map((container, index) => containerView(container, this.fieldOf(`containers[${index}]`), false)),
    ];
    this.sources = mappings(this.spec['volumes']).flatMap((volume, index) => fileSources(volume, this.fieldOf(`volumes[${index}]`)));
  }

  /** The place in the manifest of a field of the pod's spec. */
  public fieldOf(field: string): string {
    return `${this.template}spec.${field}`;
  }

  /** Group that kubelet gives the files of the pod's volumes. */
  public get fsGroup(): unknown {
    return mapping(this.spec['securityContext'])['fsGroup'];
  }

  /** The address that its own hosts file has for a host. Source: Kubernetes, hostAliases. */
  public hostAddress(host: string): string | undefined {
    const { ip } = mappings(this.spec['hostAliases']).find(({ hostnames }) => texts(hostnames).some((name) => name.toLowerCase() === host.toLowerCase())) ?? {};
    return ip === undefined ? undefined : text(ip);
  }

  /** The ports that its containers declare. */
  public get ports(): Mapping[] {
    return this.containers.flatMap(({ ports }) => [...ports]);
  }

  /** The container that declares a port, by number or by name. */
  public containerAt(port: string): ContainerView | undefined {
    return this.containers.find(({ ports }) => ports.some(({ name, containerPort }) => text(name) === port || text(containerPort) === port));
  }

  /** Whether the processes of all containers see each other, and PID 1 is none of theirs. */
  public get sharesProcesses(): boolean {
    return this.spec['shareProcessNamespace'] === true || this.spec['hostPID'] === true;
  }

  /** Whether its containers end by themselves. */
  public get isJob(): boolean {
    return this.at.group === 'batch';
  }
}

function fileSources(volume: Mapping, field: string): FileSource[] {
  const name = text(volume['name']);
  const { secret, configMap, projected } = volume;
  return [
    ...(secret === undefined ? [] : [fileSource(name, 'Secret', `${field}.secret`, 'secretName', mapping(secret), mapping(secret)['defaultMode'])]),
    ...(configMap === undefined ? [] : [fileSource(name, 'ConfigMap', `${field}.configMap`, 'name', mapping(configMap), mapping(configMap)['defaultMode'])]),
    ...mappings(mapping(projected)['sources']).flatMap((source, index) => [['Secret', 'secret'] as const, ['ConfigMap', 'configMap'] as const]
      .filter(([, part]) => source[part] !== undefined)
      .map(([kind, part]) => fileSource(name, kind, `${field}.projected.sources[${index}].${part}`, 'name', mapping(source[part]), mapping(projected)['defaultMode']))),
  ];
}

function fileSource(volume: string, kind: FileSource['kind'], field: string, nameField: string, source: Mapping, defaultMode: unknown): FileSource {
  const { items, optional } = source;
  return {
    field,
    volume,
    kind,
    name: text(source[nameField]),
    nameField: `${field}.${nameField}`,
    defaultMode,
    optional: optional === true,
    items: items === undefined || items === null || (Array.isArray(items) && items.length === 0)
      ? undefined
      : mappings(items).map(({ key, path, mode }) => ({ key: text(key), path: text(path), mode })),
  };
}

function containerView(spec: Mapping, field: string, isInit: boolean): ContainerView {
  return {
    field,
    name: text(spec['name']),
    isInit,
    image: text(spec['image']),
    spec,
    command: texts(spec['command']),
    args: texts(spec['args']),
    ports: mappings(spec['ports']),
    mounts: mappings(spec['volumeMounts']).map(({ name, mountPath, subPath, subPathExpr }, index) => ({
      field: `${field}.volumeMounts[${index}]`, volume: text(name), mountPath: text(mountPath), folder: posix.normalize(`${text(mountPath)}/`), subPath: text(subPath) || text(subPathExpr),
    })),
  };
}
