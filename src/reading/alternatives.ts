import { posix } from 'node:path';
import { type Mapping, mapping, text, valueAt } from '../data';

/** An object that was found in a folder. */
export interface FoundObject {
  readonly content: Mapping;
  readonly file: string;
  readonly sets: ReadonlyArray<string>;
}

/**
 * Files that declare an object which another file of their set declares as well.
 *
 * They are alternatives: a folder of samples, tests or patches holds variants of one object, and one file of them is applied at a time.
 * A Namespace is declared in each file that needs it. Expected outputs of a chart are often named after their file, and a workload of the same name, less its kind, with the
 * same labels is the same one in another form: `minio` as a StatefulSet, and `minio-deployment`.
 */
export function alternativeFiles(objects: Iterable<FoundObject>): ReadonlySet<string> {
  const firstFiles = new Map<string, string>();
  const files = new Set<string>();
  for (const { content, file, sets } of objects) {
    if (text(mapping(content['metadata'])['name']) === '' || content['kind'] === 'Namespace') { continue; }
    for (const set of sets) {
      for (const identity of identitiesOf(content, file)) {
        const key = `${set}\n${identity}`;
        const first = firstFiles.get(key) ?? file;
        firstFiles.set(key, first);
        if (first !== file) { files.add(first).add(file); }
      }
    }
  }
  return files;
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function identitiesOf(content: Mapping, file: string): string[] {
  const { name, namespace } = mapping(content['metadata']);
  const [group, kind] = [text(content['apiVersion']).split('/').reverse()[1] ?? '', text(content['kind'])];
  const generalName = withoutFile(text(name), file);
  const own = [group, kind, text(namespace), generalName].join('/');
  if (!WORKLOADS.has(kind)) { return [own]; }
  const labels = JSON.stringify(Object.entries(mapping(valueAt(content, 'spec.template.metadata.labels'))).sort());
  return [own, ['workload', text(namespace), generalName.replace(/-(?:deployment|statefulset|daemonset)$/, ''), labels].join('/')];
}

/** A name without that of its file, including its extension. */
function withoutFile(name: string, file: string): string {
  const base = posix.basename(file.replaceAll('\\', '/'));
  return name.replace(base, '*');
}
