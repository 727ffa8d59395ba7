import { parseAllDocuments } from 'yaml';
import { inNamespace, Judged, judged } from './judged';
import { mapping, mappings } from './reading';

/** The manifests of a YAML text; findings about them point to the file and the object. Broken YAML is an error. */
export function readManifests(file: string, yaml: string): Judged[] {
  return parseAllDocuments(yaml).flatMap((document) => {
    const [error] = document.errors;
    if (error) { throw new Error(`[${file}] the file is no YAML: ${error.message.split('\n')[0]}; mend it, nothing in it was judged`); }
    return manifestsIn(document.toJS());
  }).map((manifest) => {
    const { kind, name, namespace } = judged(file, mapping(manifest));
    return judged(`${file}: ${kind} '${name}'${inNamespace(namespace)}`, mapping(manifest));
  });
}

/** The document itself, the items of a list, or nothing for an empty document. */
function manifestsIn(document: unknown): unknown[] {
  if (document === null || document === undefined) { return []; }
  const { kind, items } = mapping(document);
  return kind === 'List' ? mappings(items) : [document];
}
