import type { Inventory } from '../inventory';
import type { Judged } from '../judged';
import type { PodView } from '../pod-view';
import { at, mapping, Mapping, mappings, text } from '../reading';

/** A Secret or ConfigMap that a pod cannot start without. */
export interface PodReference {
  /** What names it, as messages say it. */
  readonly where: string;
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** Undefined where all keys are taken as they come. */
  readonly key: string | undefined;
}

/** Every Secret and ConfigMap that a pod needs, in the order of its volumes and containers; optional ones are left out. */
export function podReferences(pod: PodView): PodReference[] {
  const needed = pod.sources.filter(({ optional, name }) => !optional && name !== '');
  const volumes = needed.flatMap(({ volume, kind, name, items }) =>
    (items?.map(({ key }) => key) ?? [undefined]).map((key) => ({ where: `volume '${volume}'`, kind, name, key })));
  return [...volumes, ...subPaths(pod), ...variables(pod)];
}

/** Files that are mounted out of whole volumes; kubelet makes a directory in the place of one that is not there. */
function subPaths({ sources, containers }: PodView): PodReference[] {
  return containers.flatMap(({ name: container, mounts }) => mounts.flatMap(({ volume, subPath, mountPath }) => {
    const [source, ...others] = sources.filter((candidate) => candidate.volume === volume);
    const isKey = subPath !== '' && !subPath.includes('/') && !subPath.includes('$(');
    if (!isKey || source === undefined || others.length > 0 || source.optional || source.items !== undefined) { return []; }
    return [{ where: `mount '${mountPath}' of container '${container}'`, kind: source.kind, name: source.name, key: subPath }];
  }));
}

function variables({ containers }: PodView): PodReference[] {
  return containers.flatMap(({ name: container, spec }) => [
    ...mappings(spec['env']).flatMap(({ name, valueFrom }) => {
      const { secretKeyRef, configMapKeyRef } = mapping(valueFrom);
      return [...reference('Secret', secretKeyRef), ...reference('ConfigMap', configMapKeyRef)]
        .map((found) => ({ ...found, where: `variable '${text(name)}' of container '${container}'` }));
    }),
    ...mappings(spec['envFrom']).flatMap(({ secretRef, configMapRef }) => [...reference('Secret', secretRef), ...reference('ConfigMap', configMapRef)]
      .map((found) => ({ ...found, where: `envFrom of container '${container}'` }))),
  ]);
}

function reference(kind: PodReference['kind'], given: unknown): Array<Omit<PodReference, 'where'>> {
  const { name, key, optional } = mapping(given);
  return text(name) === '' || optional === true ? [] : [{ kind, name: text(name), key: text(key) || undefined }];
}

/** Annotations and labels by which a controller copies an object to other namespaces. */
const COPIED = /reflect|replicat|kubed|sync|mirror|copy|clone/i;

/**
 * What declares the object of a reference, where that is in other namespaces only. Undefined where it is declared beside the pod or nowhere, and where it may be
 * anywhere: bundles, external Secrets of the cluster and what is copied.
 */
export function declaredElsewhere({ at: { namespace } }: PodView, inventory: Inventory, { kind, name }: PodReference): Judged | undefined {
  if (namespace === undefined || inventory.trusts.some((trust) => trust.at.name === name && trust.targetKinds.includes(kind))) { return undefined; }
  const declared = kind === 'Secret'
    ? inventory.secretsNamed(name).map(({ by, isAnywhere, namespace: where }) => ({ by, where: isAnywhere ? undefined : where }))
    : inventory.ofKind('', 'ConfigMap').filter((object) => object.name === name).map((by) => ({ by, where: by.namespace }));
  return declared.every(({ by, where }) => where !== undefined && where !== namespace && !isCopied(by)) ? declared[0]?.by : undefined;
}

function isCopied({ manifest, spec }: Judged): boolean {
  const marks = [at(manifest, 'metadata'), spec['secretTemplate'], at(spec, 'template.metadata'), at(spec, 'target.template.metadata')];
  return marks.map(mapping).some(({ annotations, labels }) => [annotations, labels].some((words) => Object.keys(mapping(words)).some((key) => COPIED.test(key))));
}

/**
 * The keys of a Secret or ConfigMap that a manifest beside the pod holds; undefined where more may come from elsewhere: a Certificate, another controller, the
 * token of a service account, or an object without any key, which somebody fills.
 */
export function keysHeld({ at: { namespace } }: PodView, inventory: Inventory, { kind, name }: PodReference): ReadonlySet<string> | undefined {
  const manifest = inventory.find('', kind, namespace, name)?.manifest;
  const isShared = kind === 'Secret' && (inventory.writersOf(namespace, name).length > 0 || inventory.secretsDeclared(namespace, name).length > 1
    || inventory.secretsDeclared('*', name).length > 0 || text(mapping(manifest)['type']) === 'kubernetes.io/service-account-token');
  const isTarget = inventory.trusts.some((trust) => trust.at !== inventory.find('', kind, namespace, name) && trust.at.name === name && trust.targetKinds.includes(kind));
  if (manifest === undefined || isShared || isTarget) { return undefined; }
  const keys = contentsOf(manifest).flatMap((part) => Object.keys(part));
  return keys.length === 0 ? undefined : new Set(keys);
}

function contentsOf({ data, stringData, binaryData }: Mapping): Mapping[] {
  return [data, stringData, binaryData].map(mapping);
}
