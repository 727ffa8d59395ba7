import { createHash } from 'node:crypto';
import { mapping } from '../data';
import { yamlLibrary } from '../formats';
import type { Manifest } from '../kubernetes';

/**
 * Manifests as one text for snapshots: documents by namespace, kind and name, fields by name, so that neither the order of constructs nor that of files shows.
 *
 * Of a script in a ConfigMap it has the number of lines and a digest, since scripts are two thirds of the text and change with the package alone. All else stays:
 * the checksum of a pod template is the line that shows a restart, and a hash in a selector is one that Kubernetes does not let change.
 */
export function manifestSnapshot(objects: ReadonlyArray<Manifest>): string {
  return [...objects].sort(byIdentity).map(({ manifest, kind }) => yamlLibrary().stringify(stable(kind === 'ConfigMap' ? withoutScripts(manifest) : manifest), { lineWidth: 0 })).join('---\n');
}

function byIdentity(one: Manifest, other: Manifest): number {
  const [first, second] = [one, other].map(({ namespace = '', kind, name, group }) => [namespace, kind, name, group].join('\0'));
  return first! < second! ? -1 : first! > second! ? 1 : 0;
}

function withoutScripts(manifest: Manifest['manifest']): object {
  const { data } = manifest;
  if (data === undefined) { return manifest; }
  return { ...manifest, data: Object.fromEntries(Object.entries(mapping(data)).map(([key, text]) => [key, key.endsWith('.sh') && typeof text === 'string' ? digestOf(text) : text])) };
}

function digestOf(text: string): string {
  return `<${text.split('\n').length - 1} lines, sha256 ${createHash('sha256').update(text).digest('hex').slice(0, 16)}>`;
}

/** The fields of mappings by name; lists as they are, since their order has a meaning. */
function stable(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(stable); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, item]) => [name, stable(item)]));
}
