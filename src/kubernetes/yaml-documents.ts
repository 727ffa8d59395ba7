import type { Tags } from 'yaml';
import { inNamespace, Manifest, toManifest } from './manifest';
import { mapping, mappings } from '../data';
import { yamlLibrary } from '../formats';

/**
 * Kubernetes reads YAML 1.1: `defaultMode: 0440` is octal there, and decimal in 1.2. It knows neither the times nor the base-60 numbers of 1.1.
 * Source: sigs.k8s.io/yaml.
 */
const AS_KUBERNETES = {
  version: '1.1',
  // Mappings as keys, such as placeholders of Helm, are no news for standard error.
  logLevel: 'error',
  customTags: (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || (!('format' in tag && tag.format === 'TIME') && !tag.tag.endsWith(':timestamp'))),
} as const;

/** The manifests of a YAML text; findings about them point to the file and the object. Broken YAML is an error. */
export function readManifests(file: string, yaml: string): Manifest[] {
  return yamlLibrary().parseAllDocuments(yaml, AS_KUBERNETES).flatMap((document) => {
    const [error] = document.errors;
    if (error) { throw new Error(`[${file}] the file is no YAML: ${error.message.split('\n')[0]}; mend it, nothing in it was judged`); }
    return manifestsIn(contents(file, document));
  }).map((manifest, index) => {
    const { kind, name, namespace } = toManifest(file, mapping(manifest));
    return toManifest(kind === '' ? `${file}: document ${index + 1}` : `${file}: ${kind} '${name}'${inNamespace(namespace)}`, mapping(manifest));
  });
}

/** What a document holds. Anchors are looked up only now: one that is missing, and too many of them, are errors too. */
function contents(file: string, document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new Error(`[${file}] the file is no YAML: ${(error as Error).message}; mend it, nothing in it was judged`, { cause: error });
  }
}

/** The document itself, the items of a list, or nothing for an empty document. */
function manifestsIn(document: unknown): unknown[] {
  if (document === null || document === undefined) { return []; }
  const { kind, items } = mapping(document);
  return kind === 'List' ? mappings(items) : [document];
}
