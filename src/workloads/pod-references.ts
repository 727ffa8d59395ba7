import { mapping, Mapping, mappings, text, valueAt } from '../data';
import { areTogether, type ContainerView, type Located, type Manifest, type PodView } from '../kubernetes';
import { type IssuanceGraph, trustsOf } from '../pki';

/** A Secret or ConfigMap that a pod names. */
export interface PodReference {
  /** The field of the pod or its container, for example `volume 'tls'` or `variable 'PASSWORD'`. */
  readonly field: string;
  /** The container; undefined for a volume. */
  readonly container?: string;
  readonly kind: 'Secret' | 'ConfigMap';
  /** Empty where no name is given. */
  readonly name: string;
  /** Undefined where all keys are used. */
  readonly key: string | undefined;
  /** Whether the pod starts without it. */
  readonly optional: boolean;
  /** The place of the name in the manifest. */
  readonly nameField: string;
  /** The place of the key in the manifest; that of the whole reference where all keys are used. */
  readonly keyField: string;
}

/** Every Secret and ConfigMap that a pod names, in the order of its volumes and containers. */
export function podReferences(pod: PodView): PodReference[] {
  const volumes = pod.sources.flatMap(({ field: place, nameField, volume, kind, name, items, optional }): PodReference[] => {
    const whole = { field: `volume '${volume}'`, kind, name, key: undefined, optional, nameField, keyField: place };
    return items?.map(({ key }, index) => ({ ...whole, key, keyField: `${place}.items[${index}].key` })) ?? [whole];
  });
  return [...volumes, ...subPaths(pod), ...variableReferences(pod)];
}

/** Those of environment variables alone. */
export function variableReferences({ containers }: PodView): PodReference[] {
  return containers.flatMap(variables);
}

/** Those that the pod cannot start without. */
export function neededReferences(pod: PodView): PodReference[] {
  return podReferences(pod).filter(({ name, optional }) => name !== '' && !optional);
}

/** The field that names an object, as messages show it. */
export function describeReference({ field, container }: PodReference): string {
  return container === undefined ? field : `${field} of container '${container}'`;
}

/** Files that are mounted with `subPath`; kubelet creates a directory for a missing file. */
function subPaths({ sources, containers }: PodView): PodReference[] {
  return containers.flatMap(({ name: container, mounts }) => mounts.flatMap(({ field: place, volume, subPath, mountPath }) => {
    const [source, ...others] = sources.filter((candidate) => candidate.volume === volume);
    const isKey = subPath !== '' && !subPath.includes('/') && !subPath.includes('$(');
    if (!isKey || source === undefined || others.length > 0 || source.items !== undefined) { return []; }
    return [{ field: `mount '${mountPath}'`, container, kind: source.kind, name: source.name, key: subPath, optional: source.optional, nameField: source.nameField, keyField: `${place}.subPath` }];
  }));
}

function variables({ field: place, name: container, spec }: ContainerView): PodReference[] {
  const reference = (field: string, at: string, kind: PodReference['kind'], given: unknown): PodReference[] => {
    const { name, key, optional } = mapping(given);
    return given === undefined ? [] : [{
      field, container, kind, name: text(name), key: text(key) || undefined, optional: optional === true,
      nameField: `${place}.${at}.name`, keyField: `${place}.${at}${text(key) === '' ? '' : '.key'}`,
    }];
  };
  return [
    ...mappings(spec['env']).flatMap(({ name, valueFrom }, index) => {
      const { secretKeyRef, configMapKeyRef } = mapping(valueFrom);
      const [field, at] = [`variable '${text(name)}'`, `env[${index}].valueFrom`];
      return [...reference(field, `${at}.secretKeyRef`, 'Secret', secretKeyRef), ...reference(field, `${at}.configMapKeyRef`, 'ConfigMap', configMapKeyRef)];
    }),
    ...mappings(spec['envFrom']).flatMap(({ secretRef, configMapRef }, index) => [
      ...reference('envFrom', `envFrom[${index}].secretRef`, 'Secret', secretRef), ...reference('envFrom', `envFrom[${index}].configMapRef`, 'ConfigMap', configMapRef),
    ]),
  ];
}

/** Annotations and labels by which a controller copies an object to other namespaces. */
const COPIED = /reflect|replicat|kubed|sync|mirror|copy|clone/i;

/**
 * The manifest that declares the object of a reference, if all such manifests are in other namespaces. Undefined if the object is declared in the namespace of
 * the pod or nowhere, and if it may be in any namespace: bundles, ClusterExternalSecrets and copied objects.
 */
export function declaredElsewhere({ at: { namespace } }: Located, manifests: IssuanceGraph, { kind, name }: Pick<PodReference, 'kind' | 'name'>): Manifest | undefined {
  if (namespace === undefined || trustsOf(manifests).some((trust) => trust.at.name === name && trust.targetKinds.includes(kind))) { return undefined; }
  const isHere = kind === 'Secret' ? manifests.secretsDeclared(namespace, name).length + manifests.writersOf(namespace, name).length > 0
    : manifests.find('', kind, namespace, name) !== undefined;
  if (isHere) { return undefined; }
  const declared = kind === 'Secret'
    ? manifests.secretsNamed(name).map(({ by, isAnywhere, namespace: where }) => ({ by, where: isAnywhere ? undefined : where }))
    : manifests.ofKind('', 'ConfigMap').filter((object) => object.name === name).map((by) => ({ by, where: by.namespace }));
  return declared.every(({ by, where }) => where !== undefined && !isCopied(by)) ? declared[0]?.by : undefined;
}

function isCopied({ manifest, spec }: Manifest): boolean {
  const marks = [valueAt(manifest, 'metadata'), spec['secretTemplate'], valueAt(spec, 'template.metadata'), valueAt(spec, 'target.template.metadata')];
  return marks.map(mapping).some(({ annotations, labels }) => [annotations, labels].some((words) => Object.keys(mapping(words)).some((key) => COPIED.test(key))));
}

/**
 * The keys of a Secret or ConfigMap in the namespace of the pod; undefined if it may have more keys: from a Certificate or another controller, the token of a
 * service account, or an object without any key, which another component may fill. Undefined too if several objects have the name, for example in
 * other folders of a repository, and none of them is applied together with the pod, or if several pods have the name, and none of them is applied together with
 * the object: it is not known which one the pod gets.
 */
export function keysHeld({ at }: Located, manifests: IssuanceGraph, { kind, name }: Pick<PodReference, 'kind' | 'name'>): ReadonlySet<string> | undefined {
  const { namespace } = at;
  const candidates = manifests.candidates('', kind, namespace, name, at);
  const [candidate] = candidates;
  const isKnown = candidate !== undefined && candidates.length === 1 && (areTogether(candidate, at) || manifests.candidates(at.group, at.kind, namespace, at.name).length === 1);
  const manifest = isKnown ? candidate.manifest : undefined;
  const isShared = kind === 'Secret' && (manifests.writersOf(namespace, name).length > 0 || manifests.secretsDeclared(namespace, name).length > 1
    || manifests.secretsDeclared('*', name).length > 0 || text(mapping(manifest)['type']) === 'kubernetes.io/service-account-token');
  const isTarget = trustsOf(manifests).some((trust) => trust.at !== candidate && trust.at.name === name && trust.targetKinds.includes(kind));
  if (manifest === undefined || isShared || isTarget) { return undefined; }
  const keys = contentsOf(manifest).flatMap((part) => Object.keys(part));
  return keys.length === 0 ? undefined : new Set(keys);
}

function contentsOf({ data, stringData, binaryData }: Mapping): Mapping[] {
  return [data, stringData, binaryData].map(mapping);
}
