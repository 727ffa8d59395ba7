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
  // No warnings on standard error about mappings as keys, such as Helm placeholders.
  logLevel: 'error',
  customTags: (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || (!('format' in tag && tag.format === 'TIME') && !tag.tag.endsWith(':timestamp'))),
} as const;

/** The manifests of a YAML text; findings about them point to the file and the object. Throws on invalid YAML. */
export function readManifests(file: string, yaml: string): Manifest[] {
  return yamlLibrary().parseAllDocuments(yaml, AS_KUBERNETES).flatMap((document) => {
    const [error] = document.errors;
    if (error) { throw new Error(`[${file}] invalid YAML: ${error.message.split('\n')[0]}; fix the syntax, none of its documents were checked`); }
    return manifestsIn(contents(file, document));
  }).map((manifest, index) => {
    const { kind, name, namespace } = toManifest(file, mapping(manifest));
    return toManifest(kind === '' ? `${file}: document ${index + 1}` : `${file}: ${kind} '${name}'${inNamespace(namespace)}`, mapping(manifest));
  });
}

/** The content of a document. Anchors are resolved only here: missing ones, and too many aliases, are errors as well. */
function contents(file: string, document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new Error(`[${file}] invalid YAML: ${(error as Error).message}; fix the syntax, none of its documents were checked`, { cause: error });
  }
}

/** The document itself, the items of a list, or nothing for an empty document. */
function manifestsIn(document: unknown): unknown[] {
  if (document === null || document === undefined) { return []; }
  const { kind, items } = mapping(document);
  return kind === 'List' ? mappings(items) : [document];
}
