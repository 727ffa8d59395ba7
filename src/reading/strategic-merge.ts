import { PATCH_DIRECTIVE } from './partial-objects';
import { mapping, Mapping, mappings, text } from '../data';

/** What a strategic merge patch makes of an object: other content, or none, because it deletes the object; undefined if it has a directive that is not known here. */
export type Merged = Mapping | 'deleted' | undefined;

/**
 * An object after a strategic merge patch, as Kustomize applies it: lists of kinds that Kubernetes has itself are merged by the key of their items, new items first;
 * of other kinds they are replaced. `null` removes a field.
 *
 * Source: kyaml, merge2 with MergeOptionsListPrepend, https://github.com/kubernetes-sigs/kustomize/blob/kyaml/v0.19.0/api/resource/resource.go
 */
export function strategicMerge(content: Mapping, patch: Mapping): Merged {
  if (patch['$patch'] === 'delete') { return 'deleted'; }
  try {
    return mergedMapping(content, patch, isBuiltIn(text(content['apiVersion'])));
  } catch (error) {
    if (error instanceof UnknownDirective) { return undefined; }
    throw error;
  }
}

class UnknownDirective extends Error {}

/** Groups of Kubernetes itself, whose lists have merge keys. */
function isBuiltIn(apiVersion: string): boolean {
  const [group] = apiVersion.split('/');
  return !apiVersion.includes('/') || ['apps', 'batch', 'policy', 'autoscaling', 'extensions'].includes(group!) || group!.endsWith('.k8s.io');
}

/** Keys of the items of lists, by the field of the list. Source: `x-kubernetes-patch-merge-key` of the OpenAPI document of Kubernetes 1.32. */
const MERGE_KEYS: Readonly<Record<string, ReadonlyArray<string>>> = {
  containers: ['name'], initContainers: ['name'], ephemeralContainers: ['name'], volumes: ['name'], env: ['name'], imagePullSecrets: ['name'], secrets: ['name'],
  volumeMounts: ['mountPath'], volumeDevices: ['devicePath'], ports: ['containerPort', 'port'], hostAliases: ['ip'], topologySpreadConstraints: ['topologyKey'],
};

function mergedMapping(content: Mapping, patch: Mapping, isBuiltIn: boolean): Mapping {
  const { $patch: directive, ...fields } = patch;
  if (directive === 'replace') { return fields; }
  if (directive !== undefined && directive !== 'merge') { throw new UnknownDirective(); }
  const result = new Map(Object.entries(content));
  for (const [field, value] of Object.entries(fields)) {
    if (PATCH_DIRECTIVE.test(field)) { throw new UnknownDirective(); }
    if (value === null || mapping(value)['$patch'] === 'delete') { result.delete(field); } else { result.set(field, merged(result.get(field), value, field, isBuiltIn)); }
  }
  return Object.fromEntries(result);
}

function merged(value: unknown, patch: unknown, field: string, isBuiltIn: boolean): unknown {
  if (Array.isArray(patch)) { return mergedList(Array.isArray(value) ? value as unknown[] : [], patch as unknown[], field, isBuiltIn); }
  return mapping(patch) === patch ? mergedMapping(mapping(value), mapping(patch), isBuiltIn) : patch;
}

function mergedList(list: ReadonlyArray<unknown>, patch: ReadonlyArray<unknown>, field: string, isBuiltIn: boolean): unknown {
  const replacesAll = mappings(patch).some((item) => item['$patch'] === 'replace' && Object.keys(item).length === 1);
  const items = patch.filter((item) => mapping(item)['$patch'] === undefined || Object.keys(mapping(item)).length > 1);
  const keys = isBuiltIn ? MERGE_KEYS[field] : undefined;
  const key = keys?.find((name) => mappings(items).every((item) => item[name] !== undefined));
  if (replacesAll || key === undefined || mappings(items).length === 0) { return items.filter((item) => mapping(item)['$patch'] !== 'delete').map((item) => merged(undefined, item, '', isBuiltIn)); }
  const changes = new Map(mappings(items).map((item) => [item[key], item]));
  const kept = list.flatMap((item) => {
    const change = changes.get(mapping(item)[key]);
    changes.delete(mapping(item)[key]);
    return change === undefined ? [item] : change['$patch'] === 'delete' ? [] : [mergedMapping(mapping(item), change, isBuiltIn)];
  });
  const added = [...changes.values()].filter((item) => item['$patch'] !== 'delete').map((item) => mergedMapping({}, item, isBuiltIn));
  return [...added, ...kept];
}
