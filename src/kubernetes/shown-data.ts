import type { Manifest } from './manifest';
import type { ManifestIndex } from './manifest-index';
import { mapping, type Mapping, memoizeByObject, text } from '../data';

/** The values that manifests show of a ConfigMap or Secret that an object names in its namespace; empty where it is not among them. */
export function shownData(manifests: ManifestIndex, at: Manifest, kind: string, name: string): Mapping {
  const object = name === '' ? undefined : manifests.find('', kind, at.namespace, name, at);
  return object === undefined ? {} : dataOf(object);
}

const dataOf = memoizeByObject(({ kind, manifest }: Manifest): Mapping => {
  const data = mapping(manifest['data']);
  if (kind !== 'Secret') { return data; }
  const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(text(value), 'base64').toString('utf8')] as const);
  // `stringData` overrides `data`, as the API server merges them.
  return { ...Object.fromEntries(encoded), ...mapping(manifest['stringData']) };
});
