import { type Mapping, mapping, text } from '../data';

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
 * A Namespace is declared in each file that needs it.
 */
export function alternativeFiles(objects: Iterable<FoundObject>): ReadonlySet<string> {
  const firstFiles = new Map<string, string>();
  const files = new Set<string>();
  for (const { content, file, sets } of objects) {
    const { name, namespace } = mapping(content['metadata']);
    if (text(name) === '' || content['kind'] === 'Namespace') { continue; }
    const identity = [text(content['apiVersion']).split('/').reverse()[1] ?? '', text(content['kind']), text(namespace), text(name)].join('/');
    for (const set of sets) {
      const key = `${set}\n${identity}`;
      const first = firstFiles.get(key) ?? file;
      firstFiles.set(key, first);
      if (first !== file) { files.add(first).add(file); }
    }
  }
  return files;
}
